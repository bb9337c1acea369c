"""The path of a case on one page: what is done about it, and who is told, in order."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.agenda import (
    Intents,
    acts_on_sanctions,
    comes_later,
    may_redact,
    may_update,
    notice_of,
    open_intents,
    overtaken,
    waits_to_tell,
)
from bot.execution import Execution
from bot.model.dossier import Dossier
from bot.model.guidelines import Guidelines
from bot.model.intent import Intent, IntentKind
from bot.model.sanction import SanctionKind
from bot.ports import Clock, Store
from bot.precedence import Precedence, Slots, precedence_of_removal
from bot.settling import Settling

REMOVED_TOGETHER = 5
"""Removals in one channel under way at once: Discord takes about so many a second there, and what
it makes wait cannot be overtaken any more by what is worse."""

FILES_FIRST = timedelta(seconds=10)
"""How long a removal waits for the post's files to be kept at most; chosen, not measured."""


@dataclass
class Casework:
    """Acts on cases and tells of them; the two may go on at once, also in one case.

    Laws: within a case files are kept, then it is enforced, then the member is told, then
    moderators read what came of it; only a ban's notice goes first. Lines come in the order of the
    decisions they are about. No intent is tried by two.
    """

    store: Store
    clock: Clock
    execution: Execution
    settling: Settling
    told_first: timedelta
    """How long a ban waits for its notice at most: afterwards Discord may not let it through."""
    guidelines: Guidelines
    _lanes: dict[int, Slots] = field(default_factory=dict)
    """Turns of removals, by channel."""
    _under_way: set[int] = field(default_factory=set)
    _called_off: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    """By case, intents by id and version that may stand in lists read before they were dropped."""

    async def act(self, case: int, late: asyncio.TaskGroup) -> None:
        """Keep files, then remove posts and bring sanctions in and out of force.

        Args:
            case: whose.
            late: where what is waited for no longer goes on.
        """
        intents = await self.intents(case)
        files = [
            late.create_task(self._try(one, intents))
            for one in open_intents(intents, IntentKind.EVIDENCE)
        ]
        await self._until(files, FILES_FIRST)
        kinds = _kinds(await self._dossier(intents))
        at_once, bans = acts_on_sanctions(intents, kinds, self.clock.now())
        async with asyncio.TaskGroup() as group:
            group.create_task(self._remove(case, intents))
            for intent in at_once:
                await self._try(intent, intents)
            for intent in bans:
                if (notice := notice_of(intent.ruling, intents)) is not None:
                    told = late.create_task(self._try(notice, intents))
                    await self._until([told], self.told_first)
                await self._try(intent, intents)

    async def tell(self, case: int) -> None:
        """Post again what was removed by mistake, tell the member, then moderators, then all."""
        intents = await self.intents(case)
        dossier = await self._dossier(intents)
        # A quote beside a post that stands would double it, and it needs the files that are kept.
        before = (IntentKind.DELETE, IntentKind.EVIDENCE)
        waiting = {one.message for kind in before for one in open_intents(intents, kind)}
        for intent in open_intents(intents, IntentKind.RESTORE):
            if intent.message not in waiting:
                await self._try(intent, intents)
        for intent in open_intents(intents, IntentKind.NOTICE):
            if not waits_to_tell(intent, intents, dossier, self.clock.now()):
                await self._try(intent, intents)
        await self._warn(intents, dossier)
        await self._write_lines(intents)
        intents = await self.intents(case)  # what was just done may want an update
        dossier = await self._dossier(intents)
        await self._update_lines(intents)
        for intent in open_intents(intents, IntentKind.PUBLIC_LOG):
            waits = waits_to_tell(intent, intents, dossier, self.clock.now())
            if not waits and not comes_later(intent, intents, dossier):
                await self._try(intent, intents)
        for intent in open_intents(intents, IntentKind.REDACT):
            if may_redact(intent, intents):
                await self._try(intent, intents)

    async def intents(self, case: int) -> Intents:
        """Return a case's intents as they stand."""
        return {one.id: one for one in await self.store.intents(case)}

    def call_off(self, intents: Iterable[Intent]) -> frozenset[int]:
        """Begin none of these intents any more, as they are now; return those under way, by id."""
        wanted = tuple(intents)
        for one in wanted:
            self._called_off.setdefault(one.case, set()).add((one.id, one.version))
        return frozenset(one.id for one in wanted) & self._under_way

    def call_back(self, intents: Iterable[Intent]) -> None:
        """Let intents be begun again that were called off: what was to drop them has failed."""
        for one in intents:
            known = self._called_off.get(one.case, set())
            known.discard((one.id, one.version))
            if not known:
                self._called_off.pop(one.case, None)

    async def begin(self, case: int) -> Intents:
        """Return a case's intents before it is acted on; what was dropped meanwhile is forgotten.

        No list that was read earlier is acted on by then: a case is acted on by one at a time.
        """
        intents = await self.intents(case)
        known = self._called_off.pop(case, set())
        left = {(one, version) for one, version in known if intents[one].version <= version}
        if left:
            self._called_off[case] = left
        return intents

    async def _warn(self, intents: Intents, dossier: Dossier | None) -> None:
        """Count warnings as in force once their notice is settled, also if it could not be sent."""
        kinds = _kinds(dossier)
        for intent in open_intents(intents, IntentKind.APPLY):
            warning = kinds.get(intent.sanction or 0) is SanctionKind.WARNING
            if warning and notice_of(intent.ruling, intents) is None:
                await self._try(intent, intents)

    async def _write_lines(self, intents: Intents) -> None:
        for intent in open_intents(intents, IntentKind.LOG):
            if not comes_later(intent, intents):
                await self._try(intent, intents)

    async def _update_lines(self, intents: Intents) -> None:
        ready = may_update(intents)
        needless = list(overtaken(ready))
        words = "a later update says the same and more"
        for one in await self.settling.drop(needless, words):
            intents[one.id] = one
        gone = {one.id for one in needless}
        for intent in ready:
            if intent.id not in gone:
                await self._try(intent, intents)

    async def _remove(self, case: int, intents: Intents) -> None:
        """Carry out a case's removals, each when it is its turn in its channel."""
        removals = open_intents(intents, IntentKind.DELETE)
        held = await self.store.case(case) if removals else None
        if held is None:
            return
        async with asyncio.TaskGroup() as group:
            for one in removals:
                place = precedence_of_removal(one, held, self.guidelines)
                group.create_task(self._remove_in_turn(one, place, intents))

    async def _remove_in_turn(self, intent: Intent, place: Precedence, intents: Intents) -> None:
        channel = intent.channel or 0
        lane = self._lanes.setdefault(channel, Slots(REMOVED_TOGETHER))
        async with lane.slot(place):
            await self._try(intent, intents)
        if lane.idle:
            self._lanes.pop(channel, None)

    async def _try(self, intent: Intent, intents: Intents) -> None:
        """Carry out an intent whose time has come, and keep its next state among the others'."""
        called_off = (intent.id, intent.version) in self._called_off.get(intent.case, ())
        if called_off or intent.not_before > self.clock.now() or intent.id in self._under_way:
            return
        self._under_way.add(intent.id)
        try:
            intents[intent.id] = await self.execution.carry_out(intent, intents)
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

    async def _dossier(self, intents: Intents) -> Dossier | None:
        """Return the whole case where a moderator has decided anything about it."""
        for one in intents.values():
            if one.ruling is not None or one.sanction is not None:
                return await self.store.dossier(one.case)
        return None


def _kinds(dossier: Dossier | None) -> dict[int, SanctionKind]:
    return {one.id: one.kind for one in (dossier.sanctions if dossier is not None else ())}
