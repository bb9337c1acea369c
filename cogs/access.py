"""What Concord may read: once a channel is opened to it, what was written there is caught up on."""

import discord
from discord.ext import commands

from bot.discord_io.access import opened_by_channel, opened_by_member, opened_by_role
from bot.discord_io.client import ConcordClient


class Access(commands.Cog):
    """Listens to changes of permissions; decides nothing."""

    def __init__(self, client: ConcordClient) -> None:
        self._client = client

    @commands.Cog.listener()
    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Read what was written in a channel while it was closed to Concord."""
        if opened_by_channel(before, after):
            self._client.app.intake.catch_up(after.guild.id)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Read what was written while a role of Concord's lacked the permission."""
        if opened_by_role(before, after):
            self._client.app.intake.catch_up(after.guild.id)

    @commands.Cog.listener()
    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """Read what was written while Concord lacked a role."""
        if opened_by_member(before, after):
            self._client.app.intake.catch_up(after.guild.id)


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Access(client))
