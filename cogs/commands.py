"""What Concord offers to press: kept in step with Discord, alive over restarts, and answered."""

from typing import cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions.answers import Interaction
from bot.discord_io.interactions.presses import watch_presses
from bot.discord_io.interactions.syncing import sync_commands
from bot.discord_io.interactions.trouble import tell


class Commands(commands.Cog):
    """Keeps the commands that Discord offers in step with those there are."""

    def __init__(self, client: ConcordClient) -> None:
        self._client = client
        self._synced = False

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Compare the commands once, as soon as Discord can be asked."""
        if not self._synced:
            self._synced = True
            await sync_commands(self._client, self._client.tree, self._client.app.clock)


async def setup(client: ConcordClient) -> None:
    """Add the cog, and offer everything on servers only."""
    client.tree.allowed_contexts = app_commands.AppCommandContext(guild=True)
    client.tree.allowed_installs = app_commands.AppInstallationType(guild=True)

    @client.tree.error
    async def on_error(
        interaction: discord.Interaction, error: app_commands.AppCommandError
    ) -> None:
        await tell(cast(Interaction, interaction), error)

    watch_presses(client)
    await client.add_cog(Commands(client))
