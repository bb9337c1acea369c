"""What became of an attempt, committed: settled, put off, or given up, with all that follows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.agenda import REPEATED_SAFELY, UPHOLDS, Intents, notice_after_all, updates_of_log
from bot.corrections import owed
from bot.errors import StaleVersionError
from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentDraft, IntentKind, IntentState
from bot.model.sanction import Sanction, SanctionState
from bot.outlook import PAUSES, Outlook, given_up, outlook, overtaken, pause_after
from bot.ports import Clock, Delivery, Outcome, Store, Transaction
from bot.unfinished import owed as owed_rest
from bot.upholding import Upheld

_log = structlog.get_logger(__name__)

TRIES_TO_SETTLE = 5
"""How often a sanction that somebody else changes meanwhile is read again; chosen."""


@dataclass(frozen=True, slots=True)
class Settling:
    """Commits what became of intents.

    Law: what settles, what it calls for, and where a sanction stands then are one commit.
    """

    store: Store
    clock: Clock
    more: Callable[[int], None]
    """Told a case whose intents have become more."""

    async def mark(self, intent: Intent) -> Intent:
        """Commit that an intent is about to be tried, or was tried once more."""
        return await self.store.write(lambda tx: tx.attempt(intent, self.clock.now()))

    async def conclude(self, intent: Intent, outcome: Outcome) -> Intent:
        """Settle an intent as its outcome says, or put it off."""
        match outcome.delivery:
            case Delivery.DONE:
                done = replace(intent, result=outcome.result)
                return await self.settle(done, IntentState.DONE, outcome.words)
            case Delivery.REFUSED:
                return await self.settle(intent, IntentState.FAILED, outcome.words)
            case Delivery.UNCERTAIN | Delivery.LATER:
                return await self._postpone(intent, outcome)

    async def settle(self, intent: Intent, state: IntentState, words: str) -> Intent:
        """Settle an intent."""
        return await self._commit(replace(intent, state=state, outcome=words))

    async def drop(self, dropped: list[Intent], words: str) -> list[Intent]:
        """Settle, in one commit, what is not called for any more."""
        changed = [replace(one, state=IntentState.DROPPED, outcome=words) for one in dropped]

        async def work(tx: Transaction) -> list[Intent]:
            return [await tx.settle(one, self.clock.now()) for one in changed]

        return await self.store.write(work) if changed else []

    async def conclude_sanction(
        self, intent: Intent, sanction: Sanction, upheld: Upheld | None
    ) -> Intent:
        """Settle an intent about a sanction together with where the sanction stands then.

        Args:
            intent: as it was tried.
            sanction: as it was when it was tried.
            upheld: what came of it; None where there was nothing to do, or not yet.
        """
        if upheld is not None and upheld.outcome.delivery is not Delivery.DONE:
            counted = replace(intent, attempts=intent.attempts + 1)
            pause = pause_after(counted, upheld.outcome.delivery, sanction, self.clock.now())
            if pause is not None or upheld.outcome.delivery is not Delivery.REFUSED:
                intent = await self.mark(intent)
            if pause is not None:
                return await self._uphold_later(intent, upheld.outcome, pause)
        for _ in range(TRIES_TO_SETTLE):
            seen = outlook(intent, sanction, upheld, self.clock.now())
            if seen.again_at is not None:
                return await self._reschedule(intent, seen.again_at)
            try:
                return await self._commit(seen.intent, seen)
            except StaleVersionError:
                # A moderator changed the sanction while Discord was asked: what follows is theirs.
                found = await self.store.sanction(sanction.id)
                assert found is not None, "BUG: a sanction that is gone"
                if found == sanction:
                    raise
                sanction = found
        raise StaleVersionError(f"The sanction of {intent.key} does not stand still.")

    async def _reschedule(self, intent: Intent, until: datetime) -> Intent:
        return await self.store.write(lambda tx: tx.reschedule(intent, until))

    async def _postpone(self, intent: Intent, outcome: Outcome) -> Intent:
        if intent.kind in REPEATED_SAFELY:
            # Not marked before it was tried: counted here instead.
            intent = await self.mark(intent)
        if intent.attempts > len(PAUSES):
            state, words = given_up(intent, outcome)
            return await self.settle(intent, state, words)
        return await self._try_later(intent, outcome, PAUSES[intent.attempts - 1])

    async def _uphold_later(self, intent: Intent, outcome: Outcome, pause: timedelta) -> Intent:
        """Put off an intent about a sanction; lines that stand say so, once for each reason."""
        now = {one.id: one for one in await self.store.intents(intent.case)}
        await self.drop(overtaken(intent, now.values()), "a later one does the same")
        if intent.outcome == outcome.words:
            return await self._try_later(intent, outcome, pause)
        dossier = await self.store.dossier(intent.case)
        further = tuple(updates_of_log(intent, now, dossier))
        later = await self._try_later(intent, outcome, pause, further)
        if further:
            self.more(intent.case)
        return later

    async def _try_later(
        self,
        intent: Intent,
        outcome: Outcome,
        pause: timedelta,
        further: tuple[IntentDraft, ...] = (),
    ) -> Intent:
        _log.warning(
            "will be tried again", intent=intent.key, case=intent.case, words=outcome.words
        )

        async def work(tx: Transaction) -> Intent:
            at = self.clock.now()
            for one in further:
                await tx.add_intent(intent.case, one, at)
            return await tx.postpone(intent, at + pause, outcome.words)

        return await self.store.write(work)

    async def _commit(self, changed: Intent, seen: Outlook | None = None) -> Intent:
        if changed.state not in (IntentState.DONE, IntentState.DROPPED):
            _log.warning(
                "settled without success",
                intent=changed.key,
                case=changed.case,
                state=changed.state.value,
                words=changed.outcome,
            )
        now = {one.id: one for one in await self.store.intents(changed.case)}
        dossier = await self.store.dossier(changed.case) if _concerns_rulings(changed) else None
        further: list[IntentDraft] = [*updates_of_log(changed, now, dossier)]
        if seen is not None:
            further.extend(seen.further)
        further.extend(_notices(changed, seen, dossier, now))
        needless = seen.makes_needless(now.values()) if seen is not None else {}

        async def work(tx: Transaction) -> Intent:
            at = self.clock.now()
            for draft in further:
                await tx.add_intent(changed.case, draft, at)
            for one, words in needless.items():
                await tx.settle(replace(one, state=IntentState.DROPPED, outcome=words), at)
            if seen is not None:
                await seen.commit(tx, at)
            return await tx.settle(changed, at)

        settled = await self.store.write(work)
        if further:
            self.more(changed.case)
        return settled


def _concerns_rulings(changed: Intent) -> bool:
    """Whether what settles may call for more than the case's intents say."""
    if changed.kind in (IntentKind.DELETE, IntentKind.RESTORE):
        return changed.attempts > 0
    return changed.kind in UPHOLDS or (changed.kind is IntentKind.LOG and bool(changed.ruling))


def _notices(
    changed: Intent, seen: Outlook | None, dossier: Dossier | None, intents: Intents
) -> Iterator[IntentDraft]:
    """Yield what a member is to be told, now that something has settled.

    What was never told for it had not worked, how it stands where they were told of a part of it,
    and what did not come about though they were told of it.
    """
    if (after_all := notice_after_all(changed, intents)) is not None:
        yield after_all
    if dossier is None:
        return
    failed = seen.sanction if seen is not None and seen.state is SanctionState.FAILED else None
    if failed is not None and (correction := owed(failed, dossier, intents)) is not None:
        yield correction
    if (rest := owed_rest(changed, dossier, intents)) is not None:
        yield rest
