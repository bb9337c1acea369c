"""A community's shape as data: boards, Community Groups, exceptions, modes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.model.mode import Mode, Posture


def _no_modes() -> Mapping[str, Mode]:
    return MappingProxyType({})


class Umbrella(StrEnum):
    """The four kinds of Community Groups."""

    IDENTITY = "identity"
    INDUSTRY = "industry"
    INTEREST = "interest"
    IMPACT = "impact"


@dataclass(frozen=True, slots=True)
class Place:
    """A Discord channel or role by the name an admin wrote, and by id once it was found."""

    name: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A place members write on: a channel, a category or a thread's parent."""

    name: str
    """Unique in the community; what members read."""
    channel: Place
    purpose: str = ""
    languages: frozenset[str] = frozenset()
    """ISO 639-1 codes permitted beside English."""
    modes: Mapping[str, Mode] = field(default_factory=_no_modes)
    """Modes of rules on this board alone, by rule id."""


@dataclass(frozen=True, slots=True)
class CommunityGroup:
    """A group people choose to join: a role, and the boards where its exceptions act."""

    name: str
    umbrella: Umbrella
    role: Place
    boards: frozenset[str]
    """Names of its boards; its exceptions hold there and nowhere else."""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class RuleException:
    """A permission: a rule that does not hold on a board, or for a group on its boards.

    Invariant: exactly one of ``board`` and ``group`` is given.
    """

    rule: str
    board: str | None = None
    group: str | None = None
    kinds: frozenset[str] = frozenset()
    """Narrower: only evidence of these kinds is permitted; empty permits the whole rule."""
    until: datetime | None = None
    """Aware UTC; None means without end."""
    note: str = ""

    def __post_init__(self) -> None:
        """Hold the invariant."""
        if (self.board is None) == (self.group is None):
            raise ValueError("an exception is for a board or for a group, and for one of them only")

    def holds_at(self, now: datetime) -> bool:
        """Whether it has not run out."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Community:
    """One guild's boards, groups, exceptions and modes, as its admin wrote them."""

    name: str
    posture: Posture | None = None
    """None until an admin has chosen: then nothing goes beyond an observation."""
    boards: tuple[Board, ...] = ()
    groups: tuple[CommunityGroup, ...] = ()
    exceptions: tuple[RuleException, ...] = ()
    modes: Mapping[str, Mode] = field(default_factory=_no_modes)
    """Modes of rules in the whole guild, by rule id."""
    moderators: tuple[Place, ...] = ()
    """Roles of the moderators."""
    admins: tuple[Place, ...] = ()
    """Roles of the admins, beside whoever may manage the server."""
    log: Place | None = None
    """The moderators' log channel."""
    public_log: Place | None = None
    """Where everyone may read, without names, what was decided; None for nowhere."""
    excluded: tuple[Place, ...] = ()
    """Channels never screened."""
    screen_unmapped: bool = False
    """Whether channels that everyone can see are screened though they are no board."""

    def board(self, name: str) -> Board | None:
        """Return the board of that name, or None."""
        return next((board for board in self.boards if board.name == name), None)

    def in_force(
        self, board: str | None, groups: frozenset[str], now: datetime
    ) -> Iterator[RuleException]:
        """Yield the exceptions that hold for an author of these groups on that board.

        Law: a group's exceptions hold on the group's own boards only.
        """
        at_home = {
            group.name for group in self.groups if group.name in groups and board in group.boards
        }
        for exception in self.exceptions:
            if not exception.holds_at(now):
                continue
            on_board = board is not None and exception.board == board
            if on_board or exception.group in at_home:
                yield exception

    def mode(self, rule: str, default: Mode, board: Board | None) -> Mode:
        """Return how far a rule may go on a board.

        Modes cap, and the narrowest cap holds: the posture's, the guild's word on the rule, the
        board's word on it. The rule's default counts where neither guild nor board has said
        anything. Before an admin has chosen a posture nothing goes beyond observation.

        Args:
            rule: the rule's id.
            default: its default mode in guidelines.toml.
            board: the board; None for an unmapped channel.
        """
        said = [self.modes[rule]] if rule in self.modes else []
        if board is not None and rule in board.modes:
            said.append(board.modes[rule])
        return min((self.posture or Posture.OBSERVE).cap, *(said or [default]))
