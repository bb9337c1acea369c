"""What members and moderators read about a case: plain, kind, short, guidelines by number."""

from bot.wording.parts import REASONS, paged
from bot.wording.wording import Wording

__all__ = ["REASONS", "Wording", "paged"]
