"""Crashes at chosen moments: everything that would touch the world passes a gate that may close."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any


class Gate:
    """Lets a number of steps pass, then holds every task for ever, as if the process had died.

    A step is the moment before or the moment after something takes effect.
    """

    def __init__(self, steps: int | None = None) -> None:
        self._left = steps
        self.closed = asyncio.Event()

    async def step(self) -> None:
        """Pass, or never return."""
        if self._left is not None:
            if self._left <= 0:
                self.closed.set()
                await asyncio.Event().wait()
            self._left -= 1

    async def around(self, request: Awaitable[Any]) -> Any:
        """Do something between two steps."""
        try:
            await self.step()
        except asyncio.CancelledError:
            if asyncio.iscoroutine(request):
                request.close()
            raise
        result = await request
        await self.step()
        return result


class Gated:
    """Anything whose every method passes a gate before and after."""

    def __init__(self, world: object, gate: Gate) -> None:
        self._world = world
        self._gate = gate

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self._world, name)

        async def passing(*args: object, **named: object) -> Any:
            return await self._gate.around(method(*args, **named))

        return passing
