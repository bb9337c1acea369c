"""What members may do on Discord, brought to what all their sanctions in force ask for together.

One file a kind; what is decided is a pure function there, what is asked of Discord stands below it.
Every change is preceded by a committed note of how it was and how it is left (a hold), so that what
is given back is exactly what was taken, whatever happened in between.
"""

from bot.upholding.matter import Upheld
from bot.upholding.upholding import Upholding

__all__ = ["Upheld", "Upholding"]
