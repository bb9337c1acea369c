"""Looks for a message of our own where it would stand, by the token in its reference."""

from datetime import datetime
from typing import Final

import discord

from bot.catchup import SLACK
from bot.discord_io.render import bears
from bot.discord_io.requests import UNREAD, TooMuchToReadError, unread
from bot.model.intent import Intent
from bot.model.snowflake import first_at
from bot.ports import Delivery, Outcome

READ_BACK: Final = 2_000
"""Messages read at most when looking for one of ours, twenty requests; chosen, not measured."""

NOT_THERE: Final = Outcome(Delivery.LATER, "it had not arrived")


async def find(channel: discord.abc.Messageable, intent: Intent, me: int) -> int | None:
    """Return the message that bears an intent's token, or None if there is none.

    Raises:
        TooMuchToReadError: if more was written since than is read back.
        discord.HTTPException: if the channel cannot be read.
    """
    return await find_token(channel, intent.token, intent.attempted_at, me)


async def find_token(
    channel: discord.abc.Messageable, token: str, since: datetime | None, me: int
) -> int | None:
    """Return the message of ours that bears a token, or None if there is none.

    Args:
        channel: where it would stand.
        token: at the end of its reference.
        since: when it was first tried; None looks as far back as is read.
        me: Concord's user id.

    Raises:
        TooMuchToReadError: if more was written since than is read back.
        discord.HTTPException: if the channel cannot be read.
    """
    read = 0
    after = discord.Object(first_at(since - SLACK)) if since is not None else None
    async for message in channel.history(limit=READ_BACK, after=after, oldest_first=False):
        if bears(message, me, token):
            return message.id
        read += 1
    if read == READ_BACK:
        raise TooMuchToReadError
    return None


async def look(channel: discord.abc.Messageable, intent: Intent, me: int, place: str) -> Outcome:
    """Return whether an intent's message has arrived: DONE, LATER, or why nobody can say.

    Args:
        channel: where it would stand.
        intent: whose message it is.
        me: Concord's user id.
        place: the channel, as a moderator calls it.
    """
    try:
        found = await find(channel, intent, me)
    except UNREAD as error:
        return unread(error, place)
    return NOT_THERE if found is None else Outcome(Delivery.DONE, "written", found)
