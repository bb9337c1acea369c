"""The demo: a scripted conversation on a simulated server, kept by the real bot, shown to people.

``script`` says what is played, ``server`` builds where, ``player`` plays it and finds out what came
of it, ``printer`` shows it.
"""
