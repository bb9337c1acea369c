"""What Concord may do changes: what it could not keep in force before is tried again."""

import discord
from discord.ext import commands

from bot.discord_io.client import ConcordClient


class Regaining(commands.Cog):
    """Listens to changes of Concord's own permissions and of roles' order; decides nothing."""

    def __init__(self, client: ConcordClient) -> None:
        self._client = client
        self._trying: set[int] = set()
        self._again: set[int] = set()

    @commands.Cog.listener()
    async def on_shard_ready(self, shard: int) -> None:
        """Try again what may have become possible while nobody listened."""
        for guild in self._client.guilds:
            if guild.shard_id == shard:
                await self._may_do_more(guild.id)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Do the same once a server is there again."""
        if not self._client.is_greeting(guild):
            await self._may_do_more(guild.id)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Try again where a role may do something else, or stands elsewhere."""
        if (before.permissions, before.position) != (after.permissions, after.position):
            await self._may_do_more(after.guild.id)

    @commands.Cog.listener()
    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """Try again where Concord itself has been given a role."""
        if after.id == after.guild.me.id and before.roles != after.roles:
            await self._may_do_more(after.guild.id)

    @commands.Cog.listener()
    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Try again where a channel lets Concord do something else."""
        concord = after.guild.me
        if before.permissions_for(concord) != after.permissions_for(concord):
            await self._may_do_more(after.guild.id)

    async def _may_do_more(self, guild: int) -> None:
        """Look once however much changes meanwhile: one role that is moved moves others."""
        self._again.add(guild)
        if guild in self._trying:
            return
        self._trying.add(guild)
        try:
            while guild in self._again:
                self._again.discard(guild)
                await self._client.app.upkeep.may_do_more(guild)
        finally:
            self._trying.discard(guild)


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Regaining(client))
