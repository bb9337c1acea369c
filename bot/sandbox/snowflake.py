"""Discord's ids: the time in milliseconds above 22 bits that make them unique."""

from datetime import UTC, datetime

from bot.sandbox.clock import SimClock

EPOCH_MS = 1_420_070_400_000
"""The first second of 2015, Discord's epoch (Discord's API reference, "Snowflakes")."""

SEQUENCE_BITS = 22
"""Bits below the timestamp (same source); the simulation uses them all as one counter."""


def at_ms(snowflake: int) -> int:
    """Return the time in an id, in milliseconds since 1970."""
    return (snowflake >> SEQUENCE_BITS) + EPOCH_MS


def created_at(snowflake: int) -> datetime:
    """Return the time in an id as an aware UTC datetime."""
    return datetime.fromtimestamp(at_ms(snowflake) / 1000, UTC)


def iso(moment: datetime) -> str:
    """Return a time as Discord writes it: microseconds and ``+00:00``."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Snowflakes:
    """The source of new ids.

    Laws: no id is given twice within four million; ids made without `at` rise strictly.
    """

    def __init__(self, clock: SimClock) -> None:
        self._clock = clock
        self._counter = 0
        self._newest = 0

    def next(self, at: datetime | None = None) -> int:
        """Return a new id.

        Args:
            at: the time in the id; None means now. An aware datetime from 2015 on.

        Raises:
            ValueError: if `at` lies before Discord's epoch.
        """
        moment = self._clock.now_ms() if at is None else round(at.timestamp() * 1000)
        if moment < EPOCH_MS:
            raise ValueError(f"{at} lies before Discord's epoch, 2015-01-01")
        self._counter = (self._counter + 1) % (1 << SEQUENCE_BITS)
        snowflake = (moment - EPOCH_MS) << SEQUENCE_BITS | self._counter
        if at is None:
            while snowflake <= self._newest:
                # The counter began anew, or the machine's clock stepped back.
                snowflake += 1 << SEQUENCE_BITS
            self._newest = snowflake
        return snowflake
