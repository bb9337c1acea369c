"""Carries out cases: many at a time, worst first, on time, and each intent exactly once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

import structlog

from bot.activity import Activity
from bot.agenda import ACTS, due, open_intents
from bot.casework import FILES_FIRST, REMOVED_TOGETHER, Casework
from bot.errors import StaleVersionError
from bot.execution import Execution
from bot.model.case import Case
from bot.model.intent import Intent, IntentKind
from bot.outlook import PAUSES
from bot.ports import Clock, Enforcer, Store
from bot.precedence import Precedence, Slots, precedence_of
from bot.sending import AT_A_TIME
from bot.settling import Settling
from bot.upholding import Upholding
from bot.wording import Wording

__all__ = ["AT_A_TIME", "FILES_FIRST", "PAUSES", "REMOVED_TOGETHER", "Enforcement"]

_log = structlog.get_logger(__name__)

ACTING = 40
"""Cases of a guild that act at once; removals wait for each other in their channels as well.
Discord takes 50 requests a second (its documentation, "Rate Limits")."""

TELLING = 8
"""Cases of a guild that tell at once: apart from what acts, for the log takes about a line a
second, and no removal is to wait for that. Chosen."""


class Phase(StrEnum):
    """What is done about a case at a time; a case may be in both phases at once."""

    ACTING = "acting"
    TELLING = "telling"


AT_ONCE = {Phase.ACTING: ACTING, Phase.TELLING: TELLING}


@dataclass
class Enforcement:
    """Works through the intents of cases; what is to be done goes before what is to be told.

    Laws: nothing is done twice; something is missing only where a case says so; of the cases that
    wait for their turn the worst comes next.
    """

    store: Store
    enforcer: Enforcer
    clock: Clock
    wording: Wording
    activity: Activity
    upholding: Upholding
    told_first: timedelta
    """How long a ban waits for its notice at most: afterwards Discord may not let it through."""
    _tasks: dict[tuple[int, Phase], asyncio.Task[None]] = field(default_factory=dict)
    _again: set[tuple[int, Phase]] = field(default_factory=set)
    _slots: dict[tuple[int, Phase, bool], Slots] = field(default_factory=dict)
    """By guild and phase, apart for what moderators ordered: that waits for nothing automatic."""
    _waiting: dict[int, datetime] = field(default_factory=dict)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stumbles: Counter[int] = field(default_factory=Counter)
    _queued: dict[tuple[int, Phase], Slots] = field(default_factory=dict)
    _hastening: set[asyncio.Task[None]] = field(default_factory=set)
    _stopping: bool = False

    def __post_init__(self) -> None:
        """Make what carries out single intents."""
        settling = Settling(self.store, self.clock, self._grown)
        execution = Execution(self.store, self.enforcer, self.wording, self.upholding, settling)
        self._casework = Casework(
            self.store,
            self.clock,
            execution,
            settling,
            self.told_first,
            self.wording.guidelines,
        )

    def carry_out(self, cases: Iterable[int]) -> None:
        """Begin to carry out what is unsettled in these cases; returns at once."""
        for case in cases:
            for phase in Phase:  # what waits for its turn may count for more by now
                if (slots := self._queued.get((case, phase))) is not None and not self._stopping:
                    self._spawn(self._hasten(case, slots))
            self._begin(case, Phase.ACTING)

    def call_off(self, intents: Iterable[Intent]) -> frozenset[int]:
        """Begin none of these intents any more, as they are now; return those under way, by id."""
        return self._casework.call_off(intents)

    def call_back(self, intents: Iterable[Intent]) -> None:
        """Let intents be begun again that were called off: what was to drop them has failed."""
        self._casework.call_back(intents)

    async def reconcile(self) -> None:
        """Take up every intent that an earlier process left unsettled, each at its time."""
        now = self.clock.now()
        begins: dict[int, datetime] = {}
        for intent in await self.store.unsettled():
            begins[intent.case] = min(begins.get(intent.case, intent.not_before), intent.not_before)
        cases = [case for case, moment in begins.items() if moment <= now]
        if begins:
            later = len(begins) - len(cases)
            _log.info("taking up what was left undone", cases=len(cases), later=later)
        for case, moment in begins.items():
            if moment > now:
                self._wait(case, moment)
        self.carry_out(cases)

    async def run(self) -> None:
        """Take up postponed and scheduled intents when their time has come, until cancelled."""
        while True:
            self._wake.clear()
            first = min(self._waiting.values(), default=None)
            waits: list[asyncio.Task[object]] = [asyncio.create_task(self._wake.wait())]
            if first is not None:
                waits.append(asyncio.create_task(self.clock.sleep_until(first)))
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
            now = self.clock.now()
            ready = [case for case, moment in self._waiting.items() if moment <= now]
            for case in ready:
                del self._waiting[case]
            self.carry_out(ready)

    async def stop(self) -> None:
        """Begin nothing new, and cancel what is still under way; it stays as intents."""
        self._stopping = True
        tasks = [*self._tasks.values(), *self._hastening]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, case: int, phase: Phase) -> None:
        if self._stopping:
            return
        if (case, phase) in self._tasks:
            self._again.add((case, phase))
            return
        self.activity.begin()
        work = self._act(case) if phase is Phase.ACTING else self._tell(case)
        task = asyncio.create_task(work, name=f"case {case}, {phase}")
        self._tasks[case, phase] = task
        task.add_done_callback(partial(self._finished, case, phase))

    def _finished(self, case: int, phase: Phase, task: asyncio.Task[None]) -> None:
        del self._tasks[case, phase]
        self._queued.pop((case, phase), None)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._stumbled(case, phase, error)
        else:
            del self._stumbles[case]
        if (case, phase) in self._again:
            self._again.discard((case, phase))
            self._begin(case, phase)
        if phase is Phase.ACTING and error is None:
            self._begin(case, Phase.TELLING)
        self.activity.end()

    def _stumbled(self, case: int, phase: Phase, error: BaseException) -> None:
        self._stumbles[case] += 1
        stumbles = self._stumbles[case]
        if _is_stale(error) and stumbles < len(PAUSES):
            _log.info("a case has changed while it was worked on", case=case)
            self._again.add((case, phase))  # somebody else decided meanwhile: it is read anew
            return
        _log.error("a case could not be worked on", case=case, exc_info=error)
        self._wait(case, self.clock.now() + PAUSES[min(stumbles, len(PAUSES)) - 1])

    def _grown(self, case: int) -> None:
        """Tell of a case once more whose intents have become more, if it is being told of now."""
        if (case, Phase.TELLING) in self._tasks:
            self._again.add((case, Phase.TELLING))

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._hastening.add(task)
        task.add_done_callback(self._hastening.discard)

    def _wait(self, case: int, until: datetime) -> None:
        earlier = self._waiting.get(case)
        self._waiting[case] = until if earlier is None else min(until, earlier)
        self._wake.set()

    async def _act(self, case: int) -> None:
        began = self.clock.now()
        if any(one.kind in ACTS for one in due(await self._casework.begin(case), began)):
            # What is bounded goes on in this group, and the case tells of it once it is over.
            async with asyncio.TaskGroup() as late, self._turn(case, Phase.ACTING):
                await self._casework.act(case, late)
            await self._wait_for_later(case, began)

    async def _tell(self, case: int) -> None:
        began = self.clock.now()
        if any(
            one.kind not in ACTS or one.kind is IntentKind.APPLY for one in await self._due(case)
        ):
            async with self._turn(case, Phase.TELLING):
                await self._casework.tell(case)
        await self._wait_for_later(case, began)

    async def _wait_for_later(self, case: int, began: datetime) -> None:
        """Wait for what was not due when a pass began; the others wait for one of these.

        Also for what has become due since: put off for a little by that pass, which took longer.
        """
        for intent in open_intents(await self._casework.intents(case)):
            if intent.not_before > began:
                self._wait(case, intent.not_before)

    async def _due(self, case: int) -> list[Intent]:
        return due(await self._casework.intents(case), self.clock.now())

    @asynccontextmanager
    async def _turn(self, case: int, phase: Phase) -> AsyncIterator[None]:
        """Wait until it is a case's turn among those of its guild."""
        held = await self.store.case(case)
        assert held is not None, "BUG: an intent without a case"
        ordered = any(one.ruling is not None for one in await self._due(case))
        slots = self._slots.setdefault((held.guild, phase, ordered), Slots(AT_ONCE[phase]))
        self._queued[case, phase] = slots
        async with slots.slot(await self._place(held)):
            self._queued.pop((case, phase), None)
            yield

    async def _place(self, case: Case) -> Precedence:
        intents = await self.store.intents(case.id)
        return precedence_of(case, intents, self.wording.guidelines, self.clock.now())

    async def _hasten(self, case: int, slots: Slots) -> None:
        """Give a case that waits for its turn the place that it has by now."""
        with self.activity.work():
            held = await self.store.case(case)
            if held is not None:
                slots.hasten(await self._place(held))


def _is_stale(error: BaseException) -> bool:
    """Whether all that went wrong is that something has changed since it was read."""
    if isinstance(error, BaseExceptionGroup):
        return error.split(StaleVersionError)[1] is None
    return isinstance(error, StaleVersionError)
