"""Commands, buttons, menus and forms: what people set in motion and the bot has to answer.

`commands` holds what the bot has synced; `invoking`, `pressing` and `submitting` are the acts of
people; `asking` tells the bot; `answering` and `replies` are what it may answer; `outcome` is what
the person saw.
"""
