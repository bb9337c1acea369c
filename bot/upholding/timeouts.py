"""Timeouts of any length: never shortens what somebody set longer, ends only what Concord left."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.model.sanction import Hold, Sanction
from bot.ports import Absent, Delivery, Outcome
from bot.upholding.matter import Matter, Upheld, asks, is_done

LONGEST: Final = timedelta(days=28, minutes=-5)
"""How far ahead a timeout is set: Discord refuses more than 28 days by its own clock, which may be
some minutes behind ours."""

AHEAD: Final = timedelta(days=2)
"""How long before it runs out a longer timeout is renewed: longer than all pauses between attempts
together (``bot.enforcement.PAUSES``), so that a day's outage leaves no gap. Chosen."""

ENOUGH: Final = timedelta(days=27)
"""A timeout that ends so far ahead needs no renewal yet."""

ENDLESS: Final = datetime.max.replace(tzinfo=UTC)
"""The end of a timeout without end, for comparing."""

_ALIKE: Final = timedelta(seconds=1)
"""Ends closer together are the same: Discord keeps milliseconds, and rounds."""

_MAYBE: Final = "?"
"""Marks an end that was about to be set: whether it was is known only by asking."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a member's timeout was before, and how Concord left it.

    Law: ``Mark.read(m.before_text, m.after_text) == m``.
    """

    before: datetime | None = None
    """The timeout that somebody else had set; None for none."""
    left: tuple[datetime, ...] = ()
    """The end Concord left; none before anything is known to have worked."""
    tried: tuple[datetime, ...] = ()
    """Ends that Concord was about to set."""

    @classmethod
    def of(cls, hold: Hold | None) -> "Mark | None":
        """Return what a hold remembers."""
        if hold is None:
            return None
        words = hold.after.split()
        return cls(
            datetime.fromisoformat(hold.before) if hold.before else None,
            tuple(datetime.fromisoformat(one) for one in words if not one.endswith(_MAYBE)),
            tuple(
                datetime.fromisoformat(one.removesuffix(_MAYBE))
                for one in words
                if one.endswith(_MAYBE)
            ),
        )

    @property
    def before_text(self) -> str:
        """How a hold writes what was before."""
        return self.before.isoformat() if self.before is not None else ""

    @property
    def after_text(self) -> str:
        """How a hold writes what was left."""
        return " ".join(
            [one.isoformat() for one in self.left]
            + [f"{one.isoformat()}{_MAYBE}" for one in self.tried]
        )

    def is_ours(self, seen: datetime | None) -> bool:
        """Whether Concord left it so."""
        return seen is not None and any(_alike(seen, one) for one in self.left + self.tried)

    def was(self, seen: datetime | None) -> bool:
        """Whether it is what somebody else had set before Concord set its own."""
        return seen is not None and self.before is not None and _alike(seen, self.before)

    @property
    def latest(self) -> datetime | None:
        """The latest end Concord may have left."""
        return max(self.left + self.tried, default=None)


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done about a member's timeout."""

    changes: bool
    until: datetime | None
    """What it is afterwards; None for no timeout."""
    mark: Mark | None
    """What is remembered from then on; None for nothing."""
    words: str
    """What a moderator is told once it is done."""
    renews: bool = True
    """Whether a longer timeout goes on being renewed."""


def wanted_end(asking: tuple[Sanction, ...]) -> datetime | None:
    """Return the end that all sanctions together ask for: the latest; None if none asks."""
    return max((one.until or ENDLESS for one in asking), default=None)


def step(
    seen: datetime | None,
    mark: Mark | None,
    wanted: datetime | None,
    now: datetime,
    *,
    insists: bool,
) -> Step:
    """Return what brings a member's timeout to what is asked for.

    Laws: an end that is not Concord's own is never moved to an earlier one; what was before comes
    back when nothing is asked for any more, unless somebody has changed it since.

    Args:
        seen: its end as Discord shows it; None for no timeout.
        mark: what is remembered of it.
        wanted: the end that is asked for; None to end it.
        now: aware UTC.
        insists: whether a timeout that somebody ended or shortened by hand is set again.
    """
    if seen is not None and seen <= now:
        seen = None
    ours = mark is not None and mark.is_ours(seen)
    if wanted is None:
        return _end(seen, mark, now, ours=ours)
    others = mark.before if mark is not None else None
    if others is not None and others <= now:
        others = None
    goal = min(wanted, now + LONGEST)
    if others is not None:  # never shorter than what somebody had set before
        goal = max(goal, others)
    if seen is not None and seen + _ALIKE >= min(goal, now + ENOUGH):
        if ours and seen > goal + _ALIKE:
            return Step(True, goal, Mark(others, (seen,), (goal,)), "")
        if ours:
            return Step(False, seen, Mark(others, (seen,)), "")
        longer = seen > goal + _ALIKE
        words = "a longer timeout that somebody set stays" if longer else "timed out already"
        return Step(False, seen, mark, words)
    if not insists and not ours and _is_shortened(seen, mark, now):
        words = "somebody ended or shortened the timeout by hand: it stays so"
        return Step(False, seen, mark, words, renews=False)
    before = others if ours or seen is None else seen
    kept = (seen,) if ours and seen is not None else ()
    return Step(True, goal, Mark(before, kept, (goal,)), "")


