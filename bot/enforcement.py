"""Carries out intents exactly once: committed before they are tried, asked after when in doubt.

The path of an intent stays on one page, which is why this file is long.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.activity import Activity
from bot.agenda import (
    Intents,
    found_gone,
    notice_after_all,
    open_intents,
    removed_posts,
    update_of_log,
)
from bot.model.case import Case
from bot.model.intent import Intent, IntentKind, IntentState
from bot.ports import Clock, Delivery, Enforcer, Outcome, Store, Transaction
from bot.wording import Wording

_log = structlog.get_logger(__name__)

PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 3600, 3600, 7200, 14400)
)
"""Waits between attempts that did not go through, nine hours in all: chosen, not measured."""

AT_A_TIME = 3
"""Tries of a message without a pause, each with the same nonce and each looked for before the next:
Discord forgets a nonce after minutes, so that what is still on its way is never doubled. Chosen."""

REMOVED_TOGETHER = 5
"""Removals of one case under way at once; Discord takes about so many a second in a channel."""

AT_ONCE = 40
"""Cases worked on at the same time; Discord takes 50 requests a second (rate limits, docs)."""


@dataclass
class Enforcement:
    """Works through the intents of cases, in order within a case and many cases at a time.

    The order within a case: first enforced, then the member is told, then moderators read what came
    of it.

    Law: nothing is done twice; something is missing only where a case says so.
    """

    store: Store
    enforcer: Enforcer
    clock: Clock
    wording: Wording
    activity: Activity
    _tasks: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _again: set[int] = field(default_factory=set)
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _waiting: dict[int, datetime] = field(default_factory=dict)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stumbles: Counter[int] = field(default_factory=Counter)
    _stopping: bool = False

    def carry_out(self, cases: Iterable[int]) -> None:
        """Begin to carry out what is unsettled in these cases; returns at once."""
        if self._stopping:
            return
        for case in cases:
            if case in self._tasks:
                self._again.add(case)
                continue
            self.activity.begin()
            task = asyncio.create_task(self._work(case), name=f"case {case}")
            self._tasks[case] = task
            task.add_done_callback(partial(self._finished, case))

    async def reconcile(self) -> None:
        """Take up every intent that an earlier process left unsettled."""
        cases = dict.fromkeys(intent.case for intent in await self.store.unsettled())
        if cases:
            _log.info("taking up what was left undone", cases=len(cases))
        self.carry_out(cases)

    async def run(self) -> None:
        """Take up postponed intents when their time has come, until cancelled."""
        while True:
            self._wake.clear()
            due = min(self._waiting.values(), default=None)
            waits: list[asyncio.Task[object]] = [asyncio.create_task(self._wake.wait())]
            if due is not None:
                waits.append(asyncio.create_task(self.clock.sleep_until(due)))
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
        tasks = list(self._tasks.values())
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

    def _wait(self, case: int, until: datetime) -> None:
        earlier = self._waiting.get(case)
        self._waiting[case] = until if earlier is None else min(until, earlier)
        self._wake.set()

    async def _work(self, case_id: int) -> None:
        async with self._slots:
            intents = await self._intents(case_id)
            await self._remove(intents)
            if not open_intents(intents, IntentKind.DELETE):  # none of what still stands
                await self._try_all(IntentKind.NOTICE, intents)
            await self._try_all(IntentKind.LOG, intents)
            if open_intents(intents, IntentKind.LOG_EDIT) or case_id in self._again:
                intents = await self._intents(case_id)  # what was just done may want an update
            if not open_intents(intents, IntentKind.LOG):  # no update of no line
                await self._drop_overtaken(intents)
                await self._try_all(IntentKind.LOG_EDIT, intents)
            now = self.clock.now()
            for intent in open_intents(intents):
                if intent.not_before > now:  # the others wait for one of these
                    self._wait(case_id, intent.not_before)

    async def _intents(self, case_id: int) -> Intents:
        return {one.id: one for one in await self.store.intents(case_id)}

    async def _try_all(self, kind: IntentKind, intents: Intents) -> None:
        for intent in open_intents(intents, kind):
            await self._try(intent, intents)

    async def _remove(self, intents: Intents) -> None:
        """Carry out a case's removals, some at a time: they do not depend on each other."""
        removals = open_intents(intents, IntentKind.DELETE)
        for start in range(0, len(removals), REMOVED_TOGETHER):
            async with asyncio.TaskGroup() as group:
                for intent in removals[start : start + REMOVED_TOGETHER]:
                    group.create_task(self._try(intent, intents))

    async def _drop_overtaken(self, intents: Intents) -> None:
        """Settle, in one commit, all updates of the log's line that a later one makes needless."""
        overtaken = [
            replace(one, state=IntentState.DROPPED, outcome="a later update says the same and more")
            for one in open_intents(intents, IntentKind.LOG_EDIT)[:-1]
        ]

        async def work(tx: Transaction) -> list[Intent]:
            return [await tx.settle(one, self.clock.now()) for one in overtaken]

        if overtaken:
            intents.update((one.id, one) for one in await self.store.write(work))

    async def _try(self, intent: Intent, intents: Intents) -> None:
        """Carry out an intent whose time has come, and keep its next state among the others'."""
        if intent.not_before <= self.clock.now():
            intents[intent.id] = await self._carry_out(intent, intents)

    async def _carry_out(self, intent: Intent, intents: Intents) -> Intent:
        # A removal is not kept waiting for the case to be read: it says all that it needs.
        match intent.kind:
            case IntentKind.DELETE:
                return await self._conclude(intent, await self.enforcer.delete(intent), intents)
            case IntentKind.NOTICE:
                return await self._notice(intent, await self._case_of(intent), intents)
            case IntentKind.LOG:
                return await self._log_line(intent, await self._case_of(intent), intents)
            case IntentKind.LOG_EDIT:
                return await self._edit_log_line(intent, await self._case_of(intent), intents)

    async def _case_of(self, intent: Intent) -> Case:
        case = await self.store.case(intent.case)
        assert case is not None, "BUG: an intent without a case"
        return case

    async def _notice(self, intent: Intent, case: Case, intents: Intents) -> Intent:
        removed = removed_posts(case, intents, intent)
        if not removed:
            why = "not sent, because nothing was removed"
            return await self._settle(intent, IntentState.DROPPED, why, intents)
        ours = not found_gone(removed, intents)
        words = self.wording.notice(case, removed, intent.token, ours=ours)
        return await self._send(
            intent,
            intents,
            send=lambda current: self.enforcer.tell(current, case, words),
            find=lambda current: self.enforcer.find_notice(current, case),
        )

    async def _log_line(self, intent: Intent, case: Case, intents: Intents) -> Intent:
        words = self.wording.log_line(case, await self.store.intents(case.id), intent.token)
        return await self._send(
            intent,
            intents,
            send=lambda current: self.enforcer.log(current, words),
            find=self.enforcer.find_log,
        )

    async def _edit_log_line(self, intent: Intent, case: Case, intents: Intents) -> Intent:
        now = await self.store.intents(case.id)
        line = next((one for one in now if one.kind is IntentKind.LOG), None)
        if line is None or line.result is None:
            why = "there is no line in the log to bring up to date"
            return await self._settle(intent, IntentState.DROPPED, why, intents)
        text = self.wording.log_line(case, now, line.token)
        outcome = await self.enforcer.edit_log(intent, line.result, text)
        return await self._conclude(intent, outcome, intents)

    async def _send(
        self,
        intent: Intent,
        intents: Intents,
        *,
        send: Callable[[Intent], Awaitable[Outcome]],
        find: Callable[[Intent], Awaitable[Outcome]],
    ) -> Intent:
        """Send a message once: after any doubt, look for it before sending it again."""
        if intent.state is IntentState.ATTEMPTED:
            seen = await find(intent)
            if seen.delivery is Delivery.REFUSED:
                words = f"{seen.words}; whether it arrived is not known, so it is not sent again"
                return await self._settle(intent, IntentState.UNKNOWN, words, intents)
            if seen.delivery is Delivery.DONE:
                return await self._conclude(intent, seen, intents)
            if seen.delivery is Delivery.UNCERTAIN:
                return await self._conclude(await self._count(intent), seen, intents)
        current = await self._count(intent)
        for _ in range(AT_A_TIME):
            outcome = await send(current)
            if outcome.delivery is not Delivery.UNCERTAIN:
                break
            seen = await find(current)
            if seen.delivery is Delivery.DONE:
                outcome = seen
            if seen.delivery is not Delivery.LATER:
                break
        return await self._conclude(current, outcome, intents)

    async def _conclude(self, intent: Intent, outcome: Outcome, intents: Intents) -> Intent:
        words = outcome.words
        match outcome.delivery:
            case Delivery.DONE:
                done = replace(intent, result=outcome.result)
                return await self._settle(done, IntentState.DONE, words, intents)
            case Delivery.REFUSED:
                return await self._settle(intent, IntentState.FAILED, words, intents)
            case Delivery.UNCERTAIN | Delivery.LATER:
                return await self._postpone(intent, outcome, intents)

    async def _count(self, intent: Intent) -> Intent:
        return await self.store.write(lambda tx: tx.attempt(intent, self.clock.now()))

    async def _postpone(self, intent: Intent, outcome: Outcome, intents: Intents) -> Intent:
        if intent.kind in (IntentKind.DELETE, IntentKind.LOG_EDIT):
            # Safely repeated, hence not marked before they are tried: counted here instead.
            intent = await self._count(intent)
        tried = intent.attempts
        if tried > len(PAUSES):
            words = f"given up after {tried} attempts: {outcome.words}"
            state = (
                IntentState.UNKNOWN
                if outcome.delivery is Delivery.UNCERTAIN
                else IntentState.FAILED
            )
            return await self._settle(intent, state, words, intents)
        until = self.clock.now() + PAUSES[tried - 1]
        _log.warning(
            "will be tried again", intent=intent.key, case=intent.case, words=outcome.words
        )
        return await self.store.write(lambda tx: tx.postpone(intent, until, outcome.words))

    async def _settle(
        self, intent: Intent, state: IntentState, words: str, intents: Intents
    ) -> Intent:
        if state not in (IntentState.DONE, IntentState.DROPPED):
            _log.warning(
                "settled without success",
                intent=intent.key,
                case=intent.case,
                state=state.value,
                words=words,
            )
        changed = replace(intent, state=state, outcome=words)
        wanted = (notice_after_all(changed, intents), update_of_log(intent, intents))
        further = [one for one in wanted if one is not None]

        async def work(tx: Transaction) -> Intent:
            for one in further:
                await tx.add_intent(intent.case, one, self.clock.now())
            return await tx.settle(changed, self.clock.now())

        settled = await self.store.write(work)
        if further:
            self._again.add(intent.case)
        return settled
