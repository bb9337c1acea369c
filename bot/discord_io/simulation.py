"""The link to a simulated Discord: its clock, our progress, our trace."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import structlog

from bot.activity import Activity
from bot.discord_io.client import ConcordClient
from bot.discord_io.trace import Trace
from bot.ports import Clock

_log = structlog.get_logger(__name__)

SETTLING = 10
"""Turns of the event loop that must pass without work before progress is reported; chosen."""


def root_of(api_base: str) -> str:
    """Return a simulated Discord's address, beneath which its API, files and own routes lie."""
    return api_base.split("/api/", maxsplit=1)[0]


class SimulatedClock(Clock):
    """The simulation's time: the machine's, moved by an offset that may jump."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._jumped = asyncio.Event()

    def now(self) -> datetime:
        """Return the simulated present, aware UTC."""
        return datetime.now(UTC) + self._offset

    async def sleep_until(self, moment: datetime) -> None:
        """Return once the simulated time has come, also when it came by a jump."""
        while (seconds := (moment - self.now()).total_seconds()) > 0:
            jumped = self._jumped
            try:
                await asyncio.wait_for(jumped.wait(), seconds)
            except TimeoutError:
                continue

    def set_offset(self, milliseconds: int) -> None:
        """Follow the simulation's clock."""
        self._offset = timedelta(milliseconds=milliseconds)
        self._jumped.set()
        self._jumped = asyncio.Event()


class SimulationLink:
    """Talks to the routes under ``/sandbox`` of a simulated Discord.

    Law: a gateway sequence is reported only once nothing that it led to is under way.
    """

    def __init__(
        self, api_base: str, token: str, clock: SimulatedClock, activity: Activity
    ) -> None:
        self._root = root_of(api_base)
        self._headers = {"Authorization": f"Bot {token}"}
        self._clock = clock
        self._activity = activity
        self.trace = Trace(f"{self._root}/sandbox/trace", self._headers, activity)

    async def fetch_clock(self) -> None:
        """Set the clock to the simulation's."""
        async with (
            aiohttp.ClientSession(headers=self._headers) as session,
            session.get(f"{self._root}/sandbox/clock") as answer,
        ):
            if answer.status == 401:
                return  # the login that follows says what is wrong with the token
            self._clock.set_offset(int((await answer.json())["offset_ms"]))

    def attach(self, client: ConcordClient) -> None:
        """Follow the clock's jumps as they come over the gateway."""
        client.add_parser("SANDBOX_CLOCK", self._on_clock)

    async def report(self, client: ConcordClient) -> None:
        """Report progress whenever nothing is under way, until cancelled."""
        async with aiohttp.ClientSession(headers=self._headers) as session:
            reported: dict[int, tuple[str, int]] = {}
            while True:
                client.event_came.clear()
                await self._activity.until_quiet()
                if not await self._stays_quiet():
                    continue
                for shard, position in client.positions().items():
                    if reported.get(shard) != position:
                        await self._post(session, shard, position)
                        reported[shard] = position
                await client.event_came.wait()

    async def _stays_quiet(self) -> bool:
        for _ in range(SETTLING):
            await asyncio.sleep(0)
            if not self._activity.quiet:
                return False
        return True

    async def _post(
        self, session: aiohttp.ClientSession, shard: int, position: tuple[str, int]
    ) -> None:
        session_id, sequence = position
        body = {"shard": shard, "session_id": session_id, "seq": sequence}
        try:
            async with session.post(f"{self._root}/sandbox/progress", json=body):
                pass
        except aiohttp.ClientError as error:
            _log.warning("progress could not be reported", error=type(error).__name__)

    def _on_clock(self, data: Mapping[str, Any]) -> None:
        self._clock.set_offset(int(data["offset_ms"]))
