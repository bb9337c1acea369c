"""The simulation's clock, its ids and the order of a history."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.clock import SimClock
from bot.sandbox.history import History
from bot.sandbox.messages import Message
from bot.sandbox.snowflake import Snowflakes, created_at
from bot.sandbox.users import User

ADA = User(1, "ada", "Ada")

moments = st.datetimes(datetime(2015, 1, 2), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ids = st.lists(st.integers(1, 60), unique=True, max_size=40)


def history(message_ids: list[int]) -> History:
    """Return a history with messages put in in this order."""
    filled = History()
    for message_id in message_ids:
        filled.add(Message(message_id, 9, None, ADA))
    return filled


def numbers(messages: list[Message]) -> list[int]:
    """Return the ids of messages."""
    return [message.id for message in messages]


def test_a_jump_moves_the_clock_forward() -> None:
    """The offset grows by what was asked for."""
    clock = SimClock()
    before = clock.now()

    clock.jump(timedelta(hours=2))

    assert clock.offset_ms == 7_200_000
    assert timedelta(hours=2) <= clock.now() - before < timedelta(hours=2, seconds=5)


def test_the_clock_does_not_go_back() -> None:
    """A negative jump is refused."""
    with pytest.raises(ValueError, match="cannot go back"):
        SimClock().jump(timedelta(seconds=-1))


def test_ids_rise_and_are_never_given_twice() -> None:
    """Ten thousand ids made at once are strictly rising."""
    snowflakes = Snowflakes(SimClock())
    made = [snowflakes.next() for _ in range(10_000)]

    assert made == sorted(set(made))


@given(moments)
def test_an_id_keeps_the_time_it_was_made_for(at: datetime) -> None:
    """A message can be put at any time since Discord's epoch, to the millisecond."""
    made = Snowflakes(SimClock()).next(at)

    assert abs(created_at(made) - at) <= timedelta(milliseconds=1)


def test_a_time_before_discord_is_refused() -> None:
    """Ids cannot be older than 2015."""
    with pytest.raises(ValueError, match="epoch"):
        Snowflakes(SimClock()).next(datetime(2014, 12, 31, tzinfo=UTC))


@given(ids)
def test_a_history_is_in_the_order_of_ids(message_ids: list[int]) -> None:
    """Whatever the order of insertion."""
    assert numbers(list(history(message_ids))) == sorted(message_ids)


@given(ids, st.integers(0, 61), st.integers(1, 10))
def test_pages_are_what_discord_documents(message_ids: list[int], pivot: int, limit: int) -> None:
    """Before: the nearest older; after: the nearest younger; both newest first."""
    filled, ordered = history(message_ids), sorted(message_ids)

    older = [each for each in ordered if each < pivot][-limit:]
    younger = [each for each in ordered if each > pivot][:limit]
    assert numbers(filled.before(pivot, limit)) == older[::-1]
    assert numbers(filled.after(pivot, limit)) == younger[::-1]
    assert numbers(filled.before(None, limit)) == ordered[-limit:][::-1]
    around = numbers(filled.around(pivot, limit))
    assert len(around) <= limit
    assert around == sorted(around, reverse=True)
    assert pivot in around or pivot not in ordered


@given(ids, st.integers(1, 60))
def test_a_removed_message_is_gone_and_the_rest_stays(message_ids: list[int], removed: int) -> None:
    """Removing gives the message back once."""
    filled = history(message_ids)

    assert (filled.remove(removed) is not None) == (removed in message_ids)
    assert filled.remove(removed) is None
    assert numbers(list(filled)) == sorted(set(message_ids) - {removed})
