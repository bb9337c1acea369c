"""Takes erased words out of messages that Concord has sent."""

from collections.abc import AsyncIterator

import discord

from bot.discord_io.log_channels import LogChannels
from bot.discord_io.lookback import find
from bot.discord_io.private_thread import PrivateThread
from bot.discord_io.render import NOBODY, embed_of
from bot.discord_io.requests import (
    CLOSED,
    GONE,
    UNANSWERED,
    UNREAD,
    outcome_of,
    repeatedly,
    unread,
)
from bot.model.case import Case
from bot.model.intent import Intent, IntentKind
from bot.ports import Clock, Delivery, Outcome, Words

Place = discord.abc.Messageable

_GONE = Outcome(Delivery.DONE, "it was gone already")


class Redaction:
    """Replaces or deletes a message of ours, wherever it stands.

    Law: done is only what is known to be done: a message that is not where it was sent to is looked
    for in every channel that Concord can write in, for the log may have been moved since.
    """

    def __init__(
        self, client: discord.Client, clock: Clock, logs: LogChannels, threads: PrivateThread
    ) -> None:
        self._client = client
        self._clock = clock
        self._logs = logs
        self._threads = threads
        self._former: dict[int, int] = {}

    async def redact(self, sent: Intent, case: Case, words: Words | None) -> Outcome:
        """Replace what an intent sent; None deletes it. What is gone counts as done."""
        closed: discord.Forbidden | None = None
        try:
            async for place in self._places(sent, case):
                try:
                    found = sent.result or await find(place, sent, self._me())
                except discord.Forbidden as error:
                    if error.code not in CLOSED:
                        raise
                    closed, found = error, None  # it may stand in the private thread
                if found is not None and await self._change(place, found, words, case, sent):
                    self._remember(sent, place)
                    what = "deleted" if words is None else "rewritten without the erased words"
                    return Outcome(Delivery.DONE, what, found)
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, "Send Messages and Embed Links")
        except UNREAD as error:
            return unread(error, "the channel")
        return _GONE if closed is None else unread(closed, "the direct messages")

    async def _change(
        self, place: Place, message: int, words: Words | None, case: Case, sent: Intent
    ) -> bool:
        """Change a message; False where there is none of that id."""
        channel = await place._get_channel()  # noqa: SLF001 - what Messageable itself asks
        line = self._client.get_partial_messageable(channel.id).get_partial_message(message)
        guild = self._client.get_guild(case.guild)
        name = guild.name if guild is not None and sent.kind is IntentKind.NOTICE else None
        try:
            if words is None:
                await repeatedly(self._clock, line.delete)
            else:
                embed = embed_of(words, name)
                await repeatedly(
                    self._clock,
                    lambda: line.edit(embed=embed, attachments=[], allowed_mentions=NOBODY),
                )
        except discord.NotFound as error:
            if error.code in GONE:
                return False
            raise
        return True

    async def _places(self, sent: Intent, case: Case) -> AsyncIterator[Place]:
        """Yield where a message of ours may stand, the likeliest first."""
        match sent.kind:
            case IntentKind.NOTICE:
                yield await self._client.create_dm(discord.Object(sent.user or case.author))
                thread = await self._threads.find(case, sent)
                if thread is not None:
                    if thread.archived:  # nothing in it can be changed until it is not
                        thread = await thread.edit(archived=False)
                    yield thread
            case IntentKind.RESTORE:
                if sent.channel is not None:
                    yield self._client.get_partial_messageable(sent.channel, guild_id=sent.guild)
            case _:
                async for place in self._logs_of(sent):
                    yield place

    async def _logs_of(self, sent: Intent) -> AsyncIterator[Place]:
        public = sent.kind is IntentKind.PUBLIC_LOG
        log = await (self._logs.public if public else self._logs.of_moderators)(sent.guild)
        if log is not None:
            yield log
        guild = self._client.get_guild(sent.guild)
        if guild is None or sent.result is None:  # without an id, every channel would be read
            return
        former = self._former.get(sent.guild)
        others = [
            channel
            for channel in guild.text_channels
            if (log is None or channel.id != log.id)
            and channel.permissions_for(guild.me).read_messages
        ]
        for channel in sorted(others, key=lambda one: one.id != former):
            yield channel

    def _remember(self, sent: Intent, place: Place) -> None:
        if isinstance(place, discord.TextChannel):
            self._former[sent.guild] = place.id

    def _me(self) -> int:
        user = self._client.user
        assert user is not None, "BUG: acting before login"
        return user.id
