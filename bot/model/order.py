"""An order: what a moderator asked for, and what Concord answers to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.case import CasePost
from bot.model.ruling import RulingKind
from bot.model.sanction import Sanction, SanctionKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """One sanction that is asked for."""

    kind: SanctionKind
    duration: timedelta | None = None
    """How long it lasts from the moment it is confirmed; see ``until``."""
    until: datetime | None = None
    """Its end, aware UTC, where a moment was named; with neither it has no end."""
    board: str | None = None
    """A board's name, for a board removal."""
    group: str | None = None
    """A group's name, for a group removal."""
    delete_messages: timedelta = timedelta()
    """How much of their latest writing a ban deletes."""
    reminder: bool = False
    """Whether a warning is to count nothing: kind words, and no first time any more."""

    def end(self, now: datetime) -> datetime | None:
        """Return when it ends if it is confirmed at a moment; None if it has no end."""
        return now + self.duration if self.duration is not None else self.until


REMINDER = Wanted(SanctionKind.WARNING, reminder=True)
"""What a first breach of a minor rule gets where nothing is removed."""


@dataclass(frozen=True, slots=True)
class Order:
    """A decision a moderator wants carried out; plain values, so that it can wait in a draft.

    ``key`` makes it happen once: the same key twice is the same order.
    """

    key: str
    """Unique in the guild: made of the interaction it came by."""
    guild: int
    by: int
    subject: int
    sanctions: tuple[Wanted, ...] = ()
    removes: tuple[CasePost, ...] = ()
    """Posts to be removed, as they stand now."""
    evidence: tuple[CasePost, ...] = ()
    """Posts it is about that stay."""
    rule: str | None = None
    """Rule id; ``discretion`` needs words."""
    words: str = ""
    """A note to the member."""
    internal: str = ""
    """A note for moderators."""
    because: str = ""
    """Why it is not what the ladder proposes."""
    silent: bool = False
    spam: bool = False
    """Banned as a spam account: not told."""
    case: int | None = None
    """The case it decides; None for a new one, or the one of its posts."""
    despite: int | None = None
    """The latest ruling on the same matter that the moderator has been told of and overrides."""
    shown_at: datetime | None = None
    """When its moderator was shown what it would do, aware UTC; None where it never was. What
    others decided since about the same member is told first."""


class Amendment(StrEnum):
    """What may be done about an earlier decision."""

    LIFT = "lift"
    VOID = "void"
    EDIT = "edit"
    NOTE = "note"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class AmendmentOrder:
    """What a moderator wants changed about a case."""

    key: str
    guild: int
    by: int
    case: int
    amendment: Amendment
    sanctions: tuple[int, ...] = ()
    """Sanctions to lift or edit; empty means all that are in force."""
    duration: timedelta | None = None
    """For an edit: the new length from when it began; see ``until`` and ``endless``."""
    until: datetime | None = None
    """For an edit: the new end, aware UTC, where a moment was named."""
    endless: bool = False
    """For an edit: without end from now on."""
    rule: str | None = None
    """For an edit: the rule it rests on from now on."""
    words: str = ""
    internal: str = ""
    silent: bool = False
    restore: bool = True
    """For a void: whether removed posts are posted again, as quotes."""
    despite: int | None = None
    """The latest ruling about the case that the moderator has been told of and overrides."""
    shown_at: datetime | None = None
    """When its moderator was shown what it would do, aware UTC; None where it never was. What
    others decided since about the case is told first."""

    @property
    def moves_end(self) -> bool:
        """Whether it gives sanctions another end, or none."""
        return self.endless or self.duration is not None or self.until is not None


@dataclass(frozen=True, slots=True)
class Step:
    """One rung's consequence, as the ladder proposes it."""

    wanted: Wanted
    because: str
    """In words: "2nd contact-info in 30 days"."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the ladder proposes for a member and a rule, before a moderator has ordered anything."""

    steps: tuple[Step, ...]
    points: int
    """What counts against the member now, before this."""
    in_force: tuple[Sanction, ...]
    """The member's sanctions in force, in the order they were decided."""
    reminds: bool = False
    """Whether a reminder without points is proposed; where a post goes, its removal is one."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What will happen if a moderator confirms, and what the member will read."""

    order: Order | AmendmentOrder
    """What confirming carries out: the order that was asked about, knowing what it was shown."""
    happens: tuple[str, ...]
    """One plain line for each consequence, with its end."""
    member_reads: tuple[str, ...]
    """The notice's title and paragraphs; empty where nobody is told."""
    ladder: tuple[Step, ...]
    """What the ladder proposes; may differ from the order."""
    deviates: bool
    """Whether the order is not what the ladder proposes, where it proposes anything."""
    unexplained: bool = False
    """Whether it deviates and nobody said why: that is asked before it is carried out."""
    warnings: tuple[str, ...] = ()
    """What the moderator should know first: what was decided already, closed ways, limits."""
    irreversible: bool = False
    """Whether something in it cannot be undone: it is done only after Confirm."""
    despite: int | None = None
    """A ruling on the same matter that confirming would override: another moderator's, or one's own
    of the last minute."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A decision that is committed and being carried out."""

    case: int
    number: int
    ruling: int
    kind: RulingKind
    happens: tuple[str, ...]
    until: datetime | None
    """The latest end among its sanctions; None if none ends by itself."""
    repeated: bool
    """Whether the same order had been committed before: nothing new was begun."""

    @property
    def reference(self) -> str:
        """What members and moderators call the case."""
        return f"C-{self.number}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order is not carried out, and what can be done about it; nothing was changed."""

    reasons: tuple[str, ...]
    """Sentences, all that apply; never empty."""
    by_other: int | None = None
    """A ruling that came first: another moderator's, or the very same by oneself."""
    unexplained: bool = False
    """Whether only the reason is missing why it is not what the ladder proposes."""
    needs_admin: bool = False
    """Whether an admin may confirm the very same order: too many by one person in a short time."""
