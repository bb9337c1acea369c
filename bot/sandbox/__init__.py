"""A simulated Discord on loopback: REST, gateway and people who write, for tests and the demo.

It imports neither discord.py nor any other part of this package, so that nothing of the bot can
make it agree with the bot's own mistakes.
"""
