"""What is on record about somebody, for themselves: to read, to take along, to have erased."""

from discord import app_commands
from discord.ext import commands

from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions.answers import Interaction, hold, show
from bot.discord_io.interactions.lists import own_record
from bot.discord_io.interactions.own_data import erasure_preview, exported
from bot.discord_io.interactions.people import here


class Mine(commands.GroupCog, group_name="my", group_description="What Concord knows about you"):
    """Shows members what is on record about themselves, and lets them take or erase it."""

    data = app_commands.Group(name="data", description="Take or erase what Concord holds about you")

    @app_commands.command(description="Show what is on record about you here; only you see it")
    async def record(self, interaction: Interaction) -> None:
        """Show the first page of somebody's own record."""
        if await hold(interaction):
            place = await here(interaction)
            await show(interaction, await own_record(interaction, place.guild.id))

    @data.command(description="Get all that Concord holds about you here, as a file")
    async def export(self, interaction: Interaction) -> None:
        """Send the file."""
        if await hold(interaction):
            place = await here(interaction)
            await show(interaction, await exported(interaction, place.guild.id))

    @data.command(description="Have your words erased; shows first what goes and what stays")
    async def erase(self, interaction: Interaction) -> None:
        """Show what would go."""
        if await hold(interaction):
            place = await here(interaction)
            await show(interaction, await erasure_preview(interaction, place.guild.id))


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Mine())
