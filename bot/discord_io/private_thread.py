"""A private thread in the board, for a member whose direct messages are closed."""

from typing import Final

import discord

from bot.model.case import Case
from bot.model.intent import Intent

DAY: Final = 1440
"""Minutes of silence after which Discord puts the thread away."""


class PrivateThread:
    """Opens at most one thread for an intent: its name bears the token it is found again by."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def find(self, case: Case, intent: Intent) -> discord.Thread | None:
        """Return the thread that an earlier attempt opened, or None.

        Raises:
            discord.HTTPException: if Discord refuses to list threads.
        """
        guild = self._client.get_guild(case.guild)
        if guild is None:
            return None
        name = _name(case, intent)
        for thread in await guild.active_threads():
            if thread.name == name and thread.owner_id == guild.me.id:
                return thread
        return None

    async def open(self, case: Case, intent: Intent) -> discord.Thread | None:
        """Return the intent's thread with the member in it, opening it if there is none.

        None where the board no longer exists or has no threads.

        Raises:
            discord.Forbidden: if Concord may not open private threads there.
            discord.NotFound: if the member is gone.
            discord.HTTPException: for anything else that Discord refuses.
        """
        thread = await self.find(case, intent)
        if thread is None:
            board = self._board(case, intent)
            if board is None:
                return None
            thread = await board.create_thread(
                name=_name(case, intent),
                type=discord.ChannelType.private_thread,
                invitable=False,
                auto_archive_duration=DAY,
            )
        await thread.add_user(discord.Object(case.author))
        return thread

    def _board(self, case: Case, intent: Intent) -> discord.TextChannel | None:
        guild = self._client.get_guild(case.guild)
        channel = guild.get_channel_or_thread(intent.channel or 0) if guild is not None else None
        if isinstance(channel, discord.Thread):
            channel = channel.parent
        if not isinstance(channel, discord.TextChannel):
            return None
        return channel


def _name(case: Case, intent: Intent) -> str:
    return f"About your post · {case.reference} · {intent.token}"
