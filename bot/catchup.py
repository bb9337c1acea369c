"""After downtime: memory is rebuilt with effects off, then what came since is judged, once."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol

import structlog

from bot.desk import EDITS, Desk
from bot.model.post import Post
from bot.model.snowflake import first_at, time_of
from bot.placing import Location, Written, is_screened, place
from bot.policy.policy import Policy
from bot.ports import Clock, RemovedPost, Store

_log = structlog.get_logger(__name__)

BATCH = 50
"""Posts judged in one commit at most, live or while catching up; chosen, not measured."""


class History(Protocol):
    """What stands in a guild's channels."""

    async def channels(
        self, guild: int, since: datetime, wanted: Callable[[Location], bool]
    ) -> Mapping[int, Location]:
        """Return the channels and threads of a guild that are wanted and can be read.

        Threads that were put away since a moment are among them: what was written there may not
        have been read yet.
        """
        ...

    def posts(self, guild: int, channel: int, after: int) -> AsyncIterator[Written]:
        """Yield the messages of a channel with ids above ``after``, oldest first."""
        ...


SLACK = timedelta(minutes=2)
"""How far Discord's clock and ours may differ; chosen, not measured."""


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


Tell = Callable[[Sequence[Missed]], Awaitable[None]]
"""Tells moderators what was missed."""


async def catch_up(
    desk: Desk,
    history: History,
    store: Store,
    clock: Clock,
    policy: Policy,
    earlier: Desk | None = None,
    tell: Tell | None = None,
) -> CaughtUp:
    """Bring a fresh desk up to date with its guild.

    Posts are taken over all channels in the order of their ids, as they would have arrived. What
    stands at or before the last judged post of its channel is only remembered, unless it was
    edited; so is what was posted before its channel was screened. What an earlier desk of the same
    process overlooked, because its event never came, is judged too. Cases that were committed and
    not yet carried out, whatever kept them from it, are among those returned. What is too old to be
    judged is told before anything is: judging what came later would hide that it was missed.
    """
    now = clock.now()
    guild = desk.guild
    window = max(policy.catch_up.window, policy.memory)
    reach = _Reach(
        since=await store.community_since(guild) or now,
        reachable=first_at(now - policy.catch_up.window),
        judged=await store.judged_until(guild),
        earlier=earlier,
    )
    removed = await store.removed_since(guild, now - window)
    gone = frozenset(one.post.message for one in removed)
    standing, missed = await _read(desk, history, reach, first_at(now - window))
    if missed and tell is not None:
        await tell(missed)
    found = [_as_post(guild, one) for one in removed]
    found.extend(post for post in standing if post.id not in gone)
    found.sort(key=lambda post: post.id)

    cases = await _unsettled(store, guild)
    for due, run in groupby(found, lambda post: post.id not in gone and reach.is_due(post)):
        posts = list(run)
        if due:
            for start in range(0, len(posts), BATCH):
                cases.extend(await desk.judge(posts[start : start + BATCH], live=False))
        else:
            for post in posts:
                desk.recall(post, removed=post.id in gone)
    await store.write(lambda tx: tx.advance(guild, EDITS, first_at(now - SLACK)))
    _log.info("caught up", guild=guild, cases=len(cases), missed=len(missed))
    return CaughtUp(tuple(dict.fromkeys(cases)), tuple(missed))


@dataclass(frozen=True, slots=True)
class _Reach:
    """What is still to be judged, and what only to be remembered."""

    since: datetime
    """Since when what is screened now is screened: earlier posts are nobody's business."""
    reachable: int
    """The first id that is young enough to be judged."""
    judged: Mapping[int, int]
    """Per channel, the highest message judged."""
    earlier: Desk | None

    def judged_until(self, channel: int) -> int:
        return self.judged.get(channel, first_at(self.since))

    def _edits_judged_until(self, channel: int) -> int:
        judged, set_up = self.judged_until(channel), first_at(self.since)
        if judged < set_up:  # it was screened before the community was last changed
            return self.judged.get(EDITS, judged - 1)
        return max(self.judged.get(EDITS, 0), set_up - 1)

    def is_due(self, post: Post) -> bool:
        edited = first_at(post.edited_at) if post.edited_at is not None else 0
        if max(post.id, edited) <= self.reachable:
            return False
        if edited > self._edits_judged_until(post.channel) or post.id > self.judged_until(
            post.channel
        ):
            return True
        return self.earlier is not None and self.earlier.overlooked(post)


async def _read(
    desk: Desk, history: History, reach: _Reach, oldest: int
) -> tuple[list[Post], list[Missed]]:
    """Return what stands in the channels that are screened, and what of it is too old."""
    found: list[Post] = []
    missed: list[Missed] = []
    screened = await history.channels(
        desk.guild, time_of(oldest), lambda location: is_screened(location, desk.community)
    )
    for channel in screened:
        until = reach.judged_until(channel)
        if await _any_between(history, desk.guild, channel, until, reach.reachable):
            missed.append(Missed(channel, time_of(until), time_of(reach.reachable)))
        async for written in history.posts(desk.guild, channel, oldest):
            post = place(written, desk.community)
            if post is not None:
                found.append(post)
    return found, missed


async def _unsettled(store: Store, guild: int) -> list[int]:
    return [intent.case for intent in await store.unsettled() if intent.guild == guild]


async def _any_between(history: History, guild: int, channel: int, after: int, before: int) -> bool:
    if after >= before:
        return False
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
