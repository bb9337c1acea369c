"""The time, as the core asks for it."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time, and every wait of ours."""

    def now(self) -> datetime:
        """Return the present, aware UTC."""
        ...

    async def sleep_until(self, moment: datetime) -> None:
        """Return once the clock has reached a moment; at once if it has."""
        ...
