"""What members write, change and delete, handed to the intake."""

import discord
from discord.ext import commands

from bot.discord_io.client import ConcordClient
from bot.discord_io.messages import written
from bot.intake import Arrival, Departure


class Screening(commands.Cog):
    """Listens to messages; decides nothing."""

    def __init__(self, client: ConcordClient) -> None:
        self._client = client

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Hand over a new message."""
        self._arrive(message)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Hand over the whole new version, also of a message that nobody remembers."""
        self._arrive(payload.message)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Hand over that a message is gone."""
        self._depart(payload.guild_id, (payload.message_id,))

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Hand over that many messages are gone."""
        self._depart(payload.guild_id, tuple(sorted(payload.message_ids)))

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Begin with a guild that has just invited Concord, or has come back after an outage."""
        self._client.catch_up(guild.id)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Read what was written while a guild was not available."""
        if self._client.is_greeting(guild):
            return  # the whole session is about to be ready
        self._client.catch_up(guild.id)

    def _arrive(self, message: discord.Message) -> None:
        user = self._client.user
        assert user is not None, "BUG: a message before login"
        seen = written(message, user.id)
        if seen is not None:
            self._client.app.intake.put(Arrival(seen))

    def _depart(self, guild: int | None, messages: tuple[int, ...]) -> None:
        if guild is not None:
            self._client.app.intake.put(Departure(guild, messages))


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Screening(client))
