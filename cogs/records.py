"""What is on record about a member, for moderators."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions.answers import Interaction, hold, show
from bot.discord_io.interactions.described import described
from bot.discord_io.interactions.pages import record_page
from bot.discord_io.interactions.people import as_staff

Member = discord.User | discord.Member


@app_commands.default_permissions(moderate_members=True)
class Records(commands.GroupCog, group_name="record", group_description="What is on record"):
    """Shows moderators what is on record about a member."""

    @app_commands.command(description="Show what is on record about a member, also who has left")
    @described("member")
    async def member(self, interaction: Interaction, member: Member) -> None:
        """Show the first page of a record."""
        if await hold(interaction):
            place = await as_staff(interaction)
            app = interaction.client.app
            record = await app.casebook.record(place.guild.id, member.id)
            await show(interaction, record_page(app, record))


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Records())
