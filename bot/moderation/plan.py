"""A change to a case as it will be committed: the ruling, and what it asks of Discord."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model.case import CasePost
from bot.model.community import Community
from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentDraft, IntentState
from bot.model.ruling import RULE, Telling
from bot.model.sanction import Sanction
from bot.moderation import effects
from bot.moderation.carrying import Carrying
from bot.ports import Ruled, RulingDraft, Store, Transaction


@dataclass(frozen=True, slots=True)
class Plan:
    """A change that may be made to a case, and what follows from it."""

    draft: RulingDraft
    telling: Telling
    """What the member will read, where they are told."""
    dossier: Dossier
    """The case as it was read."""
    ended: tuple[Sanction, ...] = ()
    """Sanctions taken out of force at once."""
    moved: tuple[tuple[Sanction, datetime | None], ...] = ()
    """Sanctions with the end they have from now on."""
    given_back: tuple[CasePost, ...] = ()
    """Posts that are posted again, as quotes."""
    dropped: tuple[Intent, ...] = ()
    """What is not called for any more and was never tried."""
    rescheduled: tuple[tuple[Intent, datetime], ...] = ()

    async def carry_out(
        self,
        store: Store,
        community: Community,
        carrying: Carrying,
        also: Callable[[Transaction], Awaitable[None]] | None = None,
    ) -> Ruled | None:
        """Commit the change; None where a removal it takes back is being carried out just now.

        Args:
            store: where it is committed.
            community: names the logs, and the boards where a private thread can be opened.
            carrying: is told what is not to be begun.
            also: written in the same transaction; None for nothing.

        Raises:
            StaleVersionError: if the case, or what waits in it, has changed since it was read.
        """
        if carrying.call_off(self.dropped):
            carrying.call_back(self.dropped)
            return None

        async def work(tx: Transaction) -> Ruled:
            if also is not None:
                await also(tx)
            return await self.commit(tx, community)

        try:
            return await store.write(work)
        except BaseException:
            carrying.call_back(self.dropped)
            carrying.carry_out((self.dossier.case.id,))
            raise

    async def commit(self, tx: Transaction, community: Community) -> Ruled:
        """Commit the change with all that it asks of Discord.

        Raises:
            StaleVersionError: if the case, or what waits in it, has changed since it was read.
        """
        ruled = await tx.rule(self.draft)
        if ruled.repeated:
            return ruled
        for one in self.dropped:
            why = "no longer called for: a moderator changed the case"
            gone = replace(one, state=IntentState.DROPPED, outcome=why)
            await tx.settle(gone, self.draft.at)
        for one, moment in self.rescheduled:
            await tx.reschedule(one, moment)
        for draft in self.intents(ruled.ruling, community):
            await tx.add_intent(ruled.case, draft, self.draft.at)
        return ruled

    def intents(self, ruling: int, community: Community) -> Iterator[IntentDraft]:
        """Yield what is asked of Discord under the ruling that the change was committed as."""
        known = self.dossier.intents
        for one in self.ended:
            if (ending := effects.end_now(one, ruling, known)) is not None:
                yield ending
        for one, until in self.moved:
            if until is not None and effects.pending_end(one, known) is None:
                yield replace(effects.end_later(one, ruling, known), not_before=until)
            yield effects.keep(one, ruling)
        for post in self.given_back:
            yield effects.restore(post, ruling)
        if any(one.what == RULE for one in self.draft.changes):
            yield from effects.unshown(self.draft, self.dossier)
        place = effects.place_of(self.dossier.case.posts, community)
        yield from effects.of_telling(self.draft, ruling, community, self.dossier, place)
