"""Carries out intents exactly once: committed before they are tried, asked after when in doubt."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.activity import Activity
from bot.model.action import Action
from bot.model.case import Case
from bot.model.intent import SETTLED, Intent, IntentDraft, IntentKind, IntentState
from bot.ports import Clock, Delivery, Enforcer, Outcome, Store, Transaction
from bot.wording import Wording

_log = structlog.get_logger(__name__)

_ORDER = {
    IntentKind.DELETE: 0,
    IntentKind.NOTICE: 1,
    IntentKind.LOG: 2,
    IntentKind.LOG_EDIT: 3,
}
"""Within a case: first enforced, then the member is told, then moderators read what came of it."""

_WAITS_FOR = {IntentKind.NOTICE: IntentKind.DELETE, IntentKind.LOG_EDIT: IntentKind.LOG}
"""What must have ended first: no notice of a post that still stands, no update of no line."""

PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 3600, 3600, 7200, 14400)
)
"""Waits between attempts that did not go through, nine hours in all: chosen, not measured."""

AT_A_TIME = 3
"""Tries of a message without a pause, each with the same nonce and each looked for before the next:
Discord forgets a nonce after minutes, so that what is still on its way is never doubled. Chosen."""

AT_ONCE = 40
"""Cases worked on at the same time; Discord takes 50 requests a second (rate limits, docs)."""


@dataclass
class Enforcement:
    """Works through the intents of cases, in order within a case and many cases at a time.

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
            intents = sorted(
                await self.store.intents(case_id), key=lambda one: (_ORDER[one.kind], one.id)
            )
            stuck: set[IntentKind] = set()
            for intent in intents:
                if intent.state in SETTLED or _WAITS_FOR.get(intent.kind) in stuck:
                    continue
                if intent.not_before <= self.clock.now():
                    intent = await self._carry_out(intent)  # noqa: PLW2901 - its next state
                if intent.state not in SETTLED:
                    self._wait(case_id, intent.not_before)
                    stuck.add(intent.kind)

    async def _carry_out(self, intent: Intent) -> Intent:
        # A removal is not kept waiting for the case to be read: it says all that it needs.
        match intent.kind:
            case IntentKind.DELETE:
                return await self._conclude(intent, await self.enforcer.delete(intent))
            case IntentKind.NOTICE:
                return await self._notice(intent, await self._case_of(intent))
            case IntentKind.LOG:
                return await self._log_line(intent, await self._case_of(intent))
            case IntentKind.LOG_EDIT:
                return await self._edit_log_line(intent, await self._case_of(intent))

    async def _case_of(self, intent: Intent) -> Case:
        case = await self.store.case(intent.case)
        assert case is not None, "BUG: an intent without a case"
        return case

    async def _notice(self, intent: Intent, case: Case) -> Intent:
        removed = await self._removed(case)
        if not removed:
            return await self._drop(intent, "not sent, because nothing was removed")
        words = self.wording.notice(case, removed, intent.token)
        return await self._send(
            intent,
            send=lambda current: self.enforcer.tell(current, case, words),
            find=lambda current: self.enforcer.find_notice(current, case),
        )

    async def _log_line(self, intent: Intent, case: Case) -> Intent:
        words = self.wording.log_line(case, await self.store.intents(case.id), intent.token)
        return await self._send(
            intent,
            send=lambda current: self.enforcer.log(current, words),
            find=self.enforcer.find_log,
        )

    async def _edit_log_line(self, intent: Intent, case: Case) -> Intent:
        intents = await self.store.intents(case.id)
        line = next((one for one in intents if one.kind is IntentKind.LOG), None)
        if line is None or line.result is None:
            return await self._drop(intent, "there is no line in the log to bring up to date")
        if any(one.kind is IntentKind.LOG_EDIT and one.id > intent.id for one in intents):
            return await self._drop(intent, "a later update says the same and more")
        words = self.wording.log_line(case, intents, line.token)
        outcome = await self.enforcer.edit_log(intent, line.result, words)
        return await self._conclude(intent, outcome)

    async def _send(
        self,
        intent: Intent,
        *,
        send: Callable[[Intent], Awaitable[Outcome]],
        find: Callable[[Intent], Awaitable[Outcome]],
    ) -> Intent:
        """Send a message once: after any doubt, look for it before sending it again."""
        if intent.state is IntentState.ATTEMPTED:
            seen = await find(intent)
            if seen.delivery is Delivery.REFUSED:
                words = f"{seen.words}; whether it arrived is not known, so it is not sent again"
                return await self._settle(intent, IntentState.UNKNOWN, words)
            if seen.delivery is Delivery.DONE:
                return await self._conclude(intent, seen)
            if seen.delivery is Delivery.UNCERTAIN:
                return await self._conclude(await self._count(intent), seen)
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
        return await self._conclude(current, outcome)

    async def _conclude(self, intent: Intent, outcome: Outcome) -> Intent:
        match outcome.delivery:
            case Delivery.DONE:
                return await self._settle(intent, IntentState.DONE, outcome.words, outcome.result)
            case Delivery.REFUSED:
                return await self._settle(intent, IntentState.FAILED, outcome.words)
            case Delivery.UNCERTAIN | Delivery.LATER:
                return await self._postpone(intent, outcome)

    async def _count(self, intent: Intent) -> Intent:
        return await self.store.write(lambda tx: tx.attempt(intent, self.clock.now()))

    async def _postpone(self, intent: Intent, outcome: Outcome) -> Intent:
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
            return await self._settle(intent, state, words)
        until = self.clock.now() + PAUSES[tried - 1]
        _log.warning(
            "will be tried again", intent=intent.key, case=intent.case, words=outcome.words
        )
        return await self.store.write(lambda tx: tx.postpone(intent, until, outcome.words))

    async def _drop(self, intent: Intent, words: str) -> Intent:
        return await self._settle(intent, IntentState.DROPPED, words)

    async def _settle(
        self, intent: Intent, state: IntentState, words: str, result: int | None = None
    ) -> Intent:
        if state is not IntentState.DONE:
            _log.warning(
                "settled without success",
                intent=intent.key,
                case=intent.case,
                state=state.value,
                words=words,
            )
        changed = replace(intent, state=state, outcome=words, result=result)
        update = await self._update_of_log(intent)

        async def work(tx: Transaction) -> Intent:
            if update is not None:
                await tx.add_intent(intent.case, update, self.clock.now())
            return await tx.settle(changed, self.clock.now())

        settled = await self.store.write(work)
        if update is not None:
            self._again.add(intent.case)
        return settled

    async def _update_of_log(self, intent: Intent) -> IntentDraft | None:
        """Return the update a line of the log needs when something settles after it was written."""
        if intent.kind not in (IntentKind.DELETE, IntentKind.NOTICE):
            return None
        for other in await self.store.intents(intent.case):
            # Also a line that may have arrived: what it says was true when it was attempted.
            written = other.state in (IntentState.DONE, IntentState.ATTEMPTED)
            if other.kind is IntentKind.LOG and written:
                return IntentDraft(IntentKind.LOG_EDIT, f"log-edit:{intent.key}")
        return None

    async def _removed(self, case: Case) -> frozenset[int]:
        """Return the posts of a case that are gone from Discord by our doing."""
        deletes = {
            intent.message
            for intent in await self.store.intents(case.id)
            if intent.kind is IntentKind.DELETE and intent.state is IntentState.DONE
        }
        return frozenset(
            post.message
            for post in case.posts
            if post.action is Action.REMOVE and post.message in deletes
        )
