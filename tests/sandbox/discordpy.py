"""A real discord.py bot in this process, pointed at a simulated Discord."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import pytest
import yarl
from discord.ext import commands

from bot.sandbox import Simulation


class PlainBot(commands.AutoShardedBot):
    """A sharded bot with the intents of a moderation bot and no behaviour."""

    def __init__(self) -> None:
        intents = discord.Intents(
            guilds=True,
            members=True,
            moderation=True,
            guild_messages=True,
            message_content=True,
        )
        super().__init__(command_prefix="!", intents=intents, guild_ready_timeout=0.2)
        self.resumed = asyncio.Event()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait five seconds between shards."""

    async def on_resumed(self) -> None:
        """Remember that a session was resumed."""
        self.resumed.set()


@asynccontextmanager
async def logged_in(
    sim: Simulation, bot: PlainBot, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[PlainBot]:
    """Log a bot in and wait until it is ready."""
    monkeypatch.setattr(discord.http.Route, "BASE", sim.api_base)
    monkeypatch.setattr(
        discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(sim.gateway_url)
    )
    monkeypatch.setattr(discord.asset.Asset, "BASE", sim.cdn_base)
    running = asyncio.create_task(bot.start(sim.app.token))
    try:
        await sim.connected()
        await bot.wait_until_ready()
        yield bot
    finally:
        await bot.close()
        await asyncio.gather(running, return_exceptions=True)
