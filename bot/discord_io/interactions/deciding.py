"""From an order to an answer: proposed, previewed where it cannot be undone, carried out once."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot.discord_io.interactions.admins import ask_an_admin
from bot.discord_io.interactions.answers import Answer, Interaction, hold, show
from bot.discord_io.interactions.controls import after_decision, deciding
from bot.discord_io.interactions.ordered import Ordered
from bot.discord_io.interactions.outcomes import outcomes
from bot.discord_io.interactions.people import Here, NotHereError, as_staff
from bot.discord_io.interactions.previews import carried_out, preview, refusal
from bot.model.dossier import Dossier
from bot.model.order import Amendment, AmendmentOrder, Carried, Order, Proposal, Refusal
from bot.model.ruling import RulingKind
from bot.model.sanction import ENDLESS
from bot.model.standing import Standing


def key_of(interaction: Interaction) -> str:
    """Return what makes an order happen once: the same press, delivered twice, is one order."""
    return f"i{interaction.id}"


async def standing_for(interaction: Interaction, here: Here, order: Ordered) -> Standing:
    """Return who may do what about the person an order concerns, asked of Discord now.

    Raises:
        NotHereError: if its case is not there.
    """
    if isinstance(order, Order):
        return await here.standing(order.subject)
    case = await interaction.client.app.store.case(order.case)
    if case is None or case.guild != here.guild.id:
        raise NotHereError("There is no such case on this server.")
    return await here.standing(case.author)


async def decide(interaction: Interaction, here: Here, order: Ordered) -> Answer:
    """Carry an order out, or return the preview to confirm it by.

    Args:
        interaction: held already: this asks Discord.
        here: who orders, and where.
        order: what is ordered.
    """
    begun = await interaction.client.app.moderation.begun(order.guild, order.key)
    if begun is not None:  # delivered twice
        return await done(interaction, begun, None)
    standing = await standing_for(interaction, here, order)
    proposal = await propose(interaction, order, standing)
    if isinstance(proposal, Refusal):
        return await refused(interaction, here, order, proposal)
    if asks_first(proposal):
        return await previewed(interaction, proposal)
    outcome = await carry_out(interaction, proposal.order, standing)
    if isinstance(outcome, Refusal):
        return await refused(interaction, here, proposal.order, outcome)
    return await done(interaction, outcome, proposal)


def asks_first(proposal: Proposal) -> bool:
    """Whether an order waits for Confirm: it cannot be undone, or there is something to know."""
    return bool(
        proposal.irreversible or proposal.despite or proposal.warnings or proposal.unexplained
    )


async def previewed(interaction: Interaction, proposal: Proposal) -> Answer:
    """Keep an order, and return its preview."""
    draft = await interaction.client.app.drafts.put(proposal.order, interaction.user.id)
    return preview(proposal, deciding(draft, unexplained=proposal.unexplained))


async def propose(
    interaction: Interaction, order: Ordered, standing: Standing
) -> Proposal | Refusal:
    """Return what an order would do, or why it may not be."""
    moderation = interaction.client.app.moderation
    if isinstance(order, Order):
        return await moderation.propose(order, standing)
    return await moderation.propose_amendment(order, standing)


async def carry_out(
    interaction: Interaction, order: Ordered, standing: Standing
) -> Carried | Refusal:
    """Commit an order and begin to carry it out."""
    moderation = interaction.client.app.moderation
    if isinstance(order, Order):
        return await moderation.carry_out(order, standing)
    return await moderation.amend(order, standing)


async def done(interaction: Interaction, carried: Carried, proposal: Proposal | None) -> Answer:
    """Return what has been decided, how far it came, and what may be done about it.

    While much is to be removed, how far that has come is shown in between.
    """
    order = proposal.order if proposal is not None else None
    lifts = isinstance(order, Order) and any(one.kind not in ENDLESS for one in order.sanctions)
    new = carried.kind is RulingKind.DECIDED
    controls = after_decision(carried.number, lifts=lifts, wrong=new)
    answer: Answer | None = None
    async for outcome in outcomes(interaction.client.app, carried):
        if answer is not None:
            await show(interaction, answer)
        answer = carried_out(carried, proposal, outcome, controls)
    assert answer is not None, "BUG: a decision without an outcome"
    return answer


async def refused(interaction: Interaction, here: Here, order: Ordered, why: Refusal) -> Answer:
    """Return why an order was not carried out, and open the way that is left, if there is one."""
    if why.needs_admin:
        return await ask_an_admin(interaction, here, order, why)
    if why.by_other is not None and isinstance(order, Order):
        again = replace(order, despite=why.by_other)
        draft = await interaction.client.app.drafts.put(again, interaction.user.id)
        return refusal(why, deciding(draft, "Do it all the same"))
    if why.by_other is not None:  # what a change would do is another thing now: shown anew
        proposal = await propose(interaction, order, await standing_for(interaction, here, order))
        if isinstance(proposal, Proposal):
            return await previewed(interaction, proposal)
        why = proposal
    if why.unexplained and isinstance(order, Order):  # the ladder has climbed since it was shown
        draft = await interaction.client.app.drafts.put(order, interaction.user.id)
        return refusal(why, deciding(draft, "Say why, and confirm", unexplained=True))
    return refusal(why)


async def order_by(interaction: Interaction, made: Callable[[Here], Awaitable[Order]]) -> None:
    """Answer a command that orders something.

    Args:
        interaction: not answered yet.
        made: makes the order, once who ordered it is known to be a moderator.
    """
    if await hold(interaction):
        here = await as_staff(interaction)
        await show(interaction, await decide(interaction, here, await made(here)))


async def amend_by_number(
    interaction: Interaction, number: int, amendment: Amendment, **changes: Any
) -> None:
    """Answer a command that changes something about a case.

    Args:
        interaction: not answered yet, or held.
        number: the case's.
        amendment: what is to be done about it.
        changes: further fields of the order.

    Raises:
        NotHereError: if there is no such case.
    """
    if not interaction.response.is_done() and not await hold(interaction):
        return
    here = await as_staff(interaction)
    dossier = await case_of(interaction, here, number)
    order = AmendmentOrder(
        key=key_of(interaction),
        guild=here.guild.id,
        by=here.person.user,
        case=dossier.case.id,
        amendment=amendment,
        **changes,
    )
    await show(interaction, await decide(interaction, here, order))


async def case_of(interaction: Interaction, here: Here, number: int) -> Dossier:
    """Return a case of the server by its number.

    Raises:
        NotHereError: if there is none.
    """
    dossier = await interaction.client.app.casebook.case(here.guild.id, number)
    if dossier is None:
        raise NotHereError(f"There is no case C-{number} on this server.")
    return dossier
