"""What moderators, other bots and AutoMod do by hand, handed over as the audit log tells of it."""

from collections.abc import Mapping
from typing import Any

import discord
from discord.ext import commands

from bot.discord_io.audit_log import EVENT, read_entry
from bot.discord_io.client import ConcordClient
from bot.oversight.watch import Entry


class Audit(commands.Cog):
    """Listens to the audit log; decides nothing."""

    def __init__(self, client: ConcordClient) -> None:
        self._client = client
        # discord.py's own reading of an entry loses whom an overwrite was for.
        client.add_parser(EVENT, self.on_entry)

    def on_entry(self, data: Mapping[str, Any]) -> None:
        """Hand over an entry, in the order they come."""
        guild = int(data["guild_id"])
        entry = Entry(int(data["id"]), read_entry(self._client, guild, data))
        self._client.app.watch.saw(guild, entry)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Read the log from where it was read last, where Concord may see it again."""
        sees = after.permissions.view_audit_log and not before.permissions.view_audit_log
        if sees and after in after.guild.me.roles:
            self._client.app.watch.fall_behind(after.guild.id)


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Audit(client))
