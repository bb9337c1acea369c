"""``kill -9`` in the middle of each request that a decision makes, in many cells by one kill."""

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.sandbox import Simulation
from bot.sandbox.fault_kinds import Fault
from tests.e2e.bot_process import BotProcess
from tests.e2e.cells import Cell, Operation
from tests.e2e.court import Court
from tests.e2e.matrix import PAUSES, bot_of, remembered_wrongly
from tests.e2e.ordering import Subject
from tests.e2e.platform import Platform
from tests.e2e.story import ROUTES, Story, together
from tests.e2e.town import opened
from tests.e2e.whose import Whose

QUIET = 0.4
"""Seconds without a request after which every cell is taken to be held or at its end; chosen."""

EVER = 100_000
"""More requests than any run makes."""

DAYS = (20.01, 6.2, 3.9)
"""Days that pass until everything that has an end has come to it, or has been renewed."""

THE_REST = 10.0
"""Days after which the longest is over too."""


class Death(StrEnum):
    """What becomes of the request that is under way when the process dies."""

    BEFORE = "it never arrives"
    UNHEARD = "it takes effect, and nobody hears the answer"
    LATE = "it takes effect after the restart"


@dataclass(repr=False)
class Killing:
    """A bot, a guild for each pair of kind and operation, and run after run in them."""

    sim: Simulation
    platform: Platform
    bot: BotProcess
    whose: Whose
    courts: dict[Cell, Court]
    kills: int = 0
    killed: int = 0
    """Cells whose request was under way at a kill."""
    runs: int = 0
    lived: list[Story] = field(default_factory=list)
    """All cells of all runs."""

    @classmethod
    async def build(
        cls, sim: Simulation, platform: Platform, folder: Path, cells: Sequence[Cell]
    ) -> "Killing":
        """Make a guild for each cell, and start the bot."""
        sim.world.interactions.answer_seconds = 30  # many cells share two processors
        bot = bot_of(sim, platform, folder)
        courts = {}
        async with opened(bot.database) as store:
            for cell in cells:
                courts[cell] = await Court.build(sim, f"{cell.kind}, {cell.operation}")
                await courts[cell].settle_in(store, sim)
        await bot.start()
        return cls(sim, platform, bot, Whose(sim.world), courts)

    async def run(
        self,
        *,
        ends: bool,
        step_of: Callable[[Cell], int],
        death_of: Callable[[Cell], Death],
    ) -> int:
        """Live through the cells of a sort, killed at a step of each; return how many were.

        Args:
            ends: those that wait for an end, or the others.
            step_of: which request of a cell is under way then, from 1.
            death_of: what becomes of that request; LATE for all or for none.
        """
        self.runs += 1
        stories = await self._stories(ends=ends)
        await self._step(stories, "begins")
        deaths = {one.court.guild.id: death_of(one.cell) for one in stories}
        steps = {one.court.guild.id: step_of(one.cell) for one in stories}
        held = self._holds(steps, deaths)
        tasks = [asyncio.create_task(_unfolds(story)) for story in stories if not ends]
        for days in DAYS if ends else (0.0,):
            await self.sim.advance(days=days)
            await self._until_quiet()
        self.sim.faults.clear()
        self.platform.holds = None
        await self.bot.kill()
        self.kills += 1
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._again(late=Death.LATE in deaths.values())
        await self._step(stories, "carries_on")
        await self._time_passes()
        if ends:
            await self.sim.advance(days=THE_REST)
            await self._time_passes()
        await self._step(stories, "is_seen")
        self.lived.extend(stories)
        self.killed += len(held)
        return len(held)

    async def closes(self) -> None:
        """Stop the bot and compare what it remembers."""
        await self.bot.stop()
        async with opened(self.bot.database) as store:
            for story in self.lived:
                story.wrong.extend(await remembered_wrongly(store, story))

    async def _stories(self, *, ends: bool) -> list[Story]:
        stories = []
        for cell, court in self.courts.items():
            if (cell.operation is Operation.EXPIRE) is ends:
                subject = await Subject.of(court, self.platform, f"Ada {self.runs}")
                self.whose.lives(subject.member.id, court.guild.id)
                stories.append(Story(self.sim, self.platform, self.whose, cell, court, subject))
        await self.sim.settled(timeout=120)
        return stories

    def _holds(self, steps: Mapping[int, int], deaths: Mapping[int, Death]) -> set[int]:
        """Let one request of each guild get no answer; return the guilds that came so far."""
        counts = dict.fromkeys(steps, 0)
        held: set[int] = set()

        def is_the_one(guild: int | None) -> bool:
            if guild is None or guild not in steps:
                return False
            counts[guild] += 1
            if counts[guild] != steps[guild]:
                return False
            held.add(guild)
            return True

        def lost(request: web.Request, body: object) -> bool:
            guild = self.whose.guild(request, body)
            return deaths.get(guild or 0) is Death.BEFORE and is_the_one(guild)

        def kept(request: web.Request, body: object) -> bool:
            guild = self.whose.guild(request, body)
            return deaths.get(guild or 0) is not Death.BEFORE and is_the_one(guild)

        for route in ROUTES:
            self.sim.faults.next(route, Fault.TIMEOUT, EVER, lost)
            self.sim.faults.next(route, Fault.HELD, EVER, kept)
        self.platform.holds = is_the_one
        self.platform.loses = lambda guild: deaths.get(guild) is Death.BEFORE
        return held

    async def _again(self, *, late: bool) -> None:
        """Start the bot, with what was under way gone, done or still to come."""
        now = time.monotonic()
        for asked in self.sim.world.interactions.unanswered(now):
            asked.due_at = now  # whoever asked has read by now that the app did not respond
        self.sim.faults.release_timeouts()
        if not late:
            await self.sim.faults.release_held()
            self.platform.release()
        await self.bot.start()
        if late:
            await self.sim.faults.release_held()
            self.platform.release()
        await self._time_passes()

    async def _until_quiet(self) -> None:
        while True:
            requests = len(self.sim.requests)
            try:
                await self.sim.until(partial(self._has_asked_since, requests), QUIET)
            except TimeoutError:
                return

    def _has_asked_since(self, requests: int) -> bool:
        return len(self.sim.requests) > requests

    async def _step(self, stories: Sequence[Story], step: str) -> None:
        await together(stories, step)
        await self.sim.settled(timeout=120)

    async def _time_passes(self) -> None:
        for seconds in PAUSES:
            await self.sim.advance(seconds=seconds)
            await self.sim.settled(timeout=120)


async def _unfolds(story: Story) -> None:
    """Decide; what the moderator sees when the process dies is not what counts."""
    try:
        await story.unfolds()
    except Exception as error:  # noqa: BLE001 - a command that nobody answers any more
        story.read.append(repr(error))


def steps_by_chance(seed: int, most: int) -> Callable[[Cell], int]:
    """Return a step from 1 to ``most`` for each cell, always the same for a seed."""
    return lambda cell: random.Random(f"{seed} {cell}").randint(1, most)


def deaths_by_chance(seed: int) -> Callable[[Cell], Death]:
    """Return what becomes of a cell's request, always the same for a seed."""
    deaths = (Death.BEFORE, Death.UNHEARD)
    return lambda cell: random.Random(f"death {seed} {cell}").choice(deaths)
