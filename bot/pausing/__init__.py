"""The brake: enforcement turned into review at once, and what was removed by itself given back."""

from bot.pausing.pausing import Pausing
from bot.pausing.watching import Watching

__all__ = ["Pausing", "Watching"]
