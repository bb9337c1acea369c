"""Erases, every day, what has been kept long enough, and has our messages redacted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.errors import StorageError
from bot.ports import Clock, Store

_log = structlog.get_logger(__name__)

DAY = timedelta(days=1)
"""How often it looks; what runs out in between waits for the next time. Chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Holds evidence and observations for the days the settings say, and no longer."""

    store: Store
    clock: Clock
    carry_out: Callable[[Iterable[int]], None]
    """Begins to carry out what is unsettled in these cases."""
    evidence_days: int
    observation_days: int

    async def run(self) -> None:
        """Erase what has run out, now and every day, until cancelled."""
        while True:
            now = self.clock.now()
            try:
                await self.expire()
            except StorageError as error:
                # What should be erased waits a day longer; members' posts must not.
                _log.error("what has run out could not be erased", words=str(error))
            await self.clock.sleep_until(now + DAY)

    async def expire(self) -> None:
        """Erase what has run out."""
        now = self.clock.now()
        redacting = await self.store.write(
            lambda tx: tx.expire(now, self.evidence_days, self.observation_days)
        )
        self.carry_out(redacting)
