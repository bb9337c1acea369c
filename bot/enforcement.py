"""Carries out cases: in order within a case, worst first among cases, on time, exactly once.

The path of a case stays on one page, which is why this file is long.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.activity import Activity
from bot.agenda import (
    ACTS,
    Intents,
    acts_on_sanctions,
    due,
    may_redact,
    may_update,
    notice_of,
    open_intents,
    overtaken,
    waits_to_tell,
)
from bot.execution import Execution
from bot.model.case import Case
from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentKind
from bot.model.sanction import SanctionKind
from bot.ports import Clock, Enforcer, Store
from bot.precedence import Precedence, Slots, precedence_of
from bot.sending import AT_A_TIME
from bot.settling import PAUSES, Settling
from bot.upholding import Upholding
from bot.wording import Wording

__all__ = ["AT_A_TIME", "PAUSES", "Enforcement"]

_log = structlog.get_logger(__name__)

REMOVED_TOGETHER = 5
"""Removals of one case under way at once; Discord takes about so many a second in a channel."""

ACTING = 8
"""Cases of a guild that act at once. Few, for what Discord makes wait cannot be overtaken by what
is worse; enough for several channels, each with its own limit. Chosen."""

TELLING = 8
"""Cases of a guild that tell at once: apart from what acts, for the log takes about a line a
second, and no removal is to wait for that. Chosen."""

FILES_FIRST = timedelta(seconds=10)
"""How long a removal waits for the post's files to be kept at most; chosen, not measured."""


