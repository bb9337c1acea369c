"""One lane a guild, made when it is first needed, and the task group that owns their tasks."""

import asyncio
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class Worker(Protocol):
    """What takes one guild's events in order."""

    async def run(self) -> None:
        """Work until cancelled."""


LaneT = TypeVar("LaneT", bound=Worker)


class Lanes(Generic[LaneT]):
    """The lanes of all guilds.

    Law: a guild has one lane, and it works once as soon as both it is there and :meth:`run` is.
    """

    def __init__(self, make: Callable[[int], LaneT], name: str) -> None:
        """Take how a guild's lane is made, and what its task is called."""
        self._make = make
        self._name = name
        self._lanes: dict[int, LaneT] = {}
        self._group: asyncio.TaskGroup | None = None
        self._closed = False

    async def run(self) -> None:
        """Own the lanes' tasks until cancelled."""
        async with asyncio.TaskGroup() as group:
            self._group = group
            for guild, lane in self._lanes.items():
                group.create_task(lane.run(), name=f"{self._name} {guild}")
            await asyncio.Event().wait()

    def close(self) -> None:
        """Let nothing more in; what is under way goes on."""
        self._closed = True

    def of(self, guild: int) -> LaneT | None:
        """Return a guild's lane; None once closed."""
        if self._closed:
            return None
        lane = self._lanes.get(guild)
        if lane is None:
            lane = self._lanes[guild] = self._make(guild)
            if self._group is not None:
                self._group.create_task(lane.run(), name=f"{self._name} {guild}")
        return lane

    def guilds(self) -> tuple[int, ...]:
        """Return the guilds that have a lane."""
        return tuple(self._lanes)
