"""Members who come back, and channels that change: sanctions hold for them as they did."""

import discord
from discord.ext import commands

from bot.discord_io.client import ConcordClient


class Returning(commands.Cog):
    """Listens to joins and to changes of channels; decides nothing."""

    def __init__(self, client: ConcordClient) -> None:
        self._client = client
        self._looking: set[int] = set()
        self._again: set[int] = set()

    @commands.Cog.listener()
    async def on_member_join(self, member: discord.Member) -> None:
        """Put in force again what somebody left behind."""
        await self._returned(member)

    @commands.Cog.listener()
    async def on_shard_ready(self, shard: int) -> None:
        """Do the same for who came back, and for channels that changed, while nobody listened."""
        for guild in self._client.guilds:
            if guild.shard_id == shard:
                await self._look_through(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Do the same once a server is there again."""
        if not self._client.is_greeting(guild):
            self._client.app.watch.fall_behind(guild.id)
            await self._look_through(guild)

    @commands.Cog.listener()
    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        """Bring removals from a board to a channel that is new in it."""
        await self._channels_changed(channel.guild.id)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Forget what was held in a channel that is gone."""
        await self._channels_changed(channel.guild.id)

    @commands.Cog.listener()
    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Bring removals to a channel that joined a board, and out of one that left it."""
        moved = before.category_id != after.category_id
        if moved or before.permissions_synced != after.permissions_synced:
            await self._channels_changed(after.guild.id)

    async def _look_through(self, guild: discord.Guild) -> None:
        upkeep = self._client.app.upkeep
        watched = sorted(await upkeep.watched(guild.id))
        if watched:
            # What moderators have given back meanwhile is not to be taken again.
            await self._client.app.watch.until_read(guild.id)
        for user in watched:
            member = guild.get_member(user)
            if member is not None:
                await self._returned(member)
        await self._channels_changed(guild.id)
        await upkeep.groups_changed(guild.id)

    async def _channels_changed(self, guild: int) -> None:
        """Look once however many channels change meanwhile, as when a category's do together."""
        self._again.add(guild)
        if guild in self._looking:
            return
        self._looking.add(guild)
        try:
            while guild in self._again:
                self._again.discard(guild)
                await self._client.app.upkeep.channels_changed(guild)
        finally:
            self._looking.discard(guild)

    async def _returned(self, member: discord.Member) -> None:
        if member.joined_at is not None:
            await self._client.app.upkeep.returned(member.guild.id, member.id, member.joined_at)


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Returning(client))