def confirmed(done: Step) -> Mark | None:
    """Return what is remembered once a step has worked."""
    if done.mark is None or done.until is None or not done.changes:
        return done.mark
    return Mark(done.mark.before, (done.until,))


def _end(seen: datetime | None, mark: Mark | None, now: datetime, *, ours: bool) -> Step:
    if seen is None:
        return Step(False, None, None, "")
    if mark is None:
        return Step(False, seen, None, "a timeout that Concord did not set stays")
    before = mark.before if mark.before is not None and mark.before > now else None
    if before is not None and _alike(seen, before):
        return Step(False, seen, None, "the timeout that was there before stays")
    if not ours:
        return Step(False, seen, None, "somebody has changed the timeout since, so it stays")
    if before is not None:
        return Step(True, before, None, "the timeout that was there before is back")
    return Step(True, None, None, "")


def _is_shortened(seen: datetime | None, mark: Mark | None, now: datetime) -> bool:
    """Whether less is left than Concord is known to have left: a later end is nobody's mercy."""
    return mark is not None and any(
        one > now and (seen is None or seen < one - _ALIKE) for one in mark.left
    )


def _alike(one: datetime, other: datetime) -> bool:
    return abs(one - other) <= _ALIKE


async def uphold(matter: Matter) -> Upheld:
    """Bring the member's timeout to what is asked for."""
    wanted = wanted_end(matter.asking)
    hold = matter.hold_on()
    mark = Mark.of(hold)
    if mark is None and matter.sanction.ordered.by_hand and wanted is None:
        ends = (matter.sanction.ordered.until, matter.sanction.until)
        mark = Mark(left=tuple(one for one in ends if one is not None))
    released = (hold,) if hold is not None else ()
    if wanted is None and (mark is None or mark.latest is None or mark.latest <= matter.now):
        # Discord has ended it by itself, or Concord never set one: there is nothing to ask for.
        return Upheld(is_done(""), released=released)
    seen = await matter.measures.member(matter.guild, matter.user)
    if isinstance(seen, Outcome):
        return Upheld(seen)
    if isinstance(seen, Absent):
        # What is held stays held: Discord may show the timeout again if they come back.
        words = "it begins if they come back" if wanted is not None else "nothing is left to end"
        return Upheld(is_done(f"{seen.what}; {words}"))
    todo = step(seen.timed_out_until, mark, wanted, matter.now, insists=matter.insists)
    if todo.changes:
        if todo.mark is not None:
            await matter.hold(matter.holding(todo.mark.before_text, todo.mark.after_text))
        outcome = await matter.measures.time_out(
            matter.guild, matter.user, todo.until, matter.reason
        )
        if outcome.delivery is not Delivery.DONE:
            return Upheld(outcome)
    now_held = confirmed(todo)
    if now_held is None:
        return Upheld(is_done(todo.words), released=released)
    renews = wanted is not None and todo.renews and asks(matter.sanction, matter.now)
    return Upheld(
        is_done(todo.words),
        renew_at=renewal(matter.sanction, todo.until, matter.now) if renews else None,
        left=(matter.holding(now_held.before_text, now_held.after_text),),
    )


def renewal(sanction: Sanction, until: datetime | None, now: datetime) -> datetime | None:
    """Return when a timeout has to be set again, for it ends on Discord before its own end.

    Args:
        sanction: the timeout.
        until: its end as Discord shows it; None if there is none.
        now: aware UTC; the answer lies after it.
    """
    if until is None or until + _ALIKE >= (sanction.until or ENDLESS):
        return None
    return max(until - AHEAD, now + timedelta(hours=1))
