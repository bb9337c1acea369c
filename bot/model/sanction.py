"""A sanction: one consequence for a member, from its order until it is over."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class SanctionKind(StrEnum):
    """What may follow a breach beside the removal of a post.

    No order: which weighs more is said by points in policy.toml.
    """

    WARNING = "warning"
    """Words only; counts for the ladder, unless it is a mere reminder."""
    TIMEOUT = "timeout"
    """May read and not write anywhere, for any length of time."""
    BOARD_REMOVAL = "board-removal"
    """May not write on one board."""
    GROUP_REMOVAL = "group-removal"
    """Loses a Community Group's role, and may not join it again."""
    BAN = "ban"
    """Removed from the community."""
    REFERRAL = "referral"
    """Reported to the platform."""


class SanctionState(StrEnum):
    """Where a sanction stands."""

    ORDERED = "ordered"
    """Decided and committed; not yet known to be in force."""
    ACTIVE = "active"
    EXPIRED = "expired"
    """Over, because its time has run out."""
    LIFTED = "lifted"
    """Ended early by a moderator; its points stay."""
    VOIDED = "voided"
    """It was wrong: it counts for nothing."""
    FAILED = "failed"
    """Could not be put in force; its intent says why."""


IN_FORCE = frozenset({SanctionState.ORDERED, SanctionState.ACTIVE})
"""States in which Discord is to show the sanction."""


@dataclass(frozen=True, slots=True)
class SanctionDraft:
    """A sanction about to be committed.

    Invariants: a board is given for a board removal and for nothing else, a group and its role for
    a group removal and for nothing else; warnings and referrals have no end.
    """

    kind: SanctionKind
    points: int = 0
    points_until: datetime | None = None
    """Aware UTC; None where they do not run out."""
    until: datetime | None = None
    """Aware UTC; None means without end."""
    board: str | None = None
    """The board's name."""
    channel: int | None = None
    """The board's channel or category."""
    group: str | None = None
    """The group's name."""
    role: int | None = None
    """The group's role."""
    delete_message_seconds: int = 0
    """How much of the member's latest writing a ban deletes; 0 to 604,800 (Discord's limit)."""
    by_hand: bool = False
    """Whether somebody did it in Discord themselves: it is in force already; nothing is done."""

    @property
    def is_reminder(self) -> bool:
        """Whether it is a warning that is remembered for a time and counts nothing."""
        remembered = self.points_until is not None
        return self.kind is SanctionKind.WARNING and not self.points and remembered

    def __post_init__(self) -> None:
        """Hold the invariants."""
        on_board = self.kind is SanctionKind.BOARD_REMOVAL
        of_group = self.kind is SanctionKind.GROUP_REMOVAL
        if on_board != (self.board is not None) or on_board != (self.channel is not None):
            raise ValueError("a board, with its channel, belongs to a board removal")
        if of_group != (self.group is not None) or of_group != (self.role is not None):
            raise ValueError("a group, with its role, belongs to a group removal")
        if self.kind in ENDLESS and self.until is not None:
            raise ValueError(f"a {self.kind} has no end")
        if not 0 <= self.delete_message_seconds <= MOST_DELETED:
            raise ValueError(f"a ban deletes 0 to {MOST_DELETED} seconds of messages")


ENDLESS = frozenset({SanctionKind.WARNING, SanctionKind.REFERRAL})
"""Kinds that happen once and do not last."""

MOST_DELETED = 604_800
"""Seconds of messages a ban can delete (Discord's documentation of guild bans, August 2026)."""


@dataclass(frozen=True, slots=True)
class Recount:
    """What a sanction counts for since an edit let it rest on another rule."""

    points: int
    until: datetime | None = None
    """Aware UTC; None where they do not run out."""


@dataclass(frozen=True, slots=True)
class Sanction:
    """A committed sanction. What was ordered never changes; state, end, rule and points may."""

    id: int
    case: int
    ruling: int
    """The ruling that ordered it."""
    guild: int
    user: int
    rule: str | None
    """The rule it rests on; None where somebody acted by hand and named none."""
    at: datetime
    """When it was decided."""
    ordered: SanctionDraft
    state: SanctionState
    until: datetime | None
    """Its end as it holds now: a moderator may have changed it. None means without end."""
    ended_at: datetime | None
    version: int
    recounted: Recount | None = None
    """What it counts for where that is not what was ordered."""

    @property
    def kind(self) -> SanctionKind:
        """What it is."""
        return self.ordered.kind

    @property
    def now(self) -> SanctionDraft:
        """What it is now: with the end, and worth the points, that a moderator gave it since."""
        return replace(
            self.ordered, until=self.until, points=self.points, points_until=self.points_until
        )

    @property
    def in_force(self) -> bool:
        """Whether Discord is to show it."""
        return self.state in IN_FORCE

    def points_at(self, moment: datetime) -> int:
        """Return what it counts for at a moment; a voided or failed one counts for nothing."""
        if self.state in (SanctionState.VOIDED, SanctionState.FAILED):
            return 0
        return self.points if self.points_until is None or moment < self.points_until else 0

    @property
    def points(self) -> int:
        """What it counts for until they run out, unless it is voided or failed."""
        return self.ordered.points if self.recounted is None else self.recounted.points

    @property
    def points_until(self) -> datetime | None:
        """When its points run out, aware UTC; None where they do not."""
        return self.ordered.points_until if self.recounted is None else self.recounted.until


@dataclass(frozen=True, slots=True)
class Hold:
    """What a sanction changed on Discord: how it was before, and how it was left.

    One for each member and thing held (a channel, a role, the timeout, the ban), shared by all
    sanctions that hold it: only the last of them gives it back.
    """

    guild: int
    kind: SanctionKind
    user: int
    target: int
    """The channel of a board removal, the role of a group removal; 0 for a timeout or a ban."""
    before: str
    """How it was, in the words of ``bot.upholding``."""
    after: str
    """How Concord left it."""
