"""The brake: enforcement turned into review at once, and what was removed by itself given back."""

from bot.pausing.pausing import Pausing

__all__ = ["Pausing"]
