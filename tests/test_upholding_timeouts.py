"""Timeouts: what was before comes back, and what somebody set longer by hand is never shortened."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.model.sanction import Hold, SanctionKind
from bot.upholding.timeouts import (
    AHEAD,
    ENDLESS,
    ENOUGH,
    LONGEST,
    Mark,
    Step,
    confirmed,
    renewal,
    step,
)
from tests.making import ADA, GUILD, NOON
from tests.sanctioning import sanction

hours = st.integers(1, 24 * 60).map(lambda count: timedelta(hours=count))
moments = hours.map(lambda by: NOON + by)
by_hand = st.none() | st.integers(1, 24 * 28).map(lambda count: NOON + timedelta(hours=count))
ends = moments | st.just(ENDLESS)


def _applied(
    seen: datetime | None,
    mark: Mark | None,
    wanted: datetime | None,
    now: datetime = NOON,
    *,
    insists: bool = True,
) -> tuple[datetime | None, Mark | None, Step]:
    """Carry a step out, and return what Discord shows, what is remembered, and the step."""
    todo = step(seen, mark, wanted, now, insists=insists)
    if todo.changes:
        assert todo.until is None or now < todo.until <= now + timedelta(days=28)
        return todo.until, confirmed(todo), todo
    return seen, confirmed(todo), todo


@given(before=st.none() | moments, left=st.lists(moments), tried=st.lists(moments))
def test_what_is_remembered_is_read_back_as_it_was_written(
    before: datetime | None, left: list[datetime], tried: list[datetime]
) -> None:
    """A hold's words lose nothing."""
    mark = Mark(before, tuple(left), tuple(tried))
    hold = Hold(GUILD, SanctionKind.TIMEOUT, ADA, 0, mark.before_text, mark.after_text)

    assert Mark.of(hold) == mark


@given(seen=by_hand, wanted=ends)
def test_applied_and_lifted_a_timeout_leaves_everything_as_it_was(
    seen: datetime | None, wanted: datetime
) -> None:
    """Also where a moderator's own timeout was there before."""
    during, mark, _ = _applied(seen, None, wanted)
    after, left, _ = _applied(during, mark, None)

    assert after == seen
    assert left is None


@given(seen=by_hand, first=ends, second=ends, first_ends_first=st.booleans())
def test_two_timeouts_lifted_in_any_order_leave_everything_as_it_was(
    seen: datetime | None, first: datetime, second: datetime, *, first_ends_first: bool
) -> None:
    """While one is in force its end holds; after both nothing of them is left."""
    shown, mark, _ = _applied(seen, None, first)
    shown, mark, _ = _applied(shown, mark, max(first, second))
    remaining = second if first_ends_first else first
    shown, mark, _ = _applied(shown, mark, remaining)
    assert shown is not None
    assert shown >= min(remaining, NOON + ENOUGH)
    shown, mark, _ = _applied(shown, mark, None)

    assert shown == seen
    assert mark is None


@given(set_by_hand=by_hand, mark_end=st.none() | moments, wanted=st.none() | ends)
def test_a_timeout_that_is_not_concords_is_never_made_shorter(
    set_by_hand: datetime | None, mark_end: datetime | None, wanted: datetime | None
) -> None:
    """Whatever is remembered and whatever is asked for."""
    mark = Mark(None, (mark_end,)) if mark_end is not None else None
    if set_by_hand is not None and mark is not None and mark.is_ours(set_by_hand):
        return
    for insists in (True, False):
        shown, _, _ = _applied(set_by_hand, mark, wanted, insists=insists)

        if set_by_hand is not None:
            assert shown is not None
            assert shown >= set_by_hand


