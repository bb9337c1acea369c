"""A private thread in the board, for a member whose direct messages are closed."""

from contextlib import suppress
from typing import Final

import discord

from bot.catchup import SLACK
from bot.model.case import Case
from bot.model.intent import Intent
from bot.model.snowflake import first_at

DAY: Final = 1440
"""Minutes of silence after which Discord puts the thread away."""


class PrivateThread:
    """Opens at most one thread for an intent: its name bears the token it is found again by."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def find(self, case: Case, intent: Intent) -> discord.Thread | None:
        """Return the thread that an earlier attempt opened, also one put away since, or None.

        Raises:
            discord.HTTPException: if Discord refuses to list threads: whether there is one is then
                not known.
        """
        guild = self._client.get_guild(case.guild)
        if guild is None:
            return None
        for thread in await guild.active_threads():
            if _is_ours(thread, case, intent):
                return thread
        return await self._find_archived(case, intent)

    async def open(self, case: Case, intent: Intent) -> discord.Thread | None:
        """Return the intent's thread with the member in it, opening it if there is none.

        None where the board no longer exists or has no threads.

        Raises:
            discord.Forbidden: if Concord may not open private threads there.
            discord.NotFound: if the member is gone; a thread that was open for them is gone too,
                or put away where Concord may not delete it.
            discord.HTTPException: for anything else that Discord refuses.
        """
        try:
            thread = await self.find(case, intent)
        except discord.Forbidden:
            # A first attempt has nothing to find, and must not fail because it could not look.
            if intent.attempts > 1:
                raise
            thread = None
        if thread is None:
            board = self._board(case, intent)
            if board is None:
                return None
            # Who is gone cannot be added: a thread would stand there empty for ever.
            await board.guild.fetch_member(case.author)
            thread = await board.create_thread(
                name=_name(case, intent),
                type=discord.ChannelType.private_thread,
                invitable=False,
                auto_archive_duration=DAY,
            )
        elif thread.archived:
            thread = await thread.edit(archived=False)  # nobody can be added to an archived one
        try:
            await thread.add_user(discord.Object(case.author))
        except (discord.Forbidden, discord.NotFound):
            # They left in between: nobody would ever read what stands there empty. It does, also
            # where an earlier attempt opened it: who has been told is not told again.
            await _take_back(thread)
            raise
        return thread

    async def _find_archived(self, case: Case, intent: Intent) -> discord.Thread | None:
        board = self._board(case, intent)
        if board is None:
            return None
        first = first_at(intent.attempted_at - SLACK) if intent.attempted_at is not None else 0
        # The last made comes first.
        async for thread in board.archived_threads(private=True, joined=True, limit=None):
            if thread.id < first:
                break
            if _is_ours(thread, case, intent):
                return thread
        return None

    def _board(self, case: Case, intent: Intent) -> discord.TextChannel | None:
        guild = self._client.get_guild(case.guild)
        channel = guild.get_channel_or_thread(intent.channel or 0) if guild is not None else None
        if isinstance(channel, discord.Thread):
            channel = channel.parent
        if not isinstance(channel, discord.TextChannel):
            return None
        return channel


async def _take_back(thread: discord.Thread) -> None:
    """Delete a thread; where Concord may not, put it away.

    Raises:
        discord.HTTPException: if Discord could do neither for now.
    """
    try:
        await thread.delete()
    except discord.NotFound:
        return
    except discord.Forbidden:
        with suppress(discord.Forbidden, discord.NotFound):
            await thread.edit(archived=True)


def _is_ours(thread: discord.Thread, case: Case, intent: Intent) -> bool:
    return thread.name == _name(case, intent) and thread.owner_id == thread.guild.me.id


def _name(case: Case, intent: Intent) -> str:
    about = "About your post" if intent.ruling is None else "From the moderators"
    return f"{about} · {case.reference} · {intent.token}"
