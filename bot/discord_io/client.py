"""The connection to Discord: intents, guarded events, and the cogs that listen."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import discord
from discord.ext import commands

from bot.activity import Activity
from bot.app import App
from bot.discord_io.guard import guard_parsers

INTENTS = discord.Intents(
    guilds=True,
    members=True,
    moderation=True,
    guild_messages=True,
    message_content=True,
    guild_scheduled_events=True,
    auto_moderation_execution=True,
)
"""No presences, no direct messages: Concord does not need to see them."""


ANSWER_TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=30)
"""Seconds to connect, and between bytes of an answer; chosen, not measured. Without a bound on the
whole, so that the upload of a file may take its time."""


class ConcordClient(commands.AutoShardedBot):
    """Discord's events on the way in; holds the services that cogs may use."""

    def __init__(self, activity: Activity, *, shard_count: int | None = None) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=True,
            shard_count=shard_count,
        )
        self._activity = activity
        self._app: App | None = None
        self.event_came = asyncio.Event()
        self._greeting = False
        self._began = False
        guard_parsers(self, activity, self._lost)
        self._hold_until_ready()

    @property
    def app(self) -> App:
        """The services; set before the client logs in."""
        assert self._app is not None, "BUG: an event came before bootstrap was done"
        return self._app

    async def setup_hook(self) -> None:
        """Bound the wait for an answer: aiohttp's own default is five minutes."""
        session = self.http._HTTPClient__session  # type: ignore[attr-defined] # noqa: SLF001 - no public seam
        session._timeout = ANSWER_TIMEOUT  # noqa: SLF001 - discord.py makes the session itself

    async def login(self, token: str) -> None:
        """Log in; from here on there is something to close."""
        self._began = True
        await super().login(token)

    async def close(self) -> None:
        """Close the connection, also one that never began: discord.py 2.7.1 raises then."""
        if self._began:
            await super().close()

    def use(self, app: App) -> None:
        """Give the cogs their services."""
        self._app = app

    def add_parser(self, event: str, parser: Callable[[Any], None]) -> None:
        """Read an event that discord.py does not know."""
        self._connection.parsers[event] = parser
        guard_parsers(self, self._activity, self._lost, only=event)

    def positions(self) -> dict[int, tuple[str, int]]:
        """Return, per shard, the session and the sequence of the last event read."""
        positions = {}
        for shard in self.shards:
            socket = self._connection._get_websocket(shard_id=shard)  # noqa: SLF001 - no public seam
            if socket.session_id is not None and socket.sequence is not None:
                positions[shard] = (socket.session_id, socket.sequence)
        return positions

    async def on_socket_event_type(self, _event: str) -> None:
        """Notice that an event came, also one that nobody listens to."""
        self.event_came.set()

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing here: Concord has no commands in messages; the cogs listen by themselves."""

    async def on_ready(self) -> None:
        """Take up what an earlier process left, and read what was written in the meantime."""
        await self.app.enforcement.reconcile()
        for guild in self.guilds:
            self.app.intake.catch_up(guild.id)
        if self._greeting:
            self._greeting = False
            self._activity.end()

    def _schedule_event(
        self,
        coro: Callable[..., Coroutine[Any, Any, Any]],
        event_name: str,
        *args: Any,
        **kwargs: Any,
    ) -> "asyncio.Task[None]":
        task = super()._schedule_event(coro, event_name, *args, **kwargs)
        self._activity.begin()
        task.add_done_callback(lambda _: self._activity.end())
        return task

    def _hold_until_ready(self) -> None:
        """Count the time from a new session's first event until it is ready as work."""
        parse_ready = self._connection.parsers["READY"]

        def parse(data: Any) -> None:
            if not self._greeting:
                self._greeting = True
                self._activity.begin()
            parse_ready(data)

        self._connection.parsers["READY"] = parse

    def _lost(self, guild: int) -> None:
        if self._app is not None:
            self._app.intake.catch_up(guild)
