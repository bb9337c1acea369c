"""The posts a moderator means, read from Discord as they stand now."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

import discord

from bot.discord_io.access import can_read
from bot.discord_io.interactions.answers import Interaction
from bot.discord_io.interactions.people import Here
from bot.discord_io.interactions.references import OptionError, PostPlace
from bot.discord_io.messages import written
from bot.discord_io.requests import GONE
from bot.docket import digest
from bot.model.action import Action
from bot.model.case import CasePost
from bot.model.post import AuthorKind, Post
from bot.model.unechoed import rules_on, unechoed
from bot.placing import place

Room = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
"""Where messages stand."""

Progress = Callable[[int, int], Awaitable[None]]
"""Is told how many channels have been read, and of how many."""

READ_BACK = 500
"""Messages of one channel read for the last posts of a member, at most; chosen, not measured."""

AT_ONCE = 4
"""Channels read at the same time; chosen: discord.py keeps Discord's limits in any case."""

NOT_THERE = (
    "There is no such post any more, or neither of us can see it. Please check the link, and that "
    "Concord may view the channel."
)
NOT_A_POST = "This is no post of a member: it is Concord's own, or an announcement of Discord's."


@dataclass(frozen=True, slots=True)
class Found:
    """A post as it stands on Discord, or as its case keeps it where it is gone."""

    post: CasePost
    author: int
    author_kind: AuthorKind
    gone: bool = False
    """Whether it stands there no longer."""
    placed: Post | None = None
    """For screening; None where it is gone."""


async def find(interaction: Interaction, here: Here, where: PostPlace) -> Found:
    """Return a post.

    Raises:
        OptionError: if there is none, or the moderator may not see it.
        discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: if Discord cannot say.
    """
    case = await interaction.client.app.store.case_of(where.message)
    if case is not None and case.guild != here.guild.id:
        case = None
    kept = next((one for one in case.posts if one.message == where.message), None) if case else None
    channel = where.channel or (kept.channel if kept is not None else interaction.channel_id)
    assert channel is not None, "BUG: a command of a server comes from a channel"
    message = await message_at(here, channel, where.message)
    if message is not None:
        found = of_message(message, here)
        post = await as_it_may_be_shown(interaction, found.post)
        return replace(found, post=post)
    if case is None or kept is None:
        raise OptionError(NOT_THERE)
    return Found(kept, case.author, case.author_kind, gone=True)


async def as_it_may_be_shown(interaction: Interaction, post: CasePost) -> CasePost:
    """Return a post without its words and files where its case says that it may show a child."""
    store = interaction.client.app.store
    case = await store.case_of(post.message)
    dossier = await store.dossier(case.id) if case is not None else None
    return post if dossier is None else unechoed(post, *rules_on(dossier, post.message))


async def message_of(interaction: Interaction, here: Here, where: PostPlace) -> discord.Message:
    """Return the message of a post that stands.

    Raises:
        OptionError: if there is none, or it is not a member's.
        discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: if Discord cannot say.
    """
    channel = where.channel or interaction.channel_id
    assert channel is not None, "BUG: a command of a server comes from a channel"
    message = await message_at(here, channel, where.message)
    if message is None:
        raise OptionError(NOT_THERE)
    of_message(message, here)
    return message


def of_message(message: discord.Message, here: Here) -> Found:
    """Return a message as a post.

    Raises:
        OptionError: if nobody but Concord or Discord wrote it.
    """
    seen = written(message, here.guild.me.id)
    if seen is None:
        raise OptionError(NOT_A_POST)
    post = place(seen, here.community) or seen.post
    return Found(as_case_post(post), post.author, post.author_kind, placed=post)


def as_case_post(post: Post) -> CasePost:
    """Return a post as a case holds it, without findings."""
    return CasePost(
        message=post.id,
        channel=post.channel,
        at=post.at,
        action=Action.ALLOW,
        parts=post.parts,
        findings=(),
        digest=digest(post),
        files=post.files,
    )