@dataclass
class Enforcement:
    """Works through the intents of cases, in order within a case and many cases at a time.

    The order within a case: files are kept, then it is enforced, then the member is told, then
    moderators read what came of it; only a ban's notice goes first.

    Law: nothing is done twice; something is missing only where a case says so.
    """

    store: Store
    enforcer: Enforcer
    clock: Clock
    wording: Wording
    activity: Activity
    upholding: Upholding
    told_first: timedelta
    """How long a ban waits for its notice at most: afterwards Discord may not let it through."""
    _tasks: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _again: set[int] = field(default_factory=set)
    _slots: dict[tuple[int, str], Slots] = field(default_factory=dict)
    _waiting: dict[int, datetime] = field(default_factory=dict)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stumbles: Counter[int] = field(default_factory=Counter)
    _queued: dict[int, Slots] = field(default_factory=dict)
    _hastening: set[asyncio.Task[None]] = field(default_factory=set)
    _under_way: set[int] = field(default_factory=set)
    _called_off: set[tuple[int, int]] = field(default_factory=set)
    """Intents, by id and version, that may stand in lists read before they were dropped."""
    _stopping: bool = False

    def __post_init__(self) -> None:
        """Make what carries out single intents."""
        self._settling = Settling(self.store, self.clock, self._again.add)
        self._execution = Execution(
            self.store, self.enforcer, self.wording, self.upholding, self._settling
        )

    def carry_out(self, cases: Iterable[int]) -> None:
        """Begin to carry out what is unsettled in these cases; returns at once."""
        if self._stopping:
            return
        for case in cases:
            if case in self._tasks:
                self._again.add(case)
                if (slots := self._queued.get(case)) is not None:
                    self._spawn(self._hasten(case, slots))
                continue
            self.activity.begin()
            task = asyncio.create_task(self._work(case), name=f"case {case}")
            self._tasks[case] = task
            task.add_done_callback(partial(self._finished, case))

    def call_off(self, intents: Iterable[Intent]) -> frozenset[int]:
        """Begin none of these intents any more, as they are now; return those under way, by id."""
        wanted = tuple(intents)
        self._called_off.update((one.id, one.version) for one in wanted)
        return frozenset(one.id for one in wanted) & self._under_way

    def call_back(self, intents: Iterable[Intent]) -> None:
        """Let intents be begun again that were called off: what was to drop them has failed."""
        self._called_off.difference_update((one.id, one.version) for one in intents)

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

    def _finished(self, case: int, task: asyncio.Task[None]) -> None:
        del self._tasks[case]
        self.activity.end()
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a case could not be worked on", case=case, exc_info=error)
            pause = PAUSES[min(self._stumbles[case], len(PAUSES) - 1)]
            self._stumbles[case] += 1
            self._wait(case, self.clock.now() + pause)
        else:
            del self._stumbles[case]
        if case in self._again:
            self._again.discard(case)
            self.carry_out((case,))

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._hastening.add(task)
        task.add_done_callback(self._hastening.discard)

    def _wait(self, case: int, until: datetime) -> None:
        earlier = self._waiting.get(case)
        self._waiting[case] = until if earlier is None else min(until, earlier)
        self._wake.set()

    async def _work(self, case: int) -> None:
        intents = await self._intents(case)
        if any(one.kind in ACTS for one in due(intents, self.clock.now())):
            # What is bounded goes on in this group, and the case tells of it once it is over.
            async with asyncio.TaskGroup() as late, self._turn(case, "acting", ACTING):
                intents = await self._intents(case)
                await self._act(intents, late)
        if due(intents, self.clock.now()) or case in self._again:
            async with self._turn(case, "telling", TELLING):
                intents = await self._tell(case)
        now = self.clock.now()
        for intent in open_intents(intents):
            if intent.not_before > now:  # the others wait for one of these
                self._wait(case, intent.not_before)

    async def _act(self, intents: Intents, late: asyncio.TaskGroup) -> None:
        """Keep files, then remove posts and bring sanctions in and out of force."""
        files = [
            late.create_task(self._try(one, intents))
            for one in open_intents(intents, IntentKind.EVIDENCE)
        ]
        await self._until(files, FILES_FIRST)
        kinds = _kinds(await self._dossier(intents))
        at_once, bans = acts_on_sanctions(intents, kinds, self.clock.now())
        async with asyncio.TaskGroup() as group:
            group.create_task(self._remove(intents))
            for intent in at_once:
                await self._try(intent, intents)
            for intent in bans:
                if (notice := notice_of(intent.ruling, intents)) is not None:
                    told = late.create_task(self._try(notice, intents))
                    await self._until([told], self.told_first)
                await self._try(intent, intents)

    async def _tell(self, case: int) -> Intents:
        """Post again what was removed by mistake, tell the member, then moderators, then all."""
        intents = await self._intents(case)
        dossier = await self._dossier(intents)
        await self._try_all(IntentKind.RESTORE, intents)
        for intent in open_intents(intents, IntentKind.NOTICE):
            if not waits_to_tell(intent, intents, dossier, self.clock.now()):
                await self._try(intent, intents)
        await self._warn(intents, dossier)
        await self._try_all(IntentKind.LOG, intents)
        if open_intents(intents, IntentKind.LOG_EDIT) or case in self._again:
            intents = await self._intents(case)  # what was just done may want an update
            dossier = await self._dossier(intents)
        await self._update_lines(intents)
        for intent in open_intents(intents, IntentKind.PUBLIC_LOG):
            if not waits_to_tell(intent, intents, dossier, self.clock.now()):
                await self._try(intent, intents)
        for intent in open_intents(intents, IntentKind.REDACT):
            if may_redact(intent, intents):
                await self._try(intent, intents)
        return intents

    async def _warn(self, intents: Intents, dossier: Dossier | None) -> None:
        """Count warnings as in force once their notice is settled, also if it could not be sent."""
        kinds = _kinds(dossier)
        for intent in open_intents(intents, IntentKind.APPLY):
            warning = kinds.get(intent.sanction or 0) is SanctionKind.WARNING
            if warning and notice_of(intent.ruling, intents) is None:
                await self._try(intent, intents)

    async def _update_lines(self, intents: Intents) -> None:
        ready = may_update(intents)
        needless = list(overtaken(ready))
        words = "a later update says the same and more"
        for one in await self._settling.drop(needless, words):
            intents[one.id] = one
        gone = {one.id for one in needless}
        for intent in ready:
            if intent.id not in gone:
                await self._try(intent, intents)

    async def _remove(self, intents: Intents) -> None:
        """Carry out a case's removals, some at a time: they do not depend on each other."""
        removals = open_intents(intents, IntentKind.DELETE)
        for start in range(0, len(removals), REMOVED_TOGETHER):
            async with asyncio.TaskGroup() as group:
                for intent in removals[start : start + REMOVED_TOGETHER]:
                    group.create_task(self._try(intent, intents))

    async def _try_all(self, kind: IntentKind, intents: Intents) -> None:
        for intent in open_intents(intents, kind):
            await self._try(intent, intents)

    async def _try(self, intent: Intent, intents: Intents) -> None:
        """Carry out an intent whose time has come, and keep its next state among the others'."""
        called_off = (intent.id, intent.version) in self._called_off
        if called_off or intent.not_before > self.clock.now():
            return
        self._under_way.add(intent.id)
        try:
            intents[intent.id] = await self._execution.carry_out(intent, intents)
        finally:
            self._under_way.discard(intent.id)

    async def _until(self, tasks: list[asyncio.Task[None]], limit: timedelta) -> None:
        """Return once tasks are done, or once a time has passed; they go on."""
        if not tasks:
            return
        alarm = asyncio.create_task(self.clock.sleep_until(self.clock.now() + limit))
        left = set(tasks)
        try:
            while left and not alarm.done():
                await asyncio.wait({alarm, *left}, return_when=asyncio.FIRST_COMPLETED)
                left = {one for one in left if not one.done()}
        finally:
            alarm.cancel()

    @asynccontextmanager
    async def _turn(self, case: int, what: str, at_once: int) -> AsyncIterator[None]:
        """Wait until it is a case's turn among those of its guild."""
        held = await self.store.case(case)
        assert held is not None, "BUG: an intent without a case"
        slots = self._slots.setdefault((held.guild, what), Slots(at_once))
        self._queued[case] = slots
        async with slots.slot(await self._place(held)):
            self._queued.pop(case, None)
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

    async def _intents(self, case: int) -> Intents:
        return {one.id: one for one in await self.store.intents(case)}

    async def _dossier(self, intents: Intents) -> Dossier | None:
        """Return the whole case where a moderator has decided anything about it."""
        for one in intents.values():
            if one.ruling is not None or one.sanction is not None:
                return await self.store.dossier(one.case)
        return None


def _kinds(dossier: Dossier | None) -> dict[int, SanctionKind]:
    return {one.id: one.kind for one in (dossier.sanctions if dossier is not None else ())}
