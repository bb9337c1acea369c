"""Whether anything is being worked on right now: what stopping waits for."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Activity:
    """Counts pieces of work under way; quiet when there are none.

    Law: quiet if and only if every ``begin`` has had its ``end``.
    """

    def __init__(self) -> None:
        self._open = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @property
    def quiet(self) -> bool:
        """Whether nothing is under way."""
        return self._open == 0

    def begin(self) -> None:
        """Count one more piece of work."""
        self._open += 1
        self._quiet.clear()

    def end(self) -> None:
        """Count one piece of work as finished."""
        assert self._open > 0, "BUG: work ended that never began"
        self._open -= 1
        if not self._open:
            self._quiet.set()

    @contextmanager
    def work(self) -> Iterator[None]:
        """Count what happens inside as one piece of work."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    async def until_quiet(self) -> None:
        """Return once nothing is under way."""
        while self._open:
            # Work that begins as other work ends sets the event for a moment only.
            await self._quiet.wait()
