"""The one door for what moderators decide: a proposal first, then one ruling, carried out once."""

from collections.abc import Callable

from bot.docket import Versions
from bot.model.case import CasePost
from bot.model.guidelines import Guidelines
from bot.model.order import AmendmentOrder, Carried, Order, Proposal, Refusal, Suggestion
from bot.model.standing import Standing
from bot.policy.policy import Policy
from bot.ports import Clock, Store
from bot.wording import Wording

CarryOut = Callable[[tuple[int, ...]], None]
"""Begins to carry out what is unsettled in these cases; returns at once."""


class Moderation:
    """Takes moderators' orders, and answers with what will happen, what began, or why not.

    Laws: nothing is changed by a proposal or a refusal; an order's key makes it happen once; every
    check of a proposal is made again at the moment an order is carried out; of two moderators who
    decide the same matter at once the second is told what the first did.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        guidelines: Guidelines,
        policy: Policy,
        wording: Wording,
        versions: Versions,
        carry_out: CarryOut,
    ) -> None:
        """Take what it decides with.

        Args:
            store: where rulings are committed.
            clock: the time of the world.
            guidelines: what rules there are.
            policy: the ladder, and how much one person may do.
            wording: what members and moderators read.
            versions: what a case keeps of guidelines and screening.
            carry_out: told the cases there is something to do about, once they are committed.
        """
        self._store = store
        self._clock = clock
        self._guidelines = guidelines
        self._policy = policy
        self._wording = wording
        self._versions = versions
        self._begin = carry_out

    async def propose(self, order: Order, standing: Standing) -> Proposal | Refusal:
        """Return what an order would do, or why it may not be; changes nothing.

        Args:
            order: what is asked for.
            standing: who asks, about whom, and what Concord may, read just now.
        """
        raise NotImplementedError

    async def carry_out(self, order: Order, standing: Standing) -> Carried | Refusal:
        """Commit an order and begin to carry it out; the same key again returns what began then.

        Args:
            order: what is asked for; of a proposal, its own.
            standing: read at the moment it was pressed. Who presses may be another than who
                ordered: an admin, where the refusal says that one is needed.
        """
        raise NotImplementedError

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
        raise NotImplementedError

    async def propose_amendment(
        self, order: AmendmentOrder, standing: Standing
    ) -> Proposal | Refusal:
        """Return what a change to a case would do, or why it may not be; changes nothing.

        Args:
            order: lift, void, edit, note or keep.
            standing: who asks; its subject is the person the case is about.
        """
        raise NotImplementedError

    async def amend(self, order: AmendmentOrder, standing: Standing) -> Carried | Refusal:
        """Commit a change to a case and begin to carry it out; as :meth:`carry_out`."""
        raise NotImplementedError
