"""Carries out intents on Discord; asks Discord what became of them when no answer came."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import discord

from bot.catchup import SLACK
from bot.discord_io.private_thread import PrivateThread
from bot.discord_io.render import NOBODY, bears, embed_of
from bot.discord_io.requests import (
    CLOSED,
    GONE,
    UNANSWERED,
    UNREAD,
    TooMuchToReadError,
    outcome_of,
    repeatedly,
    unread,
)
from bot.model.case import Case
from bot.model.intent import Intent
from bot.model.snowflake import first_at
from bot.ports import GONE_ALREADY, Clock, Delivery, Enforcer, Outcome, Words

READ_BACK = 2_000
"""Messages read at most when looking for one of ours, twenty requests; chosen, not measured."""

NOT_THERE = Outcome(Delivery.LATER, "it had not arrived")

LogChannel = Callable[[int], Awaitable[int | None]]
"""Names a guild's moderators' log."""


class DiscordEnforcer(Enforcer):
    """Acts through a logged-in client."""

    def __init__(self, client: discord.Client, clock: Clock, log_channel: LogChannel) -> None:
        self._client = client
        self._clock = clock
        self._log_channel = log_channel
        self._threads = PrivateThread(client)

    async def delete(self, intent: Intent) -> Outcome:
        """Remove a post; a post that is gone already counts as done."""
        channel, message = intent.channel, intent.message
        assert channel is not None, "BUG: a removal needs a channel"
        assert message is not None, "BUG: a removal needs a message"
        reason = f"Concord, case intent {intent.token}"
        try:
            await repeatedly(
                self._clock,
                lambda: self._client.http.delete_message(channel, message, reason=reason),
            )
        except discord.NotFound as error:
            if error.code in GONE:
                return Outcome(Delivery.DONE, GONE_ALREADY)
            return outcome_of(error, "Manage Messages")
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, "Manage Messages")
        return Outcome(Delivery.DONE, "removed")

    async def tell(self, intent: Intent, case: Case, words: Words) -> Outcome:
        """Send a notice by direct message, else in a private thread of the board."""
        embed = embed_of(words, self._guild_name(case.guild))
        try:
            dm = await self._dm(case.author)
            message = await dm.send(embed=embed, nonce=intent.nonce, allowed_mentions=NOBODY)
        except discord.Forbidden as error:
            if error.code not in CLOSED:
                return outcome_of(error, "Send Messages")
            return await self._tell_in_thread(intent, case, embed)
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, "Send Messages")
        return Outcome(Delivery.DONE, "by direct message", message.id)

    async def find_notice(self, intent: Intent, case: Case) -> Outcome:
        """Look for a notice in the direct messages, then in the private thread."""
        try:
            dm = await self._dm(case.author)
            found = await self._find(dm, intent)
            if found is not None:
                return Outcome(Delivery.DONE, "by direct message", found)
        except UNREAD as error:
            closed = isinstance(error, discord.Forbidden) and error.code in CLOSED
            if not closed:
                return unread(error, "the direct messages")
        return await self._find_in_thread(intent, case)

    async def log(self, intent: Intent, words: Words) -> Outcome:
        """Write a line in the moderators' log."""
        channel = await self._log_of(intent.guild)
        if channel is None:
            return Outcome(Delivery.REFUSED, "no log channel is set")
        try:
            message = await channel.send(
                embed=embed_of(words), nonce=intent.nonce, allowed_mentions=NOBODY
            )
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, "Send Messages and Embed Links")
        return Outcome(Delivery.DONE, "written", message.id)

    async def find_log(self, intent: Intent) -> Outcome:
        """Look for a line in the moderators' log."""
        channel = await self._log_of(intent.guild)
        if channel is None:
            return Outcome(Delivery.REFUSED, "no log channel is set")
        try:
            found = await self._find(channel, intent)
        except UNREAD as error:
            return unread(error, "the log")
        return NOT_THERE if found is None else Outcome(Delivery.DONE, "written", found)

    async def edit_log(self, intent: Intent, message: int, words: Words) -> Outcome:
        """Replace a line of the log; done again, it changes nothing."""
        channel = await self._log_of(intent.guild)
        if channel is None:
            return Outcome(Delivery.REFUSED, "no log channel is set")
        line = channel.get_partial_message(message)
        try:
            await repeatedly(
                self._clock, lambda: line.edit(embed=embed_of(words), allowed_mentions=NOBODY)
            )
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, "Send Messages and Embed Links")
        return Outcome(Delivery.DONE, "brought up to date", message)

    async def announce(self, guild: int, words: Words, key: str) -> Outcome:
        """Write a line that belongs to no case, unless one of its key is there already."""
        channel = await self._log_of(guild)
        if channel is None:
            return Outcome(Delivery.REFUSED, "no log channel is set")
        marked = replace(words, reference=f"{words.reference} · {key[:6]}")
        try:
            async for message in channel.history(limit=READ_BACK):
                if bears(message, self._me(), key[:6]):
                    return Outcome(Delivery.DONE, "written", message.id)
            message = await channel.send(embed=embed_of(marked), nonce=key, allowed_mentions=NOBODY)
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, "Send Messages, Embed Links and Read Message History")
        return Outcome(Delivery.DONE, "written", message.id)

    async def _tell_in_thread(self, intent: Intent, case: Case, embed: discord.Embed) -> Outcome:
        assert intent.channel is not None, "BUG: a notice needs the board it is about"
        try:
            thread = await self._threads.open(case, intent)
            if thread is None:
                return Outcome(
                    Delivery.REFUSED,
                    "the member's direct messages are closed, and the board has no threads",
                )
            message = await thread.send(embed=embed, nonce=intent.nonce, allowed_mentions=NOBODY)
        except discord.Forbidden:
            words = (
                "the member's direct messages are closed, and a private thread needs "
                "Create Private Threads and Send Messages in Threads on the board"
            )
            return Outcome(Delivery.REFUSED, words)
        except discord.NotFound:
            return Outcome(
                Delivery.REFUSED, "the member's direct messages are closed, or they have left"
            )
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, "Create Private Threads")
        return Outcome(
            Delivery.DONE, "in a private thread, for their direct messages are closed", message.id
        )

    async def _find_in_thread(self, intent: Intent, case: Case) -> Outcome:
        try:
            thread = await self._threads.find(case, intent)
            found = None if thread is None else await self._find(thread, intent)
        except UNREAD as error:
            return unread(error, "the private thread")
        if found is None:
            return NOT_THERE
        return Outcome(
            Delivery.DONE, "in a private thread, for their direct messages are closed", found
        )

    async def _find(self, channel: discord.abc.Messageable, intent: Intent) -> int | None:
        """Return the message that bears an intent's token, or None if there is none.

        Raises:
            TooMuchToReadError: if more was written since than is read back.
            discord.HTTPException: if the channel cannot be read.
        """
        read = 0
        since, me = _since(intent), self._me()
        async for message in channel.history(limit=READ_BACK, after=since, oldest_first=False):
            if bears(message, me, intent.token):
                return message.id
            read += 1
        if read == READ_BACK:
            raise TooMuchToReadError
        return None

    async def _dm(self, user: int) -> discord.DMChannel:
        return await self._client.create_dm(discord.Object(user))

    async def _log_of(self, guild: int) -> discord.PartialMessageable | None:
        channel = await self._log_channel(guild)
        if channel is None:
            return None
        return self._client.get_partial_messageable(channel, guild_id=guild)

    def _me(self) -> int:
        user = self._client.user
        assert user is not None, "BUG: acting before login"
        return user.id

    def _guild_name(self, guild: int) -> str | None:
        known = self._client.get_guild(guild)
        return known.name if known is not None else None


def _since(intent: Intent) -> discord.Object | None:
    attempted: datetime | None = intent.attempted_at
    return discord.Object(first_at(attempted - SLACK)) if attempted is not None else None
