"""Confirm, Change and Cancel under a preview; Look and decide under what waits for an admin."""

from bot.discord_io.interactions.admins import waits_no_longer
from bot.discord_io.interactions.answers import Answer, Interaction, hold, refused, said, show
from bot.discord_io.interactions.changing import GONE, ChangeForm
from bot.discord_io.interactions.confirming import confirm
from bot.discord_io.interactions.controls import DRAFT, deciding
from bot.discord_io.interactions.deciding import propose, standing_for
from bot.discord_io.interactions.explaining import WhyForm
from bot.discord_io.interactions.people import Here, as_staff
from bot.discord_io.interactions.presses import Press
from bot.discord_io.interactions.previews import preview, refusal
from bot.drafts import Draft
from bot.model.order import Refusal


class DraftPress(Press, template=DRAFT):
    """Decides about a draft; who may is asked at the press."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says."""
        here = await as_staff(interaction)
        draft = await interaction.client.app.drafts.draft(int(self.match["draft"]))
        if draft is None or draft.guild != here.guild.id:
            line = interaction.message if self.match["verb"] == "look" else None
            gone = GONE if line is None else waits_no_longer(line.created_at)
            await _say(interaction, refused((gone,)))
        elif not draft.may_be_pressed_by(here.person.user, is_admin=here.person.is_admin):
            whose = "an admin" if draft.for_admin else "the moderator who began it"
            await _say(interaction, refused((f"Only {whose} may decide about this.",)))
        elif self.match["verb"] == "change":
            await ChangeForm.of(draft).open(interaction)
        elif self.match["verb"] == "why":
            await WhyForm.of(draft).open(interaction)
        elif self.match["verb"] == "look":
            await hold(interaction)
            await show(interaction, await _looked_at(interaction, here, draft))
        elif await hold(interaction, anew=False):
            await show(interaction, await self._decided(interaction, here, draft))

    async def _decided(self, interaction: Interaction, here: Here, draft: Draft) -> Answer:
        if self.match["verb"] == "cancel":
            await interaction.client.app.drafts.discard(draft.id)
            return said("Cancelled. Nothing was done.")
        return await confirm(interaction, here, draft)


async def _looked_at(interaction: Interaction, here: Here, draft: Draft) -> Answer:
    standing = await standing_for(interaction, here, draft.order)
    proposal = await propose(interaction, draft.order, standing)
    if isinstance(proposal, Refusal):
        return refusal(proposal)
    return preview(proposal, deciding(draft.id, unexplained=proposal.unexplained))


async def _say(interaction: Interaction, answer: Answer) -> None:
    if await hold(interaction):
        await show(interaction, answer)
