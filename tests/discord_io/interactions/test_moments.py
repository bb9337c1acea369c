"""When something was, as moderators type it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.discord_io.interactions.moments import read_moment
from bot.discord_io.interactions.references import OptionError
from tests.making import NOON


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11-01 18:30", datetime(2026, 11, 1, 18, 30, tzinfo=UTC)),
        (" 7 days ", NOON - timedelta(days=7)),
        ("3 hours ago", NOON - timedelta(hours=3)),
        ("90m", NOON - timedelta(minutes=90)),
    ],
)
def test_a_day_or_a_time_ago_is_a_moment(typed: str, moment: datetime) -> None:
    """Days are of the calendar in UTC."""
    assert read_moment(typed, NOON) == moment


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-01", "2026-02-30", "forever", ""])
def test_what_is_no_moment_is_answered_with_what_was_expected(typed: str) -> None:
    """Also a length without end."""
    with pytest.raises(OptionError, match="day"):
        read_moment(typed, NOON)
