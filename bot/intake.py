"""Takes in what happens on Discord: one lane a guild, in order; overflow is left to catch-up."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from bot.activity import Activity
from bot.catchup import BATCH, CaughtUp
from bot.desk import Desk
from bot.lanes import Lanes
from bot.model.post import Post
from bot.placing import Written, place

_log = structlog.get_logger(__name__)

CAPACITY = 20_000
"""Events waiting over all guilds, at most; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new message, or a new version of one."""

    written: Written

    @property
    def guild(self) -> int:
        """The guild it happened in."""
        return self.written.post.guild


@dataclass(frozen=True, slots=True)
class Departure:
    """Messages that somebody deleted."""

    guild: int
    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Forgetting:
    """A member had their words on a guild erased."""

    guild: int
    author: int


Event = Arrival | Departure | Forgetting

Prepare = Callable[[int, Desk | None], Awaitable[tuple[Desk, CaughtUp] | None]]
"""Makes a fresh desk for a guild, given its last one, and catches up; None if nobody set it up."""

Act = Callable[[tuple[int, ...]], None]


class Lane:
    """One guild's events in the order Discord sent them, and the task that works on them.

    Law: while history is still to be read, events wait; an event that found no room marks the lane
    as behind, so that history brings it back.
    """

    def __init__(self, guild: int, intake: "Intake") -> None:
        self._guild = guild
        self._intake = intake
        self._waiting: deque[Event] = deque()
        self._woken = asyncio.Event()
        self._behind = False
        self._held = False
        self._desk: Desk | None = None
        self._stumbles = 0

    def hold(self) -> None:
        """Let events wait: a new session has begun, and what was said before it is not read yet."""
        self._held = True

    def catch_up(self) -> None:
        """Read history before the next event, and hold no longer."""
        self._held = False
        self.fall_behind()

    def fall_behind(self) -> None:
        """Read history before the next event: one was lost, or there was no room for it."""
        if not self._behind:
            self._behind = True
            self._intake.activity.begin()
        self._woken.set()

    def put(self, event: Event) -> None:
        """Let an event wait its turn; where there is no room for it, history will tell."""
        if self._intake.waiting >= CAPACITY:
            if not self._behind:
                _log.warning("more is written than can be read; catching up", guild=self._guild)
            self.fall_behind()
            # History holds what waits as well; without room for more it would be read for ever.
            self._drop_waiting()
            return
        self._intake.waiting += 1
        self._intake.activity.begin()
        self._waiting.append(event)
        self._woken.set()

    async def run(self) -> None:
        """Work on the lane until cancelled; a failure is logged and the lane catches up again."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                await self._work()
                self._stumbles = 0
            except Exception:  # noqa: BLE001 - a lane must outlive whatever one post brings
                _log.exception("a lane stumbled and will catch up", guild=self._guild)
                self.fall_behind()
                self._drop_waiting()
                self._stumbles += 1
                await self._intake.pause(self._stumbles)

    async def _work(self) -> None:
        while not self._held and (self._behind or self._waiting):
            if self._behind:
                await self._read_history()
                continue
            desk = self._desk
            batch = self._take()
            try:
                if desk is not None:
                    await self._judge(desk, batch)
            finally:
                for _ in batch:
                    self._intake.activity.end()
            await asyncio.sleep(0)

    async def _read_history(self) -> None:
        # What is asked for from here on needs another reading: this one may be past it already.
        self._behind = False
        try:
            prepared = await self._intake.prepare(self._guild, self._desk)
            if prepared is not None:
                self._desk, caught_up = prepared
                self._intake.act(caught_up.cases)
        finally:
            self._intake.activity.end()

    async def _judge(self, desk: Desk, batch: list[Event]) -> None:
        posts: list[Post] = []
        for event in batch:
            if isinstance(event, Arrival):
                post = place(event.written, desk.community)
                if post is not None:
                    posts.append(post)
                continue
            self._intake.act(await desk.judge(posts))
            posts = []
            if isinstance(event, Forgetting):
                desk.forget(event.author)
            else:
                await desk.depart(event.messages)
        self._intake.act(await desk.judge(posts))

    def _take(self) -> list[Event]:
        count = min(len(self._waiting), BATCH)
        self._intake.waiting -= count
        return [self._waiting.popleft() for _ in range(count)]

    def _drop_waiting(self) -> None:
        self._intake.waiting -= len(self._waiting)
        for _ in self._waiting:
            self._intake.activity.end()
        self._waiting.clear()


class Intake:
    """All guilds' lanes, and what they share."""

    def __init__(
        self,
        activity: Activity,
        prepare: Prepare,
        act: Act,
        pause: Callable[[int], Awaitable[None]],
    ) -> None:
        self.activity = activity
        self.prepare = prepare
        self.act = act
        self.pause = pause
        self.waiting = 0
        self._lanes = Lanes(lambda guild: Lane(guild, self), "lane")

    async def run(self) -> None:
        """Own the lanes' tasks until cancelled."""
        await self._lanes.run()

    def hold(self, guild: int) -> None:
        """Let a guild's events wait until :meth:`catch_up`: its session has only just begun."""
        if (lane := self._lanes.of(guild)) is not None:
            lane.hold()

    def catch_up(self, guild: int) -> None:
        """Have a guild's history read before its next event, and hold its events no longer."""
        if (lane := self._lanes.of(guild)) is not None:
            lane.catch_up()

    def fall_behind(self, guild: int) -> None:
        """Have a guild's history read before its next event, for one of them was lost."""
        if (lane := self._lanes.of(guild)) is not None:
            lane.fall_behind()

    def put(self, event: Event) -> None:
        """Take in an event; returns at once, and loses nothing that history does not hold."""
        if (lane := self._lanes.of(event.guild)) is not None:
            lane.put(event)

    def forget(self, guild: int, author: int) -> None:
        """Drop what is remembered of a member's posts, in its turn among the guild's events."""
        self.put(Forgetting(guild, author))

    def close(self) -> None:
        """Take in nothing more; what comes after is left to the next start."""
        self._lanes.close()
