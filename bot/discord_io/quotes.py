"""Quotes of moved posts on Discord: found, taken away, and what is told of them."""

from typing import Final

import discord

from bot.discord_io.log_channels import NO_LOG, LogChannel, LogChannels
from bot.discord_io.lookback import NOT_THERE, find_token
from bot.discord_io.render import NOBODY, embed_of
from bot.discord_io.requests import GONE, UNANSWERED, UNREAD, outcome_of, repeatedly, unread
from bot.model.move import Move
from bot.ports import Clock, Delivery, Outcome, Quotes, Words

MARK: Final = "Moved here by the moderators"
"""How the reference of a quote begins."""

_LINE = "Send Messages and Embed Links"


class DiscordQuotes(Quotes):
    """Acts through a logged-in client."""

    def __init__(self, client: discord.Client, clock: Clock, log_channel: LogChannel) -> None:
        self._client = client
        self._clock = clock
        self._logs = LogChannels(client, log_channel, log_channel)

    async def find(self, move: Move) -> Outcome:
        """Look for the quote: by its id where that is known, else by its token."""
        target = self._client.get_partial_messageable(move.draft.target, guild_id=move.draft.guild)
        try:
            if move.quote is None:
                token, since = move.token, move.draft.at
                found = await find_token(target, token, since, self._me())
            else:
                found = (await target.fetch_message(move.quote)).id
        except discord.NotFound as error:
            if error.code in GONE:
                return NOT_THERE
            return unread(error, "the board")
        except UNREAD as error:
            return unread(error, "the board")
        return NOT_THERE if found is None else Outcome(Delivery.DONE, "it stands", found)

    async def remove_original(self, move: Move) -> Outcome:
        """Remove the post where it stood."""
        return await self._delete(
            move.draft.origin, move.draft.message, f"Concord · moved · {move.token}"
        )

    async def withdraw(self, move: Move) -> Outcome:
        """Delete the quote."""
        assert move.quote is not None, "BUG: a quote that nobody has found"
        return await self._delete(move.draft.target, move.quote, "Concord · its words are erased")

    async def tell(self, move: Move, *, again: bool) -> Outcome:
        """Tell the author by direct message; it counts for nothing, so there is no other way."""
        words = Words(
            "A post of yours was moved",
            (
                f"It fits another board better, so you find it there now: {_address(move)}",
                (
                    "This is no warning and counts for nothing. Discord cannot move posts, so "
                    "Concord quotes it; to take it away, press Delete under it."
                ),
            ),
            reference=f"Moved by the moderators · {move.token}",
        )
        guild = self._client.get_guild(move.draft.guild)
        try:
            dm = await self._client.create_dm(discord.Object(move.draft.author))
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, "Send Messages")
        return await self._send(dm, move, words, "told", again, guild.name if guild else None)

    async def note(self, move: Move, *, again: bool) -> Outcome:
        """Write a line in the moderators' log; it holds nothing of the post's words."""
        log = await self._logs.of_moderators(move.draft.guild)
        if log is None:
            return NO_LOG
        draft = move.draft
        words = Words(
            "Post moved",
            (
                (
                    f"<@{draft.by}> moved a post of <@{draft.author}> from <#{draft.origin}> to "
                    f"<#{draft.target}>: {_address(move)}"
                ),
            ),
            reference=f"No case · {move.token}",
        )
        return await self._send(log, move, words, "noted", again, None)

    async def _send(
        self,
        channel: discord.abc.Messageable,
        move: Move,
        words: Words,
        what: str,
        again: bool,
        guild: str | None,
    ) -> Outcome:
        try:
            if again and await find_token(channel, move.token, move.draft.at, self._me()):
                return Outcome(Delivery.DONE, "written")
            await channel.send(
                embed=embed_of(words, guild), nonce=move.nonce(what), allowed_mentions=NOBODY
            )
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, _LINE)
        except UNREAD as error:
            return unread(error, "the place")
        return Outcome(Delivery.DONE, "written")

    async def _delete(self, channel: int, message: int, reason: str) -> Outcome:
        try:
            await repeatedly(
                self._clock,
                lambda: self._client.http.delete_message(channel, message, reason=reason),
            )
        except discord.NotFound as error:
            if error.code not in GONE:
                return outcome_of(error, "Manage Messages")
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, "Manage Messages")
        return Outcome(Delivery.DONE, "removed")

    def _me(self) -> int:
        user = self._client.user
        assert user is not None, "BUG: acting before login"
        return user.id


def is_quote(message: discord.Message, me: int) -> bool:
    """Whether a message is a quote of a moved post."""
    return message.author.id == me and any(
        (embed.footer.text or "").startswith(MARK) for embed in message.embeds
    )


def _address(move: Move) -> str:
    draft = move.draft
    return f"https://discord.com/channels/{draft.guild}/{draft.target}/{move.quote}"
