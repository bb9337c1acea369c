"""What is on record about a member: whole for moderators, without names and notes for them."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.dossier import Dossier
from bot.model.sanction import Sanction


@dataclass(frozen=True, slots=True)
class Points:
    """What counts against a member now, and when it stops to."""

    now: int
    runs_out: tuple[tuple[datetime, int], ...]
    """Moments, soonest first, with what is left from then on; points without end never leave."""


@dataclass(frozen=True, slots=True)
class Record:
    """One page of what is on record about a member."""

    guild: int
    member: int
    own: bool
    """Whether it is for the member: then no moderator is named, and no internal note is in it."""
    points: Points
    in_force: tuple[Sanction, ...]
    """In the order they were decided."""
    cases: tuple[Dossier, ...]
    """This page's, newest first."""
    first: int
    """How many cases come before this page."""
    total: int
