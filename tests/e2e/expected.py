"""The end each cell should have: as decided, told once, and said where something is missing."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from bot.sandbox.member_handle import MemberHandle
from tests.e2e.cells import BANS, LASTS, Cell, Circumstance, Kind, Operation
from tests.e2e.court import Court, tokens_of

SLOW = frozenset(
    {
        Circumstance.RATE_LIMITED,
        Circumstance.ERROR,
        Circumstance.RESET,
        Circumstance.ANSWER_LOST,
        Circumstance.KILLED,
    }
)
"""What may keep a notice under way for longer than a ban waits for it."""

TOLD_ON_RETURN = frozenset(
    {Kind.WARNING, Kind.TIMEOUT, Kind.LONG_TIMEOUT, Kind.BOARD, Kind.GROUP, Kind.REFERRAL}
)
"""What holds, or counts, when a member comes back, who is told of it then."""

UNTOLD = "Telling the member did not work"


@dataclass(frozen=True, slots=True)
class Expected:
    """The end of a cell."""

    rulings: int
    """Decisions that were committed; each has a line in the moderators' log."""
    told: int
    """Notices that the member has, by direct message or in a private thread."""
    trouble: str | None
    """What a line of the log says did not work; None where no line says so."""
    in_thread: bool = False
    """Whether the notices stand in private threads."""
    perhaps_untold: bool = False
    """Whether one notice may be missing where a line says so: a ban waits for its notice no longer
    than five seconds, and who is banned cannot be told any more."""
    told_late: bool = False
    """Whether a first notice reached nobody and a later one did: no line warns of that any more."""

    def differences(
        self, court: Court, member: MemberHandle, numbers: Collection[int]
    ) -> list[str]:
        """Return what is not so; ``numbers`` are those of the member's cases."""
        wrong = []
        notices, lines = court.told(member, numbers), court.lines(member)
        warned = [line for line in lines if "⚠️" in line]
        trouble, told = self.trouble, self.told
        if self.perhaps_untold and len(notices) < told:
            trouble, told = UNTOLD, told - 1
        if len(notices) != told:
            titles = [one.embeds[0]["title"] for one in notices]
            wrong.append(f"{len(notices)} notices instead of {told}: {titles}")
        if self.in_thread and (sent := member.dms()):
            wrong.append(f"{len(sent)} direct messages though they are closed")
        if len(lines) != self.rulings:
            wrong.append(f"{len(lines)} lines instead of {self.rulings}: {lines}")
        doubled = [
            token
            for token, count in Counter(tokens_of([*notices, *court.log.messages()])).items()
            if count > 1
        ]
        if doubled:
            wrong.append(f"sent twice: {doubled}")
        if trouble is None and warned:
            wrong.append(f"a line that should be calm: {warned}")
        if trouble is not None and not any(trouble in line for line in warned):
            wrong.append(f"no line says “{trouble}”: {lines}")
        return wrong


def expected(cell: Cell) -> Expected:
    """Return the end of a cell."""
    kind, operation, circumstance = cell.kind, cell.operation, cell.circumstance
    rulings = 2 if operation in (Operation.LIFT, Operation.VOID) else 1
    told, trouble, told_late = rulings, None, False
    if rulings == 2 and (kind in BANS or circumstance is Circumstance.MEMBER_GONE):
        # Discord delivers nothing new to who shares no server: what they read last is put right.
        told = 1
    if cell.cannot_quote:
        trouble = "Posting the words again did not work"
    match circumstance:
        case Circumstance.MEMBER_GONE if operation is Operation.APPLY:
            told_late = kind in TOLD_ON_RETURN
            trouble, told = (None, 1) if told_late else (UNTOLD, 0)
        case Circumstance.RIGHT_LOST if operation is Operation.APPLY:
            # The first order fails and says so; the moderator orders it again.
            rulings, trouble = 2, "did not work"
            # A ban's notice goes first, and is put right once Discord has refused the ban.
            told = 3 if kind in BANS else 1
        case Circumstance.RIGHT_LOST if rulings == 2 and kind in LASTS and kind not in BANS:
            # That it is taken back is told while Discord still refuses to end it; then that it is.
            told = 3
        case Circumstance.DMS_CLOSED if kind in BANS and operation is Operation.APPLY:
            trouble = "they could read it only until the ban"
        case Circumstance.DMS_CLOSED if kind in BANS and rulings == 2:
            # What they were told last stands on the server: changing it would tell nobody.
            trouble = "they are told if they come back"
    closed = circumstance is Circumstance.DMS_CLOSED
    late = kind in BANS and operation is Operation.APPLY and circumstance in SLOW
    return Expected(
        rulings, told, trouble, in_thread=closed, perhaps_untold=late, told_late=told_late
    )
