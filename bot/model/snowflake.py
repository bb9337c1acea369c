"""Discord's ids carry the time they were made at."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""Discord's epoch (API reference, "Snowflakes")."""


def time_of(snowflake: int) -> datetime:
    """Return when an id was made, to the millisecond; aware UTC."""
    return EPOCH + timedelta(milliseconds=snowflake >> 22)


def first_at(moment: datetime) -> int:
    """Return the smallest id that can be made at a moment; 0 for a moment before the epoch."""
    return max(0, (moment - EPOCH) // timedelta(milliseconds=1)) << 22
