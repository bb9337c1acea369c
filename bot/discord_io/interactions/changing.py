"""The form behind Change: rule, length and words of an order, prefilled, and previewed again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, Self

from bot.discord_io.interactions.answers import Answer, Interaction, hold, refused, show
from bot.discord_io.interactions.controls import deciding
from bot.discord_io.interactions.deciding import (
    key_of,
    previewed,
    propose,
    standing_for,
)
from bot.discord_io.interactions.fields import Field, line, text
from bot.discord_io.interactions.length_fields import length_field, retyped, shown_length
from bot.discord_io.interactions.ordered import Ordered
from bot.discord_io.interactions.people import Here, as_staff
from bot.discord_io.interactions.presses import Form
from bot.drafts import Draft
from bot.errors import ConcordError
from bot.model.guidelines import Guidelines
from bot.model.order import Amendment, Order, Refusal
from bot.model.sanction import ENDLESS
from bot.policy.rule_names import named
from bot.text.durations import Length, read_duration

GONE = (
    "This waits no longer: it was done or cancelled, or a day has passed. Nothing was done just "
    "now; please look at the case, or begin again."
)


class ChangeForm(Form):
    """Asks what is to be different about an order that waits."""

    template: ClassVar[re.Pattern[str]] = re.compile(r"change:(?P<draft>[0-9]{1,19})")

    @classmethod
    def of(cls, draft: Draft) -> Self:
        """Return the form for a draft, filled in as it stands."""
        return cls(f"change:{draft.id}", "Change it", _fields(draft.order))

    async def sent(self, interaction: Interaction, filled: Mapping[str, str]) -> None:
        """Preview the changed order; what cannot be understood leaves it as it was."""
        here = await as_staff(interaction)
        app = interaction.client.app
        if not await hold(interaction, anew=False):
            return
        draft = await app.drafts.draft(int(self.match["draft"]))
        if draft is None or draft.guild != here.guild.id:
            await show(interaction, refused((GONE,)))
            return
        if not draft.may_be_pressed_by(here.person.user, is_admin=here.person.is_admin):
            return  # the form was opened by somebody who might; nothing is shown to others
        try:
            order = changed(draft.order, filled, app.guidelines, app.clock.now())
        except ConcordError as error:
            await show(interaction, await _once_more(interaction, here, draft, str(error)))
            return
        order = replace(order, key=key_of(interaction))
        proposal = await propose(interaction, order, await standing_for(interaction, here, order))
        if isinstance(proposal, Refusal):
            await show(interaction, await _once_more(interaction, here, draft, *proposal.reasons))
            return
        answer = await previewed(interaction, proposal)
        await app.drafts.discard(draft.id)
        await show(interaction, answer)


def changed(
    order: Ordered, filled: Mapping[str, str], guidelines: Guidelines, now: datetime
) -> Ordered:
    """Return an order as it was filled in.

    Fields that were not shown leave it as it was, and so does a length that nobody touched.

    Raises:
        ConcordError: if something cannot be understood, in words that say what was expected.
    """
    words, internal = filled.get("words", order.words), filled.get("internal", order.internal)
    rule = order.rule
    if "rule" in filled:
        rule = named(filled["rule"], guidelines).id if filled["rule"] else None
    typed = retyped(filled, _shown(order))
    if not isinstance(order, Order):
        order = replace(order, words=words, internal=internal, rule=rule)
        if typed is None:
            return order
        length = read_duration(typed, now)
        return replace(order, duration=length.lasts, until=length.until, endless=length.endless)
    order = replace(
        order,
        words=words,
        internal=internal,
        rule=rule,
        because=filled.get("because", order.because),
    )
    if typed is None:
        return order
    length = read_duration(typed, now)
    return replace(
        order,
        sanctions=tuple(
            one if one.kind in ENDLESS else replace(one, duration=length.lasts, until=length.until)
            for one in order.sanctions
        ),
    )


def _fields(order: Ordered) -> Iterator[Field]:
    shown = _shown(order)
    if isinstance(order, Order):
        hint = "Its id, the guideline's number, or words of it"
        yield line("rule", "Rule", order.rule or "", hint=hint)
    if shown is not None:
        yield length_field(shown)
    yield text("words", "Note to the member", order.words, hint="They read it in the notice")
    yield text("internal", "Note for moderators", order.internal, hint="Members never see it")
    if isinstance(order, Order):
        hint = "Only if it is not what the ladder proposes"
        yield line("because", "Why this and not the ladder", order.because, hint=hint)


def _shown(order: Ordered) -> str | None:
    """Return the length that stands in the form; None where there is no field for it."""
    if isinstance(order, Order):
        return shown_length(
            Length(one.duration, one.until) for one in order.sanctions if one.kind not in ENDLESS
        )
    if order.amendment is not Amendment.EDIT or not order.moves_end:
        return None
    return shown_length((Length(order.duration, order.until),))


async def _once_more(interaction: Interaction, here: Here, draft: Draft, *reasons: str) -> Answer:
    """Return what could not be changed; the order waits as it was."""
    answer = refused(reasons, "That could not be changed")
    was = await propose(
        interaction, draft.order, await standing_for(interaction, here, draft.order)
    )
    unexplained = not isinstance(was, Refusal) and was.unexplained
    return Answer(answer.embeds, deciding(draft.id, "Confirm as it was", unexplained=unexplained))
