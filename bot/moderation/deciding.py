"""Examining an order: may it be given, is somebody else ahead, and what follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.model.case import CasePost
from bot.model.community import Community
from bot.model.dossier import Dossier
from bot.model.order import Order, Refusal
from bot.model.ruling import PROPOSED, Telling
from bot.model.sanction import SanctionDraft
from bot.model.standing import Person, Standing
from bot.moderation.drafting import rulings, telling_of
from bot.moderation.mass import too_many
from bot.moderation.matter import Matter, history, matter_of
from bot.moderation.others import Earlier, earlier
from bot.moderation.sanctioning import drafted
from bot.moderation.setting import Setting
from bot.moderation.validity import problems
from bot.policy.authority import refusals
from bot.policy.ladder import Advice, propose
from bot.ports import RulingDraft
from bot.text.escaping import escaped

_SPAM = "Banned as a spam account."
"""Who says so has said why: nobody has to write it again for each account of a raid."""

NOT_SET_UP = "This server is not set up yet: an admin has to set boards and roles first."


@dataclass(frozen=True, slots=True)
class Decision:
    """An order that may be carried out, and what follows from it."""

    order: Order
    community: Community
    matter: Matter
    earlier: tuple[Earlier, ...]
    """What was decided about the same matter already and the moderator was not told of."""
    advice: Advice
    sanctions: tuple[SanctionDraft, ...]
    drafts: tuple[tuple[RulingDraft, Dossier | None], ...]
    """The ruling, and those about further cases of its posts; each with its case as it was."""
    telling: Telling
    """What the member will read of the first of them."""

    @property
    def deviates(self) -> bool:
        """Whether it is not what the ladder proposes, where it proposes anything."""
        return _deviates(self.order, self.advice)

    @property
    def unexplained(self) -> str | None:
        """The question why it is not what the ladder proposes; None where nothing is to be said."""
        if not self.deviates or _said_why(self.order):
            return None
        line = escaped(self.advice.line)
        return f"This is not what the ladder proposes ({line}); please say why."


async def decide(order: Order, standing: Standing, setting: Setting) -> Decision | Refusal:
    """Examine an order as things stand now.

    What was decided before is told in the decision; whether it stands against the order is for the
    caller to say.
    """
    community = await setting.store.community(order.guild)
    if community is None:
        return Refusal((NOT_SET_UP,))
    kinds = {one.kind for one in order.sanctions}
    reasons = [
        *_of_persons(order, standing),
        *refusals(standing, kinds, removes=bool(order.removes)),
        *problems(order, community, setting.guidelines, setting.clock.now(), refers=setting.refers),
    ]
    if reasons:
        return Refusal(tuple(dict.fromkeys(reasons)))
    refusal = await too_many(
        order.by,
        order.subject,
        standing.actor,
        setting.store,
        setting.policy.practice.mass_actions,
        guild=order.guild,
        now=setting.clock.now(),
    )
    if refusal is not None:
        return refusal
    matter = await matter_of(order, setting.store)
    if matter.problems:
        return Refusal(matter.problems)
    return await _decided(order, standing, setting, community, matter)


async def _decided(
    order: Order, standing: Standing, setting: Setting, community: Community, matter: Matter
) -> Decision:
    assert order.rule is not None, "BUG: an order without a rule is no valid order"
    now = setting.clock.now()
    policy = setting.policy
    advice = propose(
        await history(setting.store, order.guild, order.subject, setting.guidelines, policy.ladder),
        setting.guidelines.rule(order.rule),
        now,
        policy.ladder,
        matter=matter.main.case.id if matter.main is not None else None,
        board=board_of(order, community),
        group=next((one.group for one in order.sanctions if one.group is not None), None),
        refers=setting.refers,
    )
    if not standing.subject.is_somebody:  # of apps and webhooks only posts go
        advice = replace(advice, steps=(), reminds=False)
    sanctions = drafted(order, community, advice, now)
    kept = replace(order, because=_why(order, advice))
    drafts = tuple(rulings(kept, standing, setting.versions, matter, sanctions, now))
    main, known = drafts[0]
    return Decision(
        order=order,
        community=community,
        matter=matter,
        earlier=await earlier(order, matter, setting.store, now, policy.practice.same_matter),
        advice=advice,
        sanctions=sanctions,
        drafts=drafts,
        telling=telling_of(main, known),
    )


def _deviates(order: Order, advice: Advice) -> bool:
    if order.case is not None and not (order.sanctions or order.removes):
        return False  # only says that Concord was right: nobody has to justify that
    if not advice.proposes:
        return False
    if advice.reminds:  # a removal is one by itself: its notice says that nothing follows
        return any(not one.reminder for one in order.sanctions)
    return set(order.sanctions) != {step.wanted for step in advice.steps}


def _why(order: Order, advice: Advice) -> str:
    """Return why it was decided so, with what the ladder proposed where that is another thing."""
    if not _deviates(order, advice):
        return order.because
    return f"{_said_why(order)}\n{PROPOSED}{advice.line}."


def _said_why(order: Order) -> str:
    """Return why an order is not what the ladder proposes; empty where nobody said."""
    return order.because.strip() or (_SPAM if order.spam else "")


def board_of(order: Order, community: Community) -> str | None:
    """Return the board an order is about: the one it removes from, else that of its first post."""
    named = next((one.board for one in order.sanctions if one.board is not None), None)
    if named is not None:
        return named
    return board_at((*order.removes, *order.evidence), community)


def board_at(posts: tuple[CasePost, ...], community: Community) -> str | None:
    """Return the board that the first of some posts stands on; None for none."""
    if not posts:
        return None
    found = (one.name for one in community.boards if one.channel.id == posts[0].channel)
    return next(found, None)


def _of_persons(order: Order, standing: Standing) -> Iterator[str]:
    assert standing.subject.user == order.subject, "BUG: a standing about somebody else"
    actor = standing.actor
    if actor.user != order.by and not _is_admin(actor):
        yield "Only who gave this order, or an admin, may confirm it."


def _is_admin(person: Person) -> bool:
    return person.is_admin or person.is_owner
