"""Confirm, Change and Cancel under a preview; Look and decide under what waits for an admin."""

from dataclasses import replace

from bot.discord_io.interactions.answers import Answer, Interaction, hold, refused, said, show
from bot.discord_io.interactions.changing import GONE, ChangeForm
from bot.discord_io.interactions.controls import DRAFT, deciding
from bot.discord_io.interactions.deciding import (
    carry_out,
    done,
    key_of,
    propose,
    standing_for,
)
from bot.discord_io.interactions.deciding import (
    refused as refused_with_a_way,
)
from bot.discord_io.interactions.people import Here, as_staff
from bot.discord_io.interactions.presses import Press
from bot.discord_io.interactions.previews import preview, refusal
from bot.discord_io.interactions.rereading import seen_anew
from bot.drafts import Draft
from bot.model.order import Order, Refusal
from bot.model.standing import Standing

EDITED = "What is to be removed was edited since you looked; this is what it says now."


class DraftPress(Press, template=DRAFT):
    """Decides about a draft; who may is asked at the press."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says."""
        here = await as_staff(interaction)
        draft = await interaction.client.app.drafts.draft(int(self.match["draft"]))
        if draft is None or draft.guild != here.guild.id:
            await _say(interaction, refused((GONE,)))
        elif not draft.may_be_pressed_by(here.person.user, is_admin=here.person.is_admin):
            whose = "an admin" if draft.for_admin else "the moderator who began it"
            await _say(interaction, refused((f"Only {whose} may decide about this.",)))
        elif self.match["verb"] == "change":
            await ChangeForm.of(draft).open(interaction)
        elif self.match["verb"] == "look":
            await hold(interaction)
            await show(interaction, await _looked_at(interaction, here, draft))
        elif await hold(interaction, anew=False):
            await show(interaction, await self._decided(interaction, here, draft))

    async def _decided(self, interaction: Interaction, here: Here, draft: Draft) -> Answer:
        if self.match["verb"] == "cancel":
            await interaction.client.app.drafts.discard(draft.id)
            return said("Cancelled. Nothing was done.")
        standing = await standing_for(interaction, here, draft.order)
        if isinstance(draft.order, Order):
            now = await seen_anew(interaction, here, draft.order.removes)
            if now is not None:
                edited = replace(draft.order, removes=now, key=key_of(interaction))
                return await _once_more(interaction, draft, edited, standing)
        # For the answer only; what is decided is checked again where it is carried out.
        proposal = await propose(interaction, draft.order, standing)
        outcome = await carry_out(interaction, draft.order, standing)
        if isinstance(outcome, Refusal):
            if outcome.needs_admin or outcome.by_other is not None:
                await interaction.client.app.drafts.discard(draft.id)
                return await refused_with_a_way(interaction, here, draft.order, outcome)
            return refusal(outcome, deciding(draft.id, "Try again"))
        await interaction.client.app.drafts.discard(draft.id)
        known = None if isinstance(proposal, Refusal) else proposal
        return await done(interaction, outcome, known)


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
    return preview(shown, deciding(again))


async def _looked_at(interaction: Interaction, here: Here, draft: Draft) -> Answer:
    standing = await standing_for(interaction, here, draft.order)
    proposal = await propose(interaction, draft.order, standing)
    if isinstance(proposal, Refusal):
        return refusal(proposal)
    return preview(proposal, deciding(draft.id))


async def _say(interaction: Interaction, answer: Answer) -> None:
    if await hold(interaction):
        await show(interaction, answer)
