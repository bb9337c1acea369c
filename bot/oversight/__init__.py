"""What moderators, other bots and AutoMod do by hand, learnt from the audit log: it becomes cases.

``watch`` brings each entry once, ``oversight`` says what it means for what is upheld, ``traces``
what is written down beside, ``drafting`` how.
"""

from bot.oversight.oversight import Oversight
from bot.oversight.traces import Traces
from bot.oversight.watch import Watch

__all__ = ["Oversight", "Traces", "Watch"]
