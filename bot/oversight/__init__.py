"""What moderators, other bots and AutoMod do by hand, learnt from the audit log: it becomes cases.

``watch`` brings each entry once, ``oversight`` says what it means, ``drafting`` how it is written.
"""

from bot.oversight.oversight import Oversight
from bot.oversight.watch import Watch

__all__ = ["Oversight", "Watch"]
