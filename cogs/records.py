"""What is on record: about a member for moderators, about themselves for everybody."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions.answers import Attached, Interaction, hold, said, show
from bot.discord_io.interactions.described import described
from bot.discord_io.interactions.erasing import erasure_preview
from bot.discord_io.interactions.pages import record_page
from bot.discord_io.interactions.people import as_staff, here

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


class Mine(commands.GroupCog, group_name="my", group_description="What Concord knows about you"):
    """Shows members what is on record about themselves, and lets them take or erase it."""

    data = app_commands.Group(name="data", description="Take or erase what Concord holds about you")

    @app_commands.command(description="Show what is on record about you here; only you see it")
    async def record(self, interaction: Interaction) -> None:
        """Show the first page of somebody's own record."""
        if await hold(interaction):
            place = await here(interaction)
            app = interaction.client.app
            record = await app.casebook.record(place.guild.id, place.person.user, own=True)
            await show(interaction, record_page(app, record))

    @data.command(description="Get all that Concord holds about you here, as a file")
    async def export(self, interaction: Interaction) -> None:
        """Send the file."""
        if not await hold(interaction):
            return
        place = await here(interaction)
        held = await interaction.client.app.casebook.export(place.guild.id, place.person.user)
        answer = said(
            "This is all that Concord holds about you on this server, as JSON. Only you see this "
            "message; save the file before you close it.",
            "Your data",
        )
        file = Attached(f"concord-{place.guild.id}-{place.person.user}.json", held.encode())
        await show(interaction, answer.having(file))

    @data.command(description="Have your words erased; shows first what goes and what stays")
    async def erase(self, interaction: Interaction) -> None:
        """Show what would go."""
        if await hold(interaction):
            place = await here(interaction)
            await show(interaction, await erasure_preview(interaction, place))


async def setup(client: ConcordClient) -> None:
    """Add the cogs."""
    await client.add_cog(Records())
    await client.add_cog(Mine())
