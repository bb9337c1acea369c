"""An intent: one side effect on Discord that has been decided, with its key and how far it got."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b


class IntentKind(StrEnum):
    """What is to be done on Discord."""

    DELETE = "delete"
    """Remove a post."""
    NOTICE = "notice"
    """Tell the author by direct message, or where that is closed in a private thread."""
    LOG = "log"
    """Write the case's line in the moderators' log."""
    LOG_EDIT = "log-edit"
    """Bring the case's line in the moderators' log up to date."""


class IntentState(StrEnum):
    """How far an intent got."""

    PENDING = "pending"
    """Decided and committed; nothing has been tried."""
    ATTEMPTED = "attempted"
    """A request was about to be sent; whether it arrived is known only by asking Discord."""
    DONE = "done"
    FAILED = "failed"
    """Given up, and shown to moderators with the reason."""
    UNKNOWN = "unknown"
    """Attempted, and whether it arrived cannot be asked: shown to moderators, never repeated."""
    DROPPED = "dropped"
    """No longer called for: a notice of a removal that failed, an edit that another replaces."""


SETTLED = frozenset(
    {IntentState.DONE, IntentState.FAILED, IntentState.UNKNOWN, IntentState.DROPPED}
)
"""States that no execution leaves."""


@dataclass(frozen=True, slots=True)
class IntentDraft:
    """A side effect to be committed together with its case."""

    kind: IntentKind
    key: str
    """Unique within the case: ``delete:MESSAGE``, ``notice`` or ``notice:MESSAGE``, ``log``.

    A second one is stored only where the first came to nothing.
    """
    channel: int | None = None
    """Where it acts; None for a direct message."""
    message: int | None = None
    """What it acts on; None for a new message."""
    user: int | None = None
    """Who is told."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A committed side effect."""

    id: int
    case: int
    guild: int
    kind: IntentKind
    key: str
    channel: int | None
    message: int | None
    user: int | None
    state: IntentState
    attempts: int
    not_before: datetime
    """Aware UTC; later than its creation when an attempt is to be repeated."""
    outcome: str
    """What is said of it to moderators once it is settled; empty until then."""
    result: int | None
    """The id of the message it made; None until then."""
    version: int
    attempted_at: datetime | None = None
    """When it was first attempted, aware UTC: from then on it may have arrived."""

    @property
    def nonce(self) -> str:
        """The same for every attempt at it: 24 characters; Discord takes a nonce of up to 25."""
        return blake2b(f"{self.guild}/{self.case}/{self.key}".encode(), digest_size=12).hexdigest()

    @property
    def token(self) -> str:
        """A short mark for the visible reference, so that a sent message can be found again."""
        return self.nonce[:6]
