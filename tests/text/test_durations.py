"""Lengths of time as moderators type them, and as everybody reads them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.durations import (
    LONGEST,
    SHORTEST,
    DurationError,
    Length,
    in_short,
    read_duration,
    read_length,
    said,
    said_end,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("90m", timedelta(minutes=90)),
        ("3 days", 3 * DAY),
        ("3d", 3 * DAY),
        ("1h30m", timedelta(minutes=90)),
        ("1 hour and 30 minutes", timedelta(minutes=90)),
        ("2 weeks, 1 day", 15 * DAY),
        ("  2  WEEKS ", 14 * DAY),
        ("for 3 days", 3 * DAY),
        ("1.5 days", timedelta(hours=36)),
        ("an hour", timedelta(hours=1)),
        ("a week", 7 * DAY),
        ("1 month", 30 * DAY),
        ("1mo", 30 * DAY),
        ("1y", 365 * DAY),
        ("90 seconds", timedelta(seconds=90)),
        ("24hrs", DAY),
        ("forever", None),
        ("Permanent", None),
        ("for good", None),
    ],
)
def test_lengths_are_read_as_people_type_them(typed: str, length: timedelta | None) -> None:
    """None is without end."""
    assert read_duration(typed, NOW) == Length(length)


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("until 2026-12-24", datetime(2026, 12, 24, tzinfo=UTC)),
        ("until 2026-11-23 18:30", datetime(2026, 11, 23, 18, 30, tzinfo=UTC)),
        ("Until 2026-11-23T18:30Z", datetime(2026, 11, 23, 18, 30, tzinfo=UTC)),
        ("until 2026-11-23 18:30 UTC", datetime(2026, 11, 23, 18, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_stays_the_moment_that_was_typed(typed: str, until: datetime) -> None:
    """However long somebody takes to confirm it; its words can be typed back."""
    length = read_duration(typed, NOW)

    assert (length.until, length.lasts, length.endless) == (until, None, False)
    assert read_duration(said_end(until), NOW) == length


def test_nothing_lasts_for_so_long_and_up_to_a_moment() -> None:
    """One of the two would not be true."""
    with pytest.raises(ValueError, match="or up to a moment"):
        Length(DAY, NOW)


NO_LENGTH = ["", "5", "soon", "3 dys", "-3 days", "3 days ago", "1,5 days", "h", "m5", "d" * 200]


@pytest.mark.parametrize("typed", NO_LENGTH)
def test_what_is_no_length_is_told_with_what_was_expected(typed: str) -> None:
    """One sentence, with examples."""
    with pytest.raises(DurationError) as caught:
        read_duration(typed, NOW)

    assert str(caught.value).endswith(
        "is no length of time; expected a length such as 90m, 24 hours, 3 days, 1h30m, 2 weeks, "
        "until 2026-12-24, or forever"
    )
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("59s", "'59s' is too short; the shortest is 1 minute"),
        ("0 days", "'0 days' is too short; the shortest is 1 minute"),
        ("11 years", "'11 years' is too long; the longest is 3650 days, or write forever"),
        (
            "999999999y 999999999y",
            "'999999999y 999999999y' is too long; the longest is 3650 days, or write forever",
        ),
        ("until 2020-01-01", "'until 2020-01-01' is over already; expected a length such as"),
        ("until 2026-02-30", "'until 2026-02-30' names no day of the calendar; expected"),
        ("until 2026-11-22 12:00", "is over already"),
        ("until 2900-01-01", "is too long"),
    ],
)
def test_bounds_and_moments_are_told_in_words(typed: str, words: str) -> None:
    """What is wrong, and what would not be."""
    with pytest.raises(DurationError) as caught:
        read_duration(typed, NOW)

    assert words in str(caught.value)


def test_the_files_know_no_now() -> None:
    """A moment is no length."""
    with pytest.raises(DurationError, match="is no length of time"):
        read_length("until 2026-12-24")


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (None, "without end"),
        (3 * DAY, "3 days"),
        (DAY, "1 day"),
        (timedelta(hours=1, minutes=30), "1 hour 30 minutes"),
        (timedelta(days=2, seconds=1), "2 days 1 second"),
        (timedelta(), "0 seconds"),
        (timedelta(seconds=59.7), "1 minute"),
    ],
)
def test_lengths_are_said_in_plain_words(length: timedelta | None, words: str) -> None:
    """From days down to seconds, what is nothing left out."""
    assert said(length) == words


@given(st.integers(SHORTEST // timedelta(seconds=1), LONGEST // timedelta(seconds=1)))
def test_what_is_said_can_be_typed_back(seconds: int) -> None:
    """Every length in whole seconds."""
    length = timedelta(seconds=seconds)
    assert read_length(said(length)) == length


@given(st.text(max_size=120))
def test_whatever_is_typed_is_a_length_in_bounds_or_a_sentence(typed: str) -> None:
    """Nothing else comes out."""
    try:
        length = read_duration(typed, NOW)
    except DurationError:
        return
    left = length.until - NOW if length.until is not None else length.lasts
    assert left is None or SHORTEST <= left <= LONGEST


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=17, hours=8, minutes=11, seconds=55), "17 days 8 hours"),
        (timedelta(hours=1, minutes=30), "1 hour 30 minutes"),
        (timedelta(days=1), "1 day"),
    ],
)
def test_in_short_a_length_has_two_units_at_most(length: timedelta, words: str) -> None:
    """Nobody reads seconds after days."""
    assert in_short(length) == words


def test_for_ever_is_forever() -> None:
    """However it is spelled."""
    assert read_length("for ever") is read_length("forever") is None
