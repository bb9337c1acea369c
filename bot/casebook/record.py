"""What is on record about a member: whole for moderators, without names and notes for them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model.action import Action
from bot.model.case import CasePost
from bot.model.dossier import Dossier
from bot.model.ruling import CONFIRMED, Ruling, RulingKind
from bot.model.sanction import Sanction

UNTOLD = frozenset({RulingKind.NOTED, RulingKind.KEPT})
"""Rulings that are moderators' own business: nothing of them reaches the member."""


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


def points_of(sanctions: Iterable[Sanction], now: datetime) -> Points:
    """Return what sanctions count for from now on.

    Law: as on the ladder, all that was decided in one case counts once, by the most of it.
    """
    every = tuple(sanctions)
    moments = {one.points_until for one in every}
    later = sorted(one for one in moments if one is not None and one > now)
    left = _total(every, now)
    runs_out = []
    for moment in later:
        then = _total(every, moment)
        if then != left:
            runs_out.append((moment, then))
            left = then
    return Points(_total(every, now), tuple(runs_out))


def for_member(dossier: Dossier) -> Dossier | None:
    """Return what a member may read of a case about them; None if there is nothing to read.

    Who decided, what moderators wrote to each other, what was only looked at, and what Concord did
    in the moderators' log are left out.
    """
    told = tuple(_told(one) for one in told_of(dossier.rulings))
    if not told:
        return None
    rules = frozenset(one.rule for one in told)
    case = dossier.case
    return Dossier(
        case=replace(case, posts=tuple(_plain(post, rules) for post in case.posts)),
        rulings=told,
        sanctions=dossier.sanctions,
        intents=(),
    )


def told_of(rulings: Iterable[Ruling]) -> Iterator[Ruling]:
    """Yield the rulings that reach the member.

    What Concord decided by itself, and took back before it was done, never happened for them.
    """
    every = tuple(rulings)
    taken_back = {
        message
        for one in every
        if one.kind is RulingKind.VOIDED and one.by is None
        for message in one.removes
    }
    for one in every:
        own = one.by is None and one.kind in (RulingKind.REMOVED, RulingKind.VOIDED)
        if one.kind not in UNTOLD and not (own and taken_back.issuperset(one.removes)):
            yield one


def _total(sanctions: Iterable[Sanction], moment: datetime) -> int:
    by_case: defaultdict[int, int] = defaultdict(int)
    for one in sanctions:
        by_case[one.case] = max(by_case[one.case], one.points_at(moment))
    return sum(by_case.values())


def _told(ruling: Ruling) -> Ruling:
    changes = tuple(one for one in ruling.changes if one.what != CONFIRMED)
    return replace(ruling, by=None, internal="", because="", changes=changes)


def _plain(post: CasePost, rules: frozenset[str | None]) -> CasePost:
    """Return a post with only those findings that something rests on."""
    resting = tuple(
        one for one in post.findings if one.action is Action.REMOVE or one.evidence.rule in rules
    )
    return replace(post, findings=resting)
