"""How sanctions are carried out: default lengths, what they take, bounds."""

from dataclasses import dataclass
from datetime import timedelta

from bot.model.sanction import SanctionKind
from bot.policy.writing import SEEING, bits


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long a sanction lasts where a moderator names no length; None means without end."""

    timeout: timedelta | None
    board_removal: timedelta | None
    group_removal: timedelta | None
    ban: timedelta | None

    def of(self, kind: SanctionKind) -> timedelta | None:
        """Return the length of a kind; None also for kinds that happen once."""
        match kind:
            case SanctionKind.TIMEOUT:
                return self.timeout
            case SanctionKind.BOARD_REMOVAL:
                return self.board_removal
            case SanctionKind.GROUP_REMOVAL:
                return self.group_removal
            case SanctionKind.BAN:
                return self.ban
            case SanctionKind.WARNING | SanctionKind.REFERRAL:
                return None


@dataclass(frozen=True, slots=True)
class MassActions:
    """From how many members within which time one moderator's decisions wait for an admin."""

    members: int
    """So many may be decided about; the next one waits."""
    within: timedelta


@dataclass(frozen=True, slots=True)
class EvidenceBounds:
    """Which of a post's files are kept: the first ones that fit."""

    files: int
    file_bytes: int
    total_bytes: int
    """Of all kept files of one post together."""


@dataclass(frozen=True, slots=True)
class Practice:
    """The numbers by which sanctions are carried out."""

    lengths: Lengths
    board_removal_takes: frozenset[str]
    """Permissions by name, see :mod:`bot.policy.writing`; never empty."""
    hides_board: bool
    """Whether a board removal also hides the board."""
    mass_actions: MassActions
    same_matter: timedelta
    """A ruling of another moderator on the same member is shown first, this long after it."""
    evidence: EvidenceBounds
    notice_first: timedelta
    """How long a ban waits for its notice."""

    @property
    def board_removal_bits(self) -> int:
        """What a board removal denies, as bits of Discord's permissions."""
        return bits(self.board_removal_takes) | (SEEING if self.hides_board else 0)
