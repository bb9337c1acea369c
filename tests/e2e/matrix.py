"""Lives through many cells at once: by one bot, each in a guild of its own, on one clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.model.dossier import Dossier
from bot.model.intent import SETTLED, IntentState
from bot.model.sanction import SanctionState
from bot.ports import Store
from bot.sandbox import Simulation
from tests.e2e.bot_process import BotProcess
from tests.e2e.cells import Cell, Kind, Operation
from tests.e2e.court import Court
from tests.e2e.ordering import Subject
from tests.e2e.platform import SECRET, Platform
from tests.e2e.story import Story, together
from tests.e2e.town import opened
from tests.e2e.whose import Whose

PAUSES = (6, 31, 121, 601)
"""Seconds that pass so that what was put off is tried again; a little more than the pauses of
``bot.execution`` at their beginning."""

PATIENCE = 0.1
"""Days after which what Discord refused several times is tried again at the latest."""

STATES = {
    Operation.APPLY: SanctionState.ACTIVE,
    Operation.EXPIRE: SanctionState.EXPIRED,
    Operation.LIFT: SanctionState.LIFTED,
    Operation.VOID: SanctionState.VOIDED,
}


@dataclass(repr=False)
class Matrix:
    """A simulated Discord, the platform and a bot that knows all guilds of the cells."""

    sim: Simulation
    platform: Platform
    bot: BotProcess
    stories: dict[Cell, Story]

    @classmethod
    async def build(
        cls, sim: Simulation, platform: Platform, folder: Path, cells: Iterable[Cell]
    ) -> "Matrix":
        """Make a guild and a member for each cell, and start the bot."""
        sim.world.interactions.answer_seconds = 30  # many cells share two processors
        bot = bot_of(sim, platform, folder)
        whose = Whose(sim.world)
        stories: dict[Cell, Story] = {}
        async with opened(bot.database) as store:
            for cell in cells:
                court = await Court.build(sim, f"Court {len(stories)}")
                subject = await Subject.of(court, platform)
                whose.lives(subject.member.id, court.guild.id)
                stories[cell] = Story(sim, platform, whose, cell, court, subject)
                await court.settle_in(store, sim)
        await bot.start()
        return cls(sim, platform, bot, stories)

    async def lives(self) -> None:
        """Live through all cells: those that wait for an end first, for they move the clock far."""
        ending = [one for one in self.stories.values() if one.cell.operation is Operation.EXPIRE]
        others = [one for one in self.stories.values() if one not in ending]
        await self._ends(ending)
        await self._acts(others)
        self.sim.faults.clear()
        await self.bot.stop()
        async with opened(self.bot.database) as store:
            for story in self.stories.values():
                story.wrong.extend(await remembered_wrongly(store, story))

    async def _acts(self, stories: Sequence[Story]) -> None:
        await self._step(stories, "begins")
        await self._step(stories, "is_hindered")
        await self._step(stories, "unfolds")
        await self._time_passes()
        await self._step(stories, "is_mended")
        await self._days(PATIENCE)
        await self._step(stories, "settles_in")
        await self._time_passes()
        await self._step(stories, "is_seen")

    async def _ends(self, stories: Sequence[Story]) -> None:
        long = [one for one in stories if one.cell.kind is Kind.LONG_TIMEOUT]
        others = [one for one in stories if one not in long]
        if not stories:
            return
        await self._step(stories, "begins")
        await self._step(stories, "is_hindered")
        await self._days(20.01)
        await self._days(6.2)  # to the renewal of what lasts longer than Discord's 28 days
        await self._step(long, "is_mended")
        await self._days(1.8)
        await self._step(long, "goes_on")
        await self._days(2.1)  # to the end of what lasts 30 days
        await self._step(others, "is_mended")
        await self._days(1.1)
        await self._days(9)
        await self._step(stories, "settles_in")
        await self._time_passes()
        await self._step(stories, "is_seen")

    async def _step(self, stories: Sequence[Story], step: str) -> None:
        await together(stories, step)
        await self.sim.settled(timeout=120)

    async def _days(self, days: float) -> None:
        await self.sim.advance(days=days)
        await self.sim.settled(timeout=120)
        await self._time_passes()

    async def _time_passes(self) -> None:
        for seconds in PAUSES:
            await self.sim.advance(seconds=seconds)
            await self.sim.settled(timeout=120)


def bot_of(sim: Simulation, platform: Platform, folder: Path) -> BotProcess:
    """Return a process that refers members to the platform."""
    more = {"REFERRAL_URL": platform.url, "REFERRAL_SECRET": f'"{SECRET}"'}
    return BotProcess(sim, folder, more)


async def remembered_wrongly(store: Store, story: Story) -> list[str]:
    """Return what the database says otherwise than it should, once the bot has stopped."""
    if not story.numbers:
        return ["there is no case"]
    dossier = await store.dossier_numbered(story.court.guild.id, story.numbers[-1])
    assert dossier is not None, "a case that was named"
    return [*_states(dossier, story.cell), *_intents(dossier, story)]


def _states(dossier: Dossier, cell: Cell) -> list[str]:
    found = [one.state for one in dossier.sanctions]
    expected = [] if cell.kind is Kind.POST else [STATES[cell.operation]]
    return [] if found == expected else [f"sanctions are {found}, not {expected}"]


def _intents(dossier: Dossier, story: Story) -> list[str]:
    now = story.sim.clock.now()
    wrong = [
        f"{one.key} is still {one.state}: {one.outcome}"
        for one in dossier.intents
        if one.state not in SETTLED and one.not_before <= now
    ]
    end = story.expected
    troubled = end.trouble is not None or end.perhaps_untold or end.told_late
    wrong.extend(
        f"{one.key} is {one.state}: {one.outcome}"
        for one in dossier.intents
        if one.state is IntentState.UNKNOWN or (one.state is IntentState.FAILED and not troubled)
    )
    return wrong
