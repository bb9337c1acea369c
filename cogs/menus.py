"""What a right-click on a post or a member offers to moderators."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions.answers import Interaction, hold, show
from bot.discord_io.interactions.pages import record_page
from bot.discord_io.interactions.people import as_staff
from bot.discord_io.interactions.post_card import card, look_at
from bot.discord_io.interactions.posts import of_message


class Menus(commands.Cog):
    """Adds two context menus, and takes them away again."""

    def __init__(self, client: ConcordClient) -> None:
        self._client = client
        self._menus = (
            app_commands.ContextMenu(name="Moderate post", callback=moderate_post),
            app_commands.ContextMenu(name="Member record", callback=member_record),
        )

    async def cog_load(self) -> None:
        """Add the menus."""
        for menu in self._menus:
            menu.default_permissions = discord.Permissions(moderate_members=True)
            self._client.tree.add_command(menu)

    async def cog_unload(self) -> None:
        """Take the menus away."""
        for menu in self._menus:
            self._client.tree.remove_command(menu.name, type=menu.type)


async def moderate_post(interaction: Interaction, message: discord.Message) -> None:
    """Show the card of a post."""
    if await hold(interaction):
        here = await as_staff(interaction)
        seen = await look_at(interaction.client.app, here, of_message(message, here))
        await show(interaction, await card(interaction, here, seen, None))


async def member_record(interaction: Interaction, user: discord.User | discord.Member) -> None:
    """Show the first page of a member's record."""
    if await hold(interaction):
        here = await as_staff(interaction)
        app = interaction.client.app
        record = await app.casebook.record(here.guild.id, user.id)
        await show(interaction, record_page(app, record))


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Menus(client))
