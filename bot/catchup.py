"""After downtime: memory is rebuilt with effects off, then what came since is judged, once."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from bot.desk import Desk
from bot.model.post import Post
from bot.model.snowflake import first_at, time_of
from bot.placing import Location, Written, is_screened, place
from bot.policy.policy import Policy
from bot.ports import Clock, RemovedPost, Store

_log = structlog.get_logger(__name__)

BATCH = 50
"""Posts judged in one commit while catching up; chosen, not measured."""


class History(Protocol):
    """What stands in a guild's channels."""

    async def channels(self, guild: int) -> Mapping[int, Location]:
        """Return the channels and threads of a guild that can be read."""
        ...

    def posts(self, guild: int, channel: int, after: int) -> AsyncIterator[Written]:
        """Yield the messages of a channel with ids above ``after``, oldest first."""
        ...


@dataclass(frozen=True, slots=True)
class Missed:
    """A stretch of a channel that is too old to be judged: moderators are told."""

    channel: int
    since: datetime
    """When the last judged post there was written; aware UTC."""
    until: datetime
    """What was written from then on has been judged."""


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What catching up came to."""

    cases: tuple[int, ...]
    missed: tuple[Missed, ...]


async def catch_up(
    desk: Desk,
    history: History,
    store: Store,
    clock: Clock,
    policy: Policy,
    earlier: Desk | None = None,
) -> CaughtUp:
    """Bring a fresh desk up to date with its guild.

    Posts are taken over all channels in the order of their ids, as they would have arrived. What
    stands at or before the last judged post of its channel is only remembered, unless it was
    edited; so is what was posted before the community was set up. What an earlier desk of the same
    process overlooked, because its event never came, is judged too.
    """
    now = clock.now()
    guild = desk.guild
    window = max(policy.catch_up.window, policy.memory)
    oldest = first_at(now - window)
    reachable = first_at(now - policy.catch_up.window)
    since = await store.community_since(guild) or now
    judged = await store.judged_until(guild)
    removed = await store.removed_since(guild, now - window)
    gone = frozenset(one.post.message for one in removed)
    found = [_as_post(guild, one) for one in removed]
    missed: list[Missed] = []
    for channel, location in (await history.channels(guild)).items():
        if not is_screened(location, desk.community):
            continue
        until = judged.get(channel, first_at(since))
        if until < reachable and await _any_between(history, guild, channel, until, reachable):
            missed.append(Missed(channel, time_of(until), time_of(reachable)))
        async for written in history.posts(guild, channel, oldest):
            post = place(written, desk.community)
            if post is not None and post.id not in gone:
                found.append(post)
    found.sort(key=lambda post: post.id)

    cases: list[int] = []
    batch: list[Post] = []
    for post in found:
        until = max(judged.get(post.channel, first_at(since)), reachable)
        is_new = post.id > until or (
            earlier is not None and post.id > reachable and earlier.overlooked(post.id)
        )
        is_edited = post.edited_at is not None and post.edited_at >= since
        if post.id in gone or not (is_new or is_edited):
            if batch:
                cases.extend(await desk.judge(batch))
                batch = []
            desk.recall(post, removed=post.id in gone)
        else:
            batch.append(post)
            if len(batch) >= BATCH:
                cases.extend(await desk.judge(batch))
                batch = []
    if batch:
        cases.extend(await desk.judge(batch))
    _log.info("caught up", guild=guild, cases=len(cases), missed=len(missed))
    return CaughtUp(tuple(dict.fromkeys(cases)), tuple(missed))


async def _any_between(history: History, guild: int, channel: int, after: int, before: int) -> bool:
    async for written in history.posts(guild, channel, after):
        return written.post.id < before
    return False


def _as_post(guild: int, removed: RemovedPost) -> Post:
    return Post(
        id=removed.post.message,
        guild=guild,
        channel=removed.post.channel,
        author=removed.author,
        parts=removed.post.parts,
        at=removed.post.at,
        author_kind=removed.author_kind,
    )
