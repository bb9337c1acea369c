"""A move: a post that moderators had quoted on another board and removed where it stood."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """A move about to be begun."""

    guild: int
    message: int
    """The post."""
    author: int
    origin: int
    """The channel it stands in."""
    target: int
    """The channel it is quoted in."""
    by: int
    """The moderator."""
    at: datetime
    """Aware UTC."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move that has been begun: one for each post."""

    id: int
    draft: MoveDraft
    quote: int | None = None
    """Concord's message that quotes the post; None while it is not known to stand."""
    done: bool = False
    """Whether nothing is left to be done but to remember it."""
    erasing: bool = False
    """Whether the quote is to go: its author had their words erased."""

    @property
    def token(self) -> str:
        """A short mark at the end of our messages about it, by which they are found again."""
        return self.nonce("quote")[:6]

    def nonce(self, what: str) -> str:
        """Return what one of our messages about it is sent with: 24 characters, always the same."""
        named = f"move/{self.draft.guild}/{self.draft.message}/{self.id}/{what}"
        return blake2b(named.encode(), digest_size=12).hexdigest()
