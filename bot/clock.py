"""The time of the world."""

import asyncio
from datetime import UTC, datetime

from bot.ports import Clock


class SystemClock(Clock):
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present, aware UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        """Return once a moment has come; at once if it has passed."""
        while (seconds := (moment - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 - time, not an event
            # At most an hour at a time, so that a machine that slept does not oversleep.
            await asyncio.sleep(min(seconds, 3600))
