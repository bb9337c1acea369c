"""Ids carry their time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.model.snowflake import EPOCH, first_at, time_of

moments = st.datetimes(datetime(2015, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_discords_own_example_is_read_as_documented() -> None:
    """175928847299117063 was made at 2016-04-30 11:18:25.796 UTC (API reference, Snowflakes)."""
    assert time_of(175928847299117063) == datetime(2016, 4, 30, 11, 18, 25, 796_000, UTC)


@given(moments)
def test_the_first_id_of_a_moment_is_of_that_moment_and_none_is_smaller(moment: datetime) -> None:
    """To the millisecond, and the id before it is of an earlier one."""
    first = first_at(moment)
    assert timedelta() <= moment - time_of(first) < timedelta(milliseconds=1)
    assert first == 0 or time_of(first - 1) < time_of(first)


def test_before_the_epoch_every_id_is_later() -> None:
    """A moment before Discord's epoch has the id 0."""
    assert first_at(EPOCH - timedelta(days=1)) == 0
