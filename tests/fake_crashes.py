"""Crashes at chosen moments: everything that would touch the world passes a gate that may close."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.model.case import Case
from bot.model.intent import Intent
from bot.ports import Enforcer, Outcome, Words


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


class GatedStore:
    """A store whose every method passes a gate before and after."""

    def __init__(self, store: object, gate: Gate) -> None:
        self._store = store
        self._gate = gate

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self._store, name)

        async def gated(*args: object) -> Any:
            return await self._gate.around(method(*args))

        return gated


class GatedEnforcer(Enforcer):
    """An enforcer whose every request passes a gate before and after."""

    def __init__(self, enforcer: Enforcer, gate: Gate) -> None:
        self._enforcer = enforcer
        self._gate = gate

    async def delete(self, intent: Intent) -> Outcome:
        """Remove a post."""
        return await self._gate.around(self._enforcer.delete(intent))

    async def tell(self, intent: Intent, case: Case, words: Words) -> Outcome:
        """Send a notice."""
        return await self._gate.around(self._enforcer.tell(intent, case, words))

    async def find_notice(self, intent: Intent, case: Case) -> Outcome:
        """Look for a notice."""
        return await self._gate.around(self._enforcer.find_notice(intent, case))

    async def log(self, intent: Intent, words: Words) -> Outcome:
        """Write a line."""
        return await self._gate.around(self._enforcer.log(intent, words))

    async def find_log(self, intent: Intent) -> Outcome:
        """Look for a line."""
        return await self._gate.around(self._enforcer.find_log(intent))

    async def edit_log(self, intent: Intent, message: int, words: Words) -> Outcome:
        """Replace a line."""
        return await self._gate.around(self._enforcer.edit_log(intent, message, words))

    async def announce(self, guild: int, words: Words, key: str) -> Outcome:
        """Write a line that belongs to no case."""
        return await self._gate.around(self._enforcer.announce(guild, words, key))
