"""Carries out intents on Discord; asks Discord what became of them when no answer came.

Long, for each message of ours stands beside how it is looked for.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import discord

from bot.discord_io.evidence import EvidenceFiles, is_unseen, kept_words, uploads
from bot.discord_io.giving_back import NOT_FETCHED, kept_files
from bot.discord_io.interactions.answers import Control, view_of
from bot.discord_io.interactions.controls import under_a_line, under_a_notice
from bot.discord_io.log_channels import NO_LOG, LogChannel, LogChannels
from bot.discord_io.lookback import NOT_THERE, READ_BACK, find, look
from bot.discord_io.private_thread import PrivateThread
from bot.discord_io.redaction import Redaction
from bot.discord_io.render import NOBODY, bears, embed_of
from bot.discord_io.requests import (
    CLOSED,
    GONE,
    TOO_LARGE,
    UNANSWERED,
    UNREAD,
    outcome_of,
    repeatedly,
    unread,
)
from bot.model.case import Case, CasePost
from bot.model.intent import Intent
from bot.policy.practice import EvidenceBounds
from bot.ports import (
    GONE_ALREADY,
    IN_THREAD,
    WITHOUT_FILES,
    Clock,
    Delivery,
    Enforcer,
    Outcome,
    Words,
)

_REFERENCE: Final = re.compile(r"C-(?P<number>[0-9]{1,9})\b")

_WRITING = "Send Messages and Embed Links"

_NO_PUBLIC_LOG = Outcome(Delivery.DONE, "there is no public log")


class DiscordEnforcer(Enforcer):
    """Acts through a logged-in client.

    Args:
        client: logged in.
        clock: for pauses between tries.
        log_channel: names a guild's moderators' log.
        public_log: names a guild's public log.
        bounds: what is kept of a post's files.
    """

    def __init__(
        self,
        client: discord.Client,
        clock: Clock,
        log_channel: LogChannel,
        public_log: LogChannel,
        bounds: EvidenceBounds,
    ) -> None:
        self._client = client
        self._clock = clock
        self._logs = LogChannels(client, log_channel, public_log)
        self._threads = PrivateThread(client)
        self._files = EvidenceFiles(bounds)
        self._redaction = Redaction(client, clock, self._logs, self._threads)

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
            message = await dm.send(
                embed=embed,
                view=view_of(under_a_notice(case.guild)),
                nonce=intent.nonce,
                allowed_mentions=NOBODY,
            )
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
            found = await find(dm, intent, self._me())
            if found is not None:
                return Outcome(Delivery.DONE, "by direct message", found)
        except UNREAD as error:
            closed = isinstance(error, discord.Forbidden) and error.code in CLOSED
            if not closed:
                return unread(error, "the direct messages")
        return await self._find_in_thread(intent, case)

    async def log(self, intent: Intent, words: Words) -> Outcome:
        """Write a line in the moderators' log."""
        channel = await self._logs.of_moderators(intent.guild)
        if channel is None:
            return NO_LOG
        return await _write(channel, intent, words, controls=_of_case(words))

    async def find_log(self, intent: Intent) -> Outcome:
        """Look for a line in the moderators' log."""
        channel = await self._logs.of_moderators(intent.guild)
        return NO_LOG if channel is None else await look(channel, intent, self._me(), "the log")

    async def edit_log(self, intent: Intent, message: int, words: Words) -> Outcome:
        """Replace a line of the log; done again, it changes nothing."""
        channel = await self._logs.of_moderators(intent.guild)
        if channel is None:
            return NO_LOG
        line = channel.get_partial_message(message)
        try:
            await repeatedly(
                self._clock, lambda: line.edit(embed=embed_of(words), allowed_mentions=NOBODY)
            )
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, _WRITING)
        return Outcome(Delivery.DONE, "brought up to date", message)

    async def announce(self, guild: int, words: Words, key: str) -> Outcome:
        """Write a line that belongs to no case, unless one of its key is there already."""
        channel = await self._logs.of_moderators(guild)
        if channel is None:
            return NO_LOG
        marked = replace(words, reference=f"{words.reference} · {key[:6]}")
        try:
            async for message in channel.history(limit=READ_BACK):
                if bears(message, self._me(), key[:6]):
                    return Outcome(Delivery.DONE, "written", message.id)
            message = await channel.send(embed=embed_of(marked), nonce=key, allowed_mentions=NOBODY)
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, "Send Messages, Embed Links and Read Message History")
        return Outcome(Delivery.DONE, "written", message.id)

    async def public_log(self, intent: Intent, words: Words) -> Outcome:
        """Write a line in the public log; a guild without one counts as done."""
        channel = await self._logs.public(intent.guild)
        return _NO_PUBLIC_LOG if channel is None else await _write(channel, intent, words)

    async def find_public_log(self, intent: Intent) -> Outcome:
        """Look for a line in the public log."""
        channel = await self._logs.public(intent.guild)
        if channel is None:
            return _NO_PUBLIC_LOG
        return await look(channel, intent, self._me(), "the public log")

    async def keep_files(self, intent: Intent, case: Case, post: CasePost) -> Outcome:
        """Upload a post's files again in the moderators' log, hidden, as one message.

        What is gone, too large or too slow is named in it instead.
        """
        channel = await self._logs.of_moderators(intent.guild)
        if channel is None:
            return NO_LOG
        if is_unseen(post):
            return Outcome(Delivery.REFUSED, "no file of such a post is fetched or kept")
        async with self._files.room:
            kept = await self._files.fetch(post.files)
            outcome = await _write(
                channel, intent, kept_words(case, intent, post, kept), uploads(kept)
            )
            if outcome != TOO_LARGE:
                return outcome
        # The server takes less than others do: then moderators at least read what there was.
        left = [
            replace(one, data=None, why=one.why or "the server takes no files so large")
            for one in kept
        ]
        return await _write(channel, intent, kept_words(case, intent, post, left))

    async def find_files(self, intent: Intent) -> Outcome:
        """Look for the files in the moderators' log."""
        return await self.find_log(intent)

    async def restore(
        self, intent: Intent, post: CasePost, kept: int | None, words: Words, bare: Words
    ) -> Outcome:
        """Post, where a removed post stood, what it said, with the files that were kept."""
        where = self._where(intent)
        if not post.files:
            return await _write(where, intent, words)
        log = await self._logs.of_moderators(intent.guild)
        line = None if kept is None or log is None else log.get_partial_message(kept)
        async with self._files.room:
            files = await kept_files(line, post, self._files, intent.attempts)
            if files is None:
                return NOT_FETCHED
            whole = len(files) == len(post.files)
            outcome = await _write(where, intent, words if whole else bare, files)
        if files and outcome.delivery is Delivery.REFUSED:  # too large there, or not permitted
            outcome, whole = await _write(where, intent, bare), False
        if whole or outcome.delivery is not Delivery.DONE:
            return outcome
        return replace(outcome, words=WITHOUT_FILES)

    async def find_restored(self, intent: Intent, post: CasePost) -> Outcome:
        """Look for the quote where the removed post stood."""
        where = self._where(intent)
        seen = await look(where, intent, self._me(), "the channel")
        if seen.delivery is not Delivery.DONE or seen.result is None or not post.files:
            return seen
        try:
            quote = await where.fetch_message(seen.result)
        except UNREAD as error:
            return unread(error, "the channel")
        whole = len(quote.attachments) == len(post.files)
        return seen if whole else replace(seen, words=WITHOUT_FILES)

    async def redact(
        self, intent: Intent, sent: Intent, case: Case, words: Words | None
    ) -> Outcome:
        """Replace a message of ours, or delete it; one that is gone counts as done."""
        assert intent.target in (None, sent.id), "BUG: a redaction of another message"
        return await self._redaction.redact(sent, case, words)

    async def _tell_in_thread(self, intent: Intent, case: Case, embed: discord.Embed) -> Outcome:
        assert intent.channel is not None, "BUG: a notice needs the board it is about"
        try:
            thread = await self._threads.open(case, intent)
            if thread is None:
                return Outcome(
                    Delivery.REFUSED,
                    "the member's direct messages are closed, and the board has no threads",
                )
            message = await thread.send(
                embed=embed,
                view=view_of(under_a_notice(case.guild)),
                nonce=intent.nonce,
                allowed_mentions=NOBODY,
            )
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
        return Outcome(Delivery.DONE, IN_THREAD, message.id)

    async def _find_in_thread(self, intent: Intent, case: Case) -> Outcome:
        try:
            thread = await self._threads.find(case, intent)
            found = None if thread is None else await find(thread, intent, self._me())
        except UNREAD as error:
            return unread(error, "the private thread")
        if found is None:
            return NOT_THERE
        return Outcome(Delivery.DONE, IN_THREAD, found)

    def _where(self, intent: Intent) -> discord.PartialMessageable:
        assert intent.channel is not None, "BUG: a quote needs the channel the post stood in"
        return self._client.get_partial_messageable(intent.channel, guild_id=intent.guild)

    async def _dm(self, user: int) -> discord.DMChannel:
        return await self._client.create_dm(discord.Object(user))

    def _me(self) -> int:
        user = self._client.user
        assert user is not None, "BUG: acting before login"
        return user.id

    def _guild_name(self, guild: int) -> str | None:
        known = self._client.get_guild(guild)
        return known.name if known is not None else None


def _of_case(words: Words) -> tuple[Control, ...]:
    """Return the buttons under a line about a case; its reference says which."""
    match = _REFERENCE.match(words.reference)
    return () if match is None else under_a_line(int(match["number"]), lifts=words.lifts)


async def _write(
    channel: discord.PartialMessageable,
    intent: Intent,
    words: Words,
    files: Sequence[discord.File] = (),
    controls: Sequence[Control] = (),
) -> Outcome:
    try:
        message = await channel.send(
            embed=embed_of(words),
            files=files,
            view=view_of(controls) if controls else discord.utils.MISSING,
            nonce=intent.nonce,
            allowed_mentions=NOBODY,
        )
    except (discord.HTTPException, *UNANSWERED) as error:
        return outcome_of(error, f"{_WRITING} and Attach Files" if files else _WRITING)
    return Outcome(Delivery.DONE, "written", message.id)