async def last_of(
    here: Here, member: int, count: int, rooms: list[Room], progress: Progress
) -> tuple[CasePost, ...]:
    """Return the last posts of a member in some channels, oldest first; not more than ``count``."""

    async def read(room: Room) -> list[CasePost]:
        found = []
        async for one in _by(room, here, member, limit=READ_BACK):
            found.append(one)
            if len(found) == count:
                break
        return found

    every = await _gathered(rooms, read, progress)
    return tuple(sorted(every, key=lambda one: one.message)[-count:])


async def burst_round(
    here: Here, found: Found, burst: timedelta, rooms: list[Room], most: int, progress: Progress
) -> tuple[CasePost, ...]:
    """Return the posts of one author that stand within a time of one of them, oldest first."""
    first, last = found.post.at - burst, found.post.at + burst

    async def read(room: Room) -> list[CasePost]:
        newest = room.last_message_id
        if newest is not None and discord.utils.snowflake_time(newest) < first:
            return []
        posts = _by(room, here, found.author, limit=READ_BACK, after=first, before=last)
        return [one async for one in posts]

    every = await _gathered(rooms, read, progress)
    nearest = sorted(every, key=lambda one: abs(one.at - found.post.at))[:most]
    return tuple(sorted(nearest, key=lambda one: one.message))


def rooms_of(here: Here, only: object | None) -> list[Room]:
    """Return the channels where both Concord and the moderator can read.

    Args:
        here: who asks, and where.
        only: a channel, for that one alone.
    """
    guild = here.guild
    every: list[Room] = [
        *chain[Room](guild.text_channels, guild.voice_channels, guild.stage_channels, guild.threads)
    ]
    return [room for room in every if (only is None or room == only) and _seen_by_both(room, here)]


def _seen_by_both(room: Room, here: Here) -> bool:
    parent = room.parent if isinstance(room, discord.Thread) else room
    if parent is None or not can_read(parent, here.guild.me) or not can_read(parent, here.member):
        return False
    private = isinstance(room, discord.Thread) and room.is_private()
    # Who is in a private thread is not known here; who manages threads sees them all.
    return not private or parent.permissions_for(here.member).manage_threads


async def room_of(here: Here, channel: int) -> Room | None:
    """Return a place where both Concord and the moderator can read; None if it is none.

    Raises:
        discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: if Discord cannot say.
    """
    room = here.guild.get_channel_or_thread(channel)
    try:
        if room is None:
            # A thread that was put away is not known; one of another server is refused by this.
            room = await here.guild.fetch_channel(channel)
    except discord.InvalidData:
        return None
    except (discord.NotFound, discord.Forbidden) as error:
        _raise_unless_gone(error)
        return None
    return room if isinstance(room, Room) and _seen_by_both(room, here) else None


async def message_at(here: Here, channel: int, message: int) -> discord.Message | None:
    """Return a message that both Concord and the moderator can read; None if there is none.

    Raises:
        discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: if Discord cannot say.
    """
    room = await room_of(here, channel)
    try:
        return await room.fetch_message(message) if room is not None else None
    except (discord.NotFound, discord.Forbidden) as error:
        _raise_unless_gone(error)
        return None


def _raise_unless_gone(error: discord.NotFound | discord.Forbidden) -> None:
    if isinstance(error, discord.NotFound) and error.code not in GONE:
        raise error


async def _by(
    room: Room,
    here: Here,
    author: int,
    *,
    limit: int,
    after: datetime | None = None,
    before: datetime | None = None,
) -> AsyncIterator[CasePost]:
    """Yield the posts of one author, newest first; a channel that cannot be read holds none."""
    try:
        async for message in room.history(
            limit=limit, after=after, before=before, oldest_first=False
        ):
            seen = written(message, here.guild.me.id)
            if seen is not None and seen.post.author == author:
                yield as_case_post(seen.post)
    except (discord.Forbidden, discord.NotFound):
        return


async def _gathered(
    rooms: list[Room], read: Callable[[Room], Awaitable[list[CasePost]]], progress: Progress
) -> list[CasePost]:
    found: list[CasePost] = []
    gate = asyncio.Semaphore(AT_ONCE)
    done = 0

    async def work(room: Room) -> None:
        nonlocal done
        async with gate:
            found.extend(await read(room))
        done += 1
        await progress(done, len(rooms))

    async with asyncio.TaskGroup() as group:
        for room in rooms:
            group.create_task(work(room))
    return found
