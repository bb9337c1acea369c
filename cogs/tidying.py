"""Tidying up that is no sanction: moving a post, locking a thread, closing a duplicate."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions.answers import Interaction, hold, show
from bot.discord_io.interactions.described import BoardIn, NoteIn, PostIn, described
from bot.discord_io.interactions.moving import move
from bot.discord_io.interactions.people import as_staff
from bot.discord_io.interactions.posts import message_of
from bot.discord_io.interactions.threads import close_duplicate, lock, thread_of


class Tidying(commands.Cog):
    """Moves and locks; nobody is sanctioned, and nothing counts."""

    @app_commands.command(
        name="move", description="Move a post: quote it on another board, remove it here"
    )
    @app_commands.default_permissions(manage_messages=True)
    @described(post="The post: its link (Copy Message Link)", board="Where it belongs")
    async def move_post(self, interaction: Interaction, post: PostIn, board: BoardIn) -> None:
        """Move a post."""
        if await hold(interaction):
            here = await as_staff(interaction)
            message = await message_of(interaction, here, post)
            await show(interaction, await move(interaction, here, message, board))

    @app_commands.command(
        name="lock-thread", description="Lock a thread or forum post; it stays readable"
    )
    @app_commands.default_permissions(manage_threads=True)
    @described(thread="Which; this one unless you say so", note="A word to those who read it")
    async def lock_thread(
        self,
        interaction: Interaction,
        thread: discord.Thread | None = None,
        note: NoteIn | None = None,
    ) -> None:
        """Lock a thread."""
        if await hold(interaction):
            here = await as_staff(interaction)
            which = thread.id if thread is not None else interaction.channel_id or 0
            found = await thread_of(here, which)
            await show(interaction, await lock(interaction, here, found, note))

    @app_commands.command(
        name="close-duplicate",
        description="Point to where it was asked before, and lock this thread",
    )
    @app_commands.default_permissions(manage_threads=True)
    @described(
        earlier="The link of the earlier thread, or of a post in it",
        thread="Which is the duplicate; this one unless you say so",
    )
    async def close(
        self, interaction: Interaction, earlier: str, thread: discord.Thread | None = None
    ) -> None:
        """Close a duplicate."""
        if await hold(interaction):
            here = await as_staff(interaction)
            which = thread.id if thread is not None else interaction.channel_id or 0
            found = await thread_of(here, which)
            await show(interaction, await close_duplicate(interaction, here, found, earlier))


async def setup(client: ConcordClient) -> None:
    """Add the cog."""
    await client.add_cog(Tidying())
