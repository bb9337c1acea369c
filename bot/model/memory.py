"""What detectors may know of other posts: a read-only view."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RememberedPost:
    """An earlier post, as far as it is compared with later ones."""

    id: int
    author: int
    channel: int
    at: datetime
    text: str
    """Folded text of all its own words, cut to the bound of memory; never shown to anyone."""
    removed: bool = False
    """Whether it was removed and the removal stands."""


class Memory(Protocol):
    """One guild's recent posts, fingerprints of removed posts, names of the sanctioned.

    Posts up to a time include those of that very time: which of two posts is the earlier is told by
    (time, id).
    """

    def recent(self, author: int, before: datetime, seconds: float) -> Iterator[RememberedPost]:
        """Yield an author's posts of the last seconds up to a time, newest first."""
        ...

    def others(self, author: int, before: datetime, seconds: float) -> Iterator[RememberedPost]:
        """Yield everybody else's posts of the last seconds up to a time, newest first."""
        ...

    def copies(self, text: str, before: datetime, seconds: float) -> Iterator[RememberedPost]:
        """Yield anybody's posts of the last seconds up to a time with a folded text's letters."""
        ...

    def removed(self) -> Iterator[RememberedPost]:
        """Yield removed posts that are still remembered, newest first."""
        ...

    def sanctioned(self) -> frozenset[str]:
        """Return folded names of sanctioned members."""
        ...
