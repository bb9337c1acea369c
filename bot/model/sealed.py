"""A post that a ruling removed, as the chain of decisions holds it."""

from dataclasses import dataclass

from bot.model.evidence import Finding


@dataclass(frozen=True, slots=True)
class SealedPost:
    """The version of a post that was shown when it was ruled on, with a commitment to its words.

    The words have a key of their own, so that they can be erased and the ruling still be checked.
    """

    message: int
    channel: int
    case: int
    """The number of the case that the post belongs to."""
    found: tuple[Finding, ...]
    """What was found in that version; what it led to may change later, and is not sealed."""
    seal: str
    """Commitment to the words, in hexadecimal digits."""
    salt: str | None
    """Its key; None once the words are erased."""
    words: str
    """What is held of texts and files now, in canonical JSON."""
    is_bare: bool
    """Whether none of it is anybody's words."""
