"""A real discord.py client in this process, in a server of the simulated Discord."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.clock import SystemClock
from bot.ports import Clock
from bot.sandbox import Simulation
from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.guild_handle import BOT_PERMISSIONS, GuildHandle
from bot.sandbox.guilds import Role
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.permissions import Permission
from tests.sandbox.discordpy import PlainBot, logged_in


class Hasty(SystemClock):
    """The world's time, but nobody waits."""

    async def sleep_until(self, moment: datetime) -> None:
        """Return at once."""


@dataclass(frozen=True)
class Server:
    """A small server, and a client in it."""

    sim: Simulation
    guild: GuildHandle
    board: ChannelHandle
    painters: Role
    ada: MemberHandle
    moderator: MemberHandle
    bot: PlainBot
    clock: Clock

    @property
    def known(self) -> discord.Guild:
        """The server as the client knows it."""
        return self.bot.guilds[0]


@asynccontextmanager
async def server(
    monkeypatch: pytest.MonkeyPatch,
    permissions: Permission = BOT_PERMISSIONS,
    rank: int = 100,
) -> AsyncIterator[Server]:
    """Log a client in on a server with a board, a group, a member and a moderator."""
    async with Simulation() as sim:
        guild = await sim.guild("Freelance Community")
        board = await guild.channel("general")
        painters = await guild.role("Painters", position=5)
        moderators = await guild.role(
            "Moderators",
            BOT_PERMISSIONS | Permission.MANAGE_GUILD,
            position=60,
        )
        ada = await guild.member("Ada", roles=[painters])
        moderator = await guild.member("Mo", roles=[moderators])
        await guild.invite_bot(permissions, rank)
        async with logged_in(sim, PlainBot(), monkeypatch) as bot:
            yield Server(sim, guild, board, painters, ada, moderator, bot, Hasty())


def hence(hours: int) -> datetime:
    """Return a moment so many hours from now, to the second."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(hours=hours)
