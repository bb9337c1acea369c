"""A whole simulated Discord: made, served, waited for and ended."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from types import TracebackType
from typing import Self

from bot.sandbox import settling
from bot.sandbox.clock import SimClock
from bot.sandbox.contract import Contract
from bot.sandbox.gateway import Gateway
from bot.sandbox.guild_handle import GuildHandle
from bot.sandbox.guilds import Guild
from bot.sandbox.messages import Message
from bot.sandbox.ratelimits import RateLimits
from bot.sandbox.requests import RequestRecord
from bot.sandbox.seam import JsonObject
from bot.sandbox.server import Server
from bot.sandbox.snowflake import Snowflakes
from bot.sandbox.users import User
from bot.sandbox.world import Application, Event, World

TOKEN = "simulated.bot.token"  # noqa: S105 - it opens nothing but the simulation
"""The bot's token unless the simulation is given another."""

QUIET_SECONDS = 0.05
"""How long `Simulation.settled` wants all to be quiet; chosen, not measured."""


class SimulationBugError(AssertionError):
    """A handler of the simulation failed; the tracebacks are the message."""


class Simulation:
    """A simulated Discord on loopback, as a context manager.

    Leaving it raises `SimulationBugError` where the simulation itself failed meanwhile.

    Args:
        token: the bot's token.
        bot_name: the name of the bot's user and of its app.
        shards: how many shards ``GET /gateway/bot`` recommends.
        port: 0 means any free one.
        limited: whether Discord's rate limits apply.
        contract: the check of every request and answer; None: no check.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        bot_name: str = "Concord",
        shards: int = 1,
        port: int = 0,
        limited: bool = False,
        contract: Contract | None = None,
    ) -> None:
        self.clock = SimClock()
        snowflakes = Snowflakes(self.clock)
        developer = User(snowflakes.next(), "developer", "Developer")
        self.bot = User(snowflakes.next(), bot_name.lower(), bot_name, bot=True)
        self.app = Application(self.bot.id, bot_name, token, developer, shards=shards)
        self.world = World(self.clock, snowflakes, self.app, self.bot)
        for user in (developer, self.bot):
            self.world.users[user.id] = user
        limits = RateLimits.on_clock(self.clock) if limited else RateLimits.unlimited()
        self.server = Server(self.world, self._wake, rate_limits=limits, contract=contract)
        self.faults = self.server.faults
        self.rate_limits = self.server.rate_limits
        self.contract = contract
        self._port = port
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def gateway(self) -> Gateway:
        """The gateway with its sessions."""
        return self.server.gateway

    @property
    def requests(self) -> list[RequestRecord]:
        """The bot's requests, oldest first."""
        return self.server.requests

    @property
    def refused(self) -> list[str]:
        """Requests that the simulation does not know."""
        return self.server.refused

    @property
    def bugs(self) -> list[str]:
        """Tracebacks of failed handlers."""
        return self.server.bugs

    @property
    def traces(self) -> list[JsonObject]:
        """What the bot told of its own work, oldest first."""
        return list(self.server.sandbox.traces)

    @property
    def dispatched(self) -> dict[int, list[tuple[str, float]]]:
        """By message id: event names and the monotonic seconds at which they were sent."""
        return self.gateway.dispatched

    def requests_to(self, route: str) -> list[RequestRecord]:
        """Return the requests to a route, ``"POST /channels/{channel_id}/messages"``."""
        return [record for record in self.requests if record.route == route]

    def deletion_delays(self) -> dict[int, float]:
        """Return, by message id, the seconds from telling of a message to the call to delete it.

        From its first event's dispatch to the arrival of the bot's first call for that one
        message; messages without either are left out.
        """
        return settling.deletion_delays(self.requests, self.dispatched)

    @property
    def api_base(self) -> str:
        """The address for discord.py's ``Route.BASE``."""
        return f"{self.world.base_url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """The address for discord.py's ``DEFAULT_GATEWAY``."""
        return self.world.base_url.replace("http", "ws", 1) + "/gw"

    @property
    def cdn_base(self) -> str:
        """The address for discord.py's ``Asset.BASE``."""
        return f"{self.world.base_url}/cdn"

    async def __aenter__(self) -> Self:
        """Start serving."""
        self._port = await self.server.start(self._port)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving.

        Raises:
            SimulationBugError: where a handler failed, unless something else is on its way.
        """
        await self.faults.close()
        await self.server.stop()
        if self.bugs and error is None:
            raise SimulationBugError("\n\n".join(self.bugs))

    def user(self, name: str, *, bot: bool = False) -> User:
        """Make an account; its display name is `name`."""
        username = "".join(letter for letter in name.lower() if letter.isalnum()) or "user"
        user = User(self.world.snowflakes.next(), username, name, bot=bot)
        self.world.users[user.id] = user
        return user

    async def guild(self, name: str, owner: str = "Owner") -> GuildHandle:
        """Make a guild with its owner; the bot joins by `GuildHandle.invite_bot`."""
        founder = self.user(owner)
        guild = Guild(self.world.snowflakes.next(), name, founder.id)
        self.world.guilds[guild.id] = guild
        handle = GuildHandle(self, guild)
        await handle.join(founder)
        return handle

    async def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> None:
        """Move the clock forward and tell every session."""
        self.clock.jump(timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))
        event = Event("SANDBOX_CLOCK", {"offset_ms": self.clock.offset_ms}, None)
        # Disconnected sessions too: a RESUME tells them.
        for session in self.gateway.sessions.values():
            session.dispatch(event.name, event.payload)
        self._wake()

    async def until(
        self,
        predicate: Callable[[], object],
        timeout: float = 10.0,  # noqa: ASYNC109 - the error says what is outstanding
        what: str = "the predicate",
    ) -> None:
        """Return as soon as a predicate holds.

        Args:
            predicate: asked after each thing that happens here, and every 50 ms.
            timeout: real seconds.
            what: named in the error.

        Raises:
            TimeoutError: it did not hold in time.
        """
        end = time.monotonic() + timeout
        while not predicate():
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{what} did not hold within {timeout} s; {self.outlook()}")
            await self._something(min(left, 0.05))

    async def connected(
        self,
        shards: int | None = None,
        timeout: float = 20.0,  # noqa: ASYNC109 - as in `until`
    ) -> None:
        """Return when so many sessions (default: the app's recommendation) were sent READY."""
        wanted = self.app.shards if shards is None else shards
        await self.until(
            lambda: len(self.gateway.connected) >= wanted, timeout, f"{wanted} connected shards"
        )

    async def settled(self, timeout: float = 20.0) -> None:  # noqa: ASYNC109 - as in `until`
        """Return when the bot has done everything that follows from what it was sent.

        That is: every shard has a session; each is connected and has reported its last event as
        done; no request is being answered; and all this for `QUIET_SECONDS`, or still after one
        more report.

        Raises:
            TimeoutError: with what is outstanding.
        """
        end = time.monotonic() + timeout
        while True:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"not settled within {timeout} s: {self.outlook()}")
            if self.is_settled() and await self._stays_settled():
                return
            await self._something(min(left, 0.05))

    def is_settled(self) -> bool:
        """Say whether nothing is outstanding at this moment."""
        return settling.is_settled(self.server)

    def outlook(self) -> str:
        """Say in words what is outstanding."""
        return settling.outlook(self.server)

    async def breathe(self) -> None:
        """Let the sockets be written to, so that the bot is sent what has just happened."""
        await asyncio.sleep(0)

    def message(self, message_id: int) -> Message | None:
        """Return a message that is still there, wherever it is."""
        for channel in self.world.channels.values():
            message = channel.history.get(message_id)
            if message is not None:
                return message
        return None

    async def _stays_settled(self) -> bool:
        reports = self.server.sandbox.reports
        end = time.monotonic() + QUIET_SECONDS
        while time.monotonic() < end:
            await self._something(0.01)
            if not self.is_settled():
                return False
            if self.server.sandbox.reports > reports:
                return True
        return True

    async def _something(self, seconds: float) -> None:
        """Wait until something happens here, or for so many seconds."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait([future], timeout=seconds)
        finally:
            self._waiting.discard(future)

    def _wake(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
