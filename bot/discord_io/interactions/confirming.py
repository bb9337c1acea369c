"""Confirming what waits: examined once more as things stand now, and carried out."""

from dataclasses import replace
from typing import Final

import discord
import structlog

from bot.discord_io.interactions.answers import Answer, Interaction
from bot.discord_io.interactions.controls import deciding
from bot.discord_io.interactions.deciding import (
    carry_out,
    done,
    key_of,
    propose,
    refused,
    standing_for,
)
from bot.discord_io.interactions.people import Here
from bot.discord_io.interactions.previews import preview, refusal
from bot.discord_io.interactions.rereading import seen_anew
from bot.discord_io.requests import UNANSWERED
from bot.drafts import Draft
from bot.model.order import Order, Refusal
from bot.model.standing import Standing

_log = structlog.get_logger(__name__)

NO_ANSWER: Final = Refusal(("Discord does not answer just now. Please try again in a minute.",))
EDITED = "What is to be removed was edited since you looked; this is what it says now."


async def confirm(interaction: Interaction, here: Here, draft: Draft) -> Answer:
    """Carry out what waits, and return what came of it, or why not.

    Args:
        interaction: held already: this asks Discord.
        here: who confirms it, and where.
        draft: what waits; whoever confirms it may.
    """
    try:
        standing = await standing_for(interaction, here, draft.order)
        edited = await _edited(interaction, here, draft)
    except (discord.DiscordServerError, *UNANSWERED) as error:
        _log.warning("what waits could not be looked at once more", error=type(error).__name__)
        return refusal(NO_ANSWER, deciding(draft.id, "Try again"))
    if edited is not None:
        return await _once_more(interaction, draft, edited, standing)
    # For the answer only; what is decided is checked again where it is carried out.
    proposal = await propose(interaction, draft.order, standing)
    outcome = await carry_out(interaction, draft.order, standing)
    if isinstance(outcome, Refusal):
        if outcome.needs_admin or outcome.by_other is not None or outcome.unexplained:
            await interaction.client.app.drafts.discard(draft.id)
            return await refused(interaction, here, draft.order, outcome)
        return refusal(outcome, deciding(draft.id, "Try again"))
    await interaction.client.app.drafts.discard(draft.id)
    known = None if isinstance(proposal, Refusal) else proposal
    return await done(interaction, outcome, known)


async def _edited(interaction: Interaction, here: Here, draft: Draft) -> Order | None:
    """Return an order with its posts as they stand now; None if none of them was edited."""
    if not isinstance(draft.order, Order):
        return None
    now = await seen_anew(interaction, here, draft.order.removes)
    return None if now is None else replace(draft.order, removes=now, key=key_of(interaction))


async def _once_more(
    interaction: Interaction, draft: Draft, order: Order, standing: Standing
) -> Answer:
    """Return the preview of an order whose posts were edited since it was shown."""
    proposal = await propose(interaction, order, standing)
    await interaction.client.app.drafts.discard(draft.id)
    if isinstance(proposal, Refusal):
        return refusal(proposal)
    again = await interaction.client.app.drafts.put(
        proposal.order, draft.user, for_admin=draft.for_admin
    )
    shown = replace(proposal, warnings=(EDITED, *proposal.warnings))
    return preview(shown, deciding(again, unexplained=proposal.unexplained))
