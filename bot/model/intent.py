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
    APPLY = "apply"
    """Put a sanction in force."""
    KEEP = "keep"
    """Put a sanction in force again: a long timeout runs out, a member came back."""
    END = "end"
    """Take a sanction out of force: at its end, or because it was lifted or voided."""
    PUBLIC_LOG = "public-log"
    """Write a line without names in the public log."""
    EVIDENCE = "evidence"
    """Keep a post's files: upload them again in the moderators' log."""
    RESTORE = "restore"
    """Post again, as a quote, what was removed by mistake."""
    REDACT = "redact"
    """Take erased words out of a message of ours."""


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
    """Unique within the case: ``delete:MESSAGE``, ``notice`` or ``notice:MESSAGE``, ``log``;
    ``notice:ruling:RULING``, ``notice:ruling:RULING:put-right:SANCTION``,
    ``notice:ruling:RULING:rest``, ``log:ruling:RULING``,
    ``apply:SANCTION``, ``end:SANCTION``, ``keep:SANCTION:SERIAL``, ``evidence:MESSAGE``,
    ``restore:MESSAGE``, ``redact:INTENT``.

    A second one is stored only where the first came to nothing.
    """
    channel: int | None = None
    """Where it acts; None for a direct message."""
    message: int | None = None
    """What it acts on; None for a new message."""
    user: int | None = None
    """Who is told."""
    sanction: int | None = None
    """The sanction it puts in force or ends; of a notice, what it says did not come about."""
    ruling: int | None = None
    """The ruling it tells of; None for what Concord decided by itself."""
    target: int | None = None
    """The intent whose message it changes."""
    not_before: datetime | None = None
    """Aware UTC; None for at once."""


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
    sanction: int | None = None
    ruling: int | None = None
    target: int | None = None

    @property
    def nonce(self) -> str:
        """The same for every attempt at it: 24 characters; Discord takes a nonce of up to 25."""
        return blake2b(f"{self.guild}/{self.case}/{self.key}".encode(), digest_size=12).hexdigest()

    @property
    def may_be_seen(self) -> bool:
        """Whether the message that it makes is there, may yet come, or may have arrived unseen."""
        if self.state is IntentState.DONE:
            return self.result is not None
        return self.state not in SETTLED or self.attempts > 0

    def redaction(self) -> IntentDraft:
        """Return what takes the words out of the message that it made, or is about to make."""
        return IntentDraft(
            IntentKind.REDACT,
            f"redact:{self.id}",
            channel=self.channel,
            message=self.result,
            user=self.user,
            target=self.id,
        )

    @property
    def token(self) -> str:
        """A short mark for the visible reference, so that a sent message can be found again."""
        return self.nonce[:6]
