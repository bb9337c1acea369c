"""The table of sanctions: what is decided, what is done with it, and what stands in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import product


class Kind(StrEnum):
    """What is decided."""

    WARNING = "warning"
    TIMEOUT = "timeout"
    LONG_TIMEOUT = "long timeout"
    """Longer than Discord's 28 days."""
    BOARD = "board removal"
    GROUP = "group removal"
    BAN = "ban"
    TEMPORARY_BAN = "temporary ban"
    REFERRAL = "referral"
    POST = "post removal"


class Operation(StrEnum):
    """What is done with it."""

    APPLY = "apply"
    EXPIRE = "expire"
    LIFT = "lift"
    VOID = "void"


class Circumstance(StrEnum):
    """What stands in the way."""

    NORMAL = "normal"
    RATE_LIMITED = "429"
    ERROR = "500"
    RESET = "reset"
    ANSWER_LOST = "answer lost"
    RIGHT_MISSING = "right missing"
    """Concord lacks the permission when it is ordered."""
    RIGHT_LOST = "right lost"
    """Discord refuses it for want of permission when it is done."""
    MEMBER_GONE = "member gone"
    DMS_CLOSED = "DMs closed"
    KILLED = "killed"
    """``kill -9`` at each step."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the table."""

    kind: Kind
    operation: Operation
    circumstance: Circumstance

    def __str__(self) -> str:
        """Return its name."""
        return f"{self.kind}, {self.operation}, {self.circumstance}"

    @property
    def cannot_quote(self) -> bool:
        """Whether Concord may not post on the board where a removed post is to stand again."""
        quotes = (self.kind, self.operation) == (Kind.POST, Operation.VOID)
        return quotes and self.circumstance in RIGHTS_MATTER


LASTS = {
    Kind.TIMEOUT: timedelta(days=20),
    Kind.LONG_TIMEOUT: timedelta(days=40),
    Kind.BOARD: timedelta(days=30),
    Kind.GROUP: timedelta(days=30),
    Kind.TEMPORARY_BAN: timedelta(days=30),
}
"""How long those last that end by themselves."""

LIFTABLE = frozenset({*LASTS, Kind.BAN})
BANS = frozenset({Kind.BAN, Kind.TEMPORARY_BAN})
NEEDS_NO_RIGHT = frozenset({Kind.WARNING, Kind.REFERRAL})
RIGHTS_MATTER = frozenset({Circumstance.RIGHT_MISSING, Circumstance.RIGHT_LOST})


def nonsense(cell: Cell) -> str | None:
    """Return why a cell makes no sense; None for one that does."""
    match cell.operation:
        case Operation.EXPIRE if cell.kind not in LASTS:
            return "it has no end"
        case Operation.LIFT if cell.kind not in LIFTABLE:
            return "it happens once: there is nothing to lift; it can be voided"
    if cell.circumstance in RIGHTS_MATTER:
        if cell.kind in NEEDS_NO_RIGHT:
            return "it needs no permission on Discord"
        if (cell.kind, cell.operation) == (Kind.TIMEOUT, Operation.EXPIRE):
            return "Discord ends it by itself: nothing is asked of it"
    return None


EVERY = tuple(Cell(*one) for one in product(Kind, Operation, Circumstance))
CELLS = tuple(one for one in EVERY if nonsense(one) is None)
LEFT_OUT = tuple(one for one in EVERY if nonsense(one) is not None)
PAIRS = tuple(dict.fromkeys((one.kind, one.operation) for one in CELLS))


def covered(cell: Cell) -> frozenset[tuple[str, str]]:
    """Return what a cell is a sample of: each two of its three coordinates."""
    return frozenset(
        {
            (cell.kind, cell.operation),
            (cell.kind, cell.circumstance),
            (cell.operation, cell.circumstance),
        }
    )


def sample(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return a few cells in which every two coordinates that meet in any of them meet."""
    chosen: list[Cell] = []
    missing = _all_covered(cells)
    while missing:
        best = max(cells, key=lambda one: len(covered(one) & missing))
        chosen.append(best)
        missing -= covered(best)
    return tuple(one for one in cells if one in chosen)


def _all_covered(cells: Iterable[Cell]) -> set[tuple[str, str]]:
    return {pair for one in cells for pair in covered(one)}
