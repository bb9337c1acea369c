"""The one door for what moderators decide: a proposal first, then one ruling, carried out once."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.errors import StaleVersionError
from bot.model.case import CasePost
from bot.model.dossier import Dossier
from bot.model.order import (
    Amendment,
    AmendmentOrder,
    Carried,
    Order,
    Proposal,
    Refusal,
    Suggestion,
)
from bot.model.ruling import RulingKind
from bot.model.sanction import Sanction
from bot.model.standing import Standing
from bot.moderation import amending, effects, proposing
from bot.moderation.carrying import Carrying
from bot.moderation.deciding import NOT_SET_UP, Decision, board_at, decide
from bot.moderation.mass import FREE, UNDOING, too_many
from bot.moderation.matter import history
from bot.moderation.others import Earlier, decided, meanwhile
from bot.moderation.plan import Plan
from bot.moderation.setting import Setting
from bot.moderation.together import beside
from bot.policy.ladder import propose
from bot.ports import Ruled, Transaction

ATTEMPTS = 5
"""How often an order is examined anew when its case changes meanwhile; chosen, not measured."""

_UNDER_WAY = (
    "A post of {case} is being removed at this very moment; please try again in a few seconds."
)

_STANDS_BESIDE = (
    "{case} was decided together with it and stands: {what}. If that was wrong too, please void "
    "{case} as well."
)

_CHANGING = "The case keeps changing at this moment; please try again."


class Moderation:
    """Takes moderators' orders, and answers with what will happen, what began, or why not.

    Laws: nothing is changed by a proposal or a refusal; an order's key makes it happen once; every
    check of a proposal is made again at the moment an order is carried out; of two moderators who
    decide the same matter at once, or change it, the second is told what the first did, and whoever
    does the very same twice within a minute is told so; what is not as the ladder
    proposes says why.
    """

    def __init__(self, setting: Setting, carrying: Carrying) -> None:
        """Take what it decides with.

        Args:
            setting: store, time, guidelines and numbers.
            carrying: told the cases there is something to do about, once they are committed.
        """
        self._setting = setting
        self._store = setting.store
        self._carrying = carrying
        # One process a database: whoever holds a server's turn sees all that was decided before.
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def refers(self) -> bool:
        """Whether a referral to the platform may be ordered; off unless its address is set."""
        return self._setting.refers

    async def propose(self, order: Order, standing: Standing) -> Proposal | Refusal:
        """Return what an order would do, or why it may not be; changes nothing.

        Args:
            order: what is asked for.
            standing: who asks, about whom, and what Concord may, read just now.
        """
        decision = await decide(order, standing, self._setting)
        if isinstance(decision, Refusal):
            return decision
        in_force = await self._named(order.guild, order.subject)
        return proposing.of_decision(decision, standing, in_force, self._setting)

    async def carry_out(self, order: Order, standing: Standing) -> Carried | Refusal:
        """Commit an order and begin to carry it out; the same key again returns what began then.

        Args:
            order: what is asked for; of a proposal, its own.
            standing: read at the moment it was pressed. Who presses may be another than who
                ordered: an admin, where the refusal says that one is needed.
        """

        async def once() -> Carried | Refusal:
            decision = await decide(order, standing, self._setting)
            if isinstance(decision, Refusal):
                return decision
            if decision.earlier:
                words = tuple(one.words for one in decision.earlier)
                return Refusal(words, by_other=max(one.ruling for one in decision.earlier))
            if (question := decision.unexplained) is not None:
                return Refusal((question,), unexplained=True)
            ruled = await self._store.write(lambda tx: _commit(tx, decision))
            return await self._carried(ruled[0], begin=tuple(one.case for one in ruled))

        return await self._in_turn(order.guild, order.key, once)

    async def begun(self, guild: int, key: str) -> Carried | None:
        """Return what an order or a change began that was committed under a key; None if none was.

        The same press may be delivered twice: what it asked for is not examined again.
        """
        known = await self._store.ruling_keyed(guild, key)
        if known is None:
            return None
        ruled = Ruled(known.case, known.id, known.sanctions, repeated=True)
        return await self._carried(ruled, begin=(known.case,))

    async def suggestion(
        self, guild: int, subject: int, rule: str, posts: tuple[CasePost, ...]
    ) -> Suggestion:
        """Return what the ladder proposes for a member who broke a rule.

        Args:
            guild: where.
            subject: the member.
            rule: the rule's id; one that the guidelines do not have gets no steps.
            posts: what it is about; may be empty.
        """
        setting, now = self._setting, self._setting.clock.now()
        in_force = await self._in_force(guild, subject)
        known = next((one for one in setting.guidelines.rules() if one.id == rule), None)
        community = await self._store.community(guild)
        if known is None or community is None:
            return Suggestion((), 0, in_force)
        ladder = setting.policy.ladder
        breaches = await history(self._store, guild, subject, setting.guidelines, ladder)
        case = await self._store.case_of(posts[0].message) if posts else None
        advice = propose(
            breaches,
            known,
            now,
            ladder,
            matter=case.id if case is not None else None,
            board=board_at(posts, community),
            refers=setting.refers,
        )
        # A reminder makes the whole zero; what counted before cannot be less.
        before = max(0, advice.total - advice.points)
        return Suggestion(advice.steps, before, in_force, advice.reminds)

    async def propose_amendment(
        self, order: AmendmentOrder, standing: Standing
    ) -> Proposal | Refusal:
        """Return what a change to a case would do, or why it may not be; changes nothing.

        Args:
            order: lift, void, edit, note or keep.
            standing: who asks; its subject is the person the case is about.
        """
        plan = await self._plan(order, standing)
        if isinstance(plan, Refusal):
            return plan
        in_force = await self._named(order.guild, plan.dossier.case.author)
        others = self._meanwhile(order, plan.draft.kind, plan.dossier)
        proposal = proposing.of_plan(order, plan, standing, in_force, others, self._setting)
        stands = await self._stands_beside(plan.draft.kind, plan.dossier)
        return replace(proposal, happens=(*proposal.happens, *stands))

    async def amend(self, order: AmendmentOrder, standing: Standing) -> Carried | Refusal:
        """Commit a change to a case and begin to carry it out; as :meth:`carry_out`."""

        async def once() -> Carried | Refusal:
            plan = await self._plan(order, standing)
            if isinstance(plan, Refusal):
                return plan
            if others := self._meanwhile(order, plan.draft.kind, plan.dossier):
                return Refusal(tuple(one.words for one in others), by_other=others[-1].ruling)
            community = await self._store.community(order.guild)
            if community is None:
                return Refusal((NOT_SET_UP,))
            ruled = await plan.carry_out(self._store, community, self._carrying)
            if ruled is None:
                return Refusal((_UNDER_WAY.format(case=plan.dossier.case.reference),))
            return await self._carried(ruled, begin=(ruled.case,))

        return await self._in_turn(order.guild, order.key, once)

    async def _in_turn(
        self, guild: int, key: str, once: Callable[[], Awaitable[Carried | Refusal]]
    ) -> Carried | Refusal:
        """Do what is asked for unless it is done, alone on its server; again if a case changed."""
        async with self._turns[guild]:
            if (known := await self.begun(guild, key)) is not None:
                return known
            for _ in range(ATTEMPTS):
                try:
                    return await once()
                except StaleVersionError:
                    continue
        return Refusal((_CHANGING,))

    async def _plan(self, order: AmendmentOrder, standing: Standing) -> Plan | Refusal:
        dossier = await self._store.dossier(order.case)
        if dossier is None or dossier.case.guild != order.guild:
            return Refusal(("There is no such case on this server.",))
        setting, now = self._setting, self._setting.clock.now()
        plan = amending.plan(
            order,
            dossier,
            standing,
            setting.guidelines,
            setting.policy.ladder,
            setting.versions,
            now,
        )
        if isinstance(plan, Refusal):
            return self._whose(plan, order, dossier)
        if order.amendment in FREE:
            return plan
        refusal = await too_many(
            order.by,
            dossier.case.author,
            standing.actor,
            self._store,
            setting.policy.practice.mass_actions,
            guild=order.guild,
            now=now,
            undoing=order.amendment in UNDOING,
        )
        return refusal or plan

    def _meanwhile(
        self, order: AmendmentOrder, kind: RulingKind, dossier: Dossier
    ) -> tuple[Earlier, ...]:
        """Return what others decided about a case that whoever changes it is told first."""
        if kind is RulingKind.NOTED:  # an edit that only notes something
            return ()
        setting = self._setting
        same_matter = setting.policy.practice.same_matter
        return meanwhile(order, dossier, setting.clock.now(), same_matter)

    def _whose(self, refusal: Refusal, order: AmendmentOrder, dossier: Dossier) -> Refusal:
        """Return why an edit cannot be made any more, with who decided about the case meanwhile."""
        if order.amendment is not Amendment.EDIT or refusal.by_other is not None:
            return refusal
        others = self._meanwhile(order, RulingKind.EDITED, dossier)
        return replace(refusal, reasons=(*refusal.reasons, *(one.words for one in others)))

    async def _in_force(self, guild: int, subject: int) -> tuple[Sanction, ...]:
        return tuple(one for one in await self._store.sanctions_of(guild, subject) if one.in_force)

    async def _named(self, guild: int, subject: int) -> tuple[proposing.InForce, ...]:
        """Return a member's sanctions in force, each with what its case is called."""
        in_force = await self._in_force(guild, subject)
        cases = [await self._store.case(one) for one in dict.fromkeys(one.case for one in in_force)]
        names = {one.id: one.reference for one in cases if one is not None}
        return tuple((one, names[one.case]) for one in in_force)

    async def _carried(self, ruled: Ruled, begin: tuple[int, ...]) -> Carried:
        self._carrying.carry_out(begin)
        dossier = await self._store.dossier(ruled.case)
        assert dossier is not None, "BUG: a ruling without a case"
        ruling = dossier.ruling(ruled.ruling)
        in_force = await self._named(dossier.case.guild, dossier.case.author)
        carried = proposing.carried(dossier, ruling, in_force, repeated=ruled.repeated)
        stands = await self._stands_beside(ruling.kind, dossier)
        return replace(carried, happens=(*carried.happens, *stands))

    async def _stands_beside(self, kind: RulingKind, dossier: Dossier) -> tuple[str, ...]:
        """Return what stands in other cases of a decision that is taken back in one of them."""
        if kind is not RulingKind.VOIDED:
            return ()
        return tuple(
            _STANDS_BESIDE.format(case=other.case.reference, what=decided(other, ruling))
            for other, ruling in await beside(self._store, dossier)
        )


async def _commit(tx: Transaction, decision: Decision) -> tuple[Ruled, ...]:
    """Commit a decision with all that it asks of Discord."""
    done = []
    for draft, known in decision.drafts:
        ruled = await tx.rule(draft)
        done.append(ruled)
        if ruled.repeated:
            continue
        for intent in effects.of_decision(draft, ruled, decision.community, known):
            await tx.add_intent(ruled.case, intent, draft.at)
    return tuple(done)