@given(seen=by_hand, wanted=ends, minutes=st.integers(0, 600))
def test_after_a_lost_answer_the_same_again_changes_nothing(
    seen: datetime | None, wanted: datetime, minutes: int
) -> None:
    """The present state is asked first, and what Concord was about to leave counts as its own."""
    now = NOON + timedelta(minutes=minutes)
    todo = step(seen, None, wanted, NOON, insists=True)
    if not todo.changes or (wanted <= now):
        return
    again = step(todo.until, todo.mark, wanted, now, insists=True)

    assert not again.changes
    assert again.mark is None or again.mark.left == (todo.until,)


def test_an_end_moved_to_an_earlier_time_shortens_concords_own() -> None:
    """A moderator edits the sanction: what Concord set follows."""
    shown, mark, _ = _applied(None, None, NOON + timedelta(days=7))
    shown, mark, _ = _applied(shown, mark, NOON + timedelta(days=2))

    assert shown == NOON + timedelta(days=2)
    assert mark == Mark(None, (shown,))


def test_what_somebody_ended_by_hand_is_not_renewed() -> None:
    """No fight with moderators; the case is for oversight."""
    shown, mark, _ = _applied(None, None, ENDLESS)
    assert shown == NOON + LONGEST
    later = NOON + LONGEST - AHEAD

    removed = step(None, mark, ENDLESS, later, insists=False)
    shortened = step(later + timedelta(hours=1), mark, ENDLESS, later, insists=False)

    assert not removed.changes
    assert not removed.renews
    assert not shortened.changes
    assert not shortened.renews


def test_what_somebody_lengthened_by_hand_is_renewed_all_the_same() -> None:
    """Nobody has shortened anything: the order holds to its own end, theirs is remembered."""
    wanted = NOON + timedelta(days=40)
    shown, mark, _ = _applied(None, None, wanted)
    assert shown is not None
    theirs = NOON + timedelta(days=30, hours=20)
    later = shown - AHEAD

    shown, mark, todo = _applied(theirs, mark, wanted, later, insists=False)

    assert shown == wanted
    assert todo.renews
    assert mark == Mark(theirs, (wanted,))


@given(seen=by_hand, left=by_hand, wanted=ends, insists=st.booleans())
def test_who_lengthens_a_timeout_never_stops_its_renewal(
    seen: datetime | None, left: datetime | None, wanted: datetime, *, insists: bool
) -> None:
    """Only an end before the one that Concord left counts as shortened."""
    mark = Mark(None, (left,)) if left is not None else None
    todo = step(seen, mark, wanted, NOON, insists=insists)

    if seen is not None and (left is None or seen >= left):
        assert todo.renews


def test_what_ran_out_by_itself_while_concord_was_away_is_renewed() -> None:
    """After a downtime longer than Discord's limit nobody has ended anything by hand."""
    shown, mark, _ = _applied(None, None, ENDLESS)
    assert shown is not None
    later = shown + timedelta(days=3)

    again = step(None, mark, ENDLESS, later, insists=False)

    assert again.changes
    assert again.until == later + LONGEST


def test_what_somebody_shortened_by_hand_is_not_ended_either() -> None:
    """It is no longer as Concord left it."""
    shown, mark, _ = _applied(None, None, NOON + timedelta(days=7))
    shown, mark, last = _applied(NOON + timedelta(days=1), mark, None)

    assert shown == NOON + timedelta(days=1)
    assert mark is None
    assert "somebody has changed" in last.words


@given(
    until=st.none() | moments,
    end=st.none() | moments,
    now=st.integers(-24, 24).map(lambda by: NOON + timedelta(hours=by)),
)
def test_a_renewal_lies_ahead_and_is_due_only_where_discords_end_comes_first(
    until: datetime | None, end: datetime | None, now: datetime
) -> None:
    """None without need, and never at once for ever."""
    due = renewal(sanction(until=end), until, now)

    if due is not None:
        assert due > now
        assert until is not None
        assert end is None or until < end
    elif until is not None and end is not None:
        assert until + timedelta(seconds=1) >= end


def test_endless_is_later_than_any_end() -> None:
    """It compares with aware times."""
    assert datetime(9999, 1, 1, tzinfo=UTC) < ENDLESS
