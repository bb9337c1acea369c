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
        # Concord never speaks: that discord.py misses libraries for voice concerns nobody.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
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
        self._greeting: set[int] = set()
        self._began = False
        self._hold_until_ready()
        guard_parsers(self, activity, self._lost)

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
        """Take up what an earlier process left, now that every guild is known."""
        await self.app.enforcement.reconcile()
        await self.app.pausing.restoring.go_on()

    async def on_shard_ready(self, shard: int) -> None:
        """Read what was written before a shard's session began, and let its events go on.

        Not on_ready: after one shard of several lost its session, discord.py 2.7.1 sends none.
        """
        for guild in self.guilds:
            if guild.shard_id == shard:
                self.catch_up(guild.id)
        if shard in self._greeting:
            self._greeting.discard(shard)
            self._activity.end()

    def catch_up(self, guild: int) -> None:
        """Have what happened on a server be read before its next events."""
        self.app.intake.catch_up(guild)
        self.app.watch.catch_up(guild)

    def is_greeting(self, guild: discord.Guild) -> bool:
        """Whether the session that a guild belongs to has begun and is not ready yet."""
        return guild.shard_id in self._greeting

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
        """Let events wait from a new session's first event until it is ready, and count it as work.

        What is judged in between would move on what counts as judged, past what nobody has read.
        """
        parse_ready = self._connection.parsers["READY"]

        def parse(data: Any) -> None:
            shard = int(data["shard"][0])
            if shard not in self._greeting:
                self._greeting.add(shard)
                self._activity.begin()
            for guild in data["guilds"]:
                self.app.intake.hold(int(guild["id"]))
                self.app.watch.hold(int(guild["id"]))
            parse_ready(data)

        self._connection.parsers["READY"] = parse

    def _lost(self, guild: int) -> None:
        if self._app is not None:
            self._app.intake.fall_behind(guild)
            self._app.watch.fall_behind(guild)
