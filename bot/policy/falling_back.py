"""When a rule has shown that it should ask for now: it removes too much, or what is given back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class FallingBack:
    """From when a rule falls back to review by itself."""

    members: int
    """Members whose posts a rule may remove within ``within``; with one more it falls back.

    Members and not posts: few accounts that flood a server are what removal is for.
    """
    within: timedelta
    restored: int
    """Removals by it, within ``restored_within``, that moderators gave back: so many at least."""
    restored_ratio: float
    """And at least this share of all that it removed in that time."""
    restored_within: timedelta

    def removes_too_much(self, removals: Iterable[tuple[datetime, int]], now: datetime) -> bool:
        """Whether a rule has removed posts of too many members.

        Args:
            removals: when a post was removed, and whose.
            now: aware UTC.
        """
        since = now - self.within
        return len({member for at, member in removals if at > since}) > self.members

    def is_given_back_too_often(self, removed: int, restored: int) -> bool:
        """Whether too much of what a rule removed was given back.

        Args:
            removed: posts it removed within ``restored_within``, those given back included.
            restored: of these, how many moderators gave back.
        """
        return restored >= self.restored and restored >= self.restored_ratio * removed
