"""The form behind Confirm where a decision is not what the ladder proposes: why not."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, Final, Self

from bot.discord_io.interactions.answers import Interaction, hold, refused, show
from bot.discord_io.interactions.changing import GONE
from bot.discord_io.interactions.confirming import confirm
from bot.discord_io.interactions.fields import reason
from bot.discord_io.interactions.people import as_staff
from bot.discord_io.interactions.presses import Form
from bot.drafts import Draft
from bot.model.order import Order

SHORTEST, LONGEST = 10, 300
"""Characters of a reason: a few words, and no essay; chosen, not measured."""

FIELD: Final = "because"
"""The field's custom id."""


class WhyForm(Form):
    """Asks why it is not what the ladder proposes; sending it confirms."""

    template: ClassVar[re.Pattern[str]] = re.compile(r"why:(?P<draft>[0-9]{1,19})")

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """Return the form for a draft."""
        field = reason(
            FIELD,
            "Why other than the ladder proposes?",
            shortest=SHORTEST,
            longest=LONGEST,
            hint="A few words for other moderators; the member never sees them",
        )
        return cls(f"why:{draft.id}", "One word more", (field,))

    async def sent(self, interaction: Interaction, filled: Mapping[str, str]) -> None:
        """Keep the reason with the order, and carry it out."""
        here = await as_staff(interaction)
        drafts = interaction.client.app.drafts
        if not await hold(interaction, anew=False):
            return
        draft = await drafts.draft(int(self.match["draft"]))
        if draft is None or draft.guild != here.guild.id:
            await show(interaction, refused((GONE,)))
            return
        if not draft.may_be_pressed_by(here.person.user, is_admin=here.person.is_admin):
            return  # the form was opened by somebody who might; nothing is shown to others
        assert isinstance(draft.order, Order), "BUG: a change to a case is never asked for a reason"
        order = replace(draft.order, because=filled.get(FIELD, ""))
        kept = await drafts.put(order, draft.user, for_admin=draft.for_admin)
        answer = await confirm(interaction, here, replace(draft, id=kept, order=order))
        await drafts.discard(draft.id)
        await show(interaction, answer)
