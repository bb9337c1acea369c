"""The simulation's time: the real clock plus an offset that only grows."""

import time
from datetime import UTC, datetime, timedelta


class SimClock:
    """The clock that everything in the simulated Discord goes by.

    Law: `now` never goes backwards except where the machine's own clock does.
    """

    def __init__(self) -> None:
        self._offset_ms = 0

    @property
    def offset_ms(self) -> int:
        """How far the simulation is ahead of the real clock, in milliseconds; never negative."""
        return self._offset_ms

    def now_ms(self) -> int:
        """Return the simulated time in milliseconds since 1970."""
        return time.time_ns() // 1_000_000 + self._offset_ms

    def now(self) -> datetime:
        """Return the simulated time as an aware UTC datetime."""
        return datetime.fromtimestamp(self.now_ms() / 1000, UTC)

    def jump(self, by: timedelta) -> None:
        """Move the simulated time forward.

        Raises:
            ValueError: if `by` is negative.
        """
        if by < timedelta(0):
            raise ValueError(f"the simulated clock cannot go back (by={by})")
        self._offset_ms += round(by.total_seconds() * 1000)
