"""The buttons under a case: show it, lift, change, note, void, keep; what they ask is a form."""

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar, Self

from bot.discord_io.interactions.answers import Answer, Interaction, hold, show
from bot.discord_io.interactions.controls import CASE
from bot.discord_io.interactions.deciding import amend_by_number, case_of, decide, key_of
from bot.discord_io.interactions.fields import Field, choice, line, text
from bot.discord_io.interactions.length_fields import length_field, retyped, shown_length
from bot.discord_io.interactions.pages import case_page
from bot.discord_io.interactions.people import Here, as_staff
from bot.discord_io.interactions.post_card import card, look_at
from bot.discord_io.interactions.posts import find
from bot.discord_io.interactions.presses import Form, Press
from bot.discord_io.interactions.references import PostPlace
from bot.model.dossier import Dossier
from bot.model.order import Amendment, Order
from bot.model.sanction import ENDLESS
from bot.policy.rule_names import named
from bot.text.durations import Length, read_duration

_AT_ONCE = frozenset({"show", "decide", "confirm"})
"""What needs no form."""

_TITLES = {
    Amendment.LIFT: "Lift",
    Amendment.VOID: "It was wrong: void",
    Amendment.EDIT: "Change",
    Amendment.NOTE: "Add a note to",
    Amendment.KEEP: "Nothing follows from",
}


class CasePress(Press, template=CASE):
    """Shows a case, or asks for what is needed to change something about it."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says."""
        number, verb = int(self.match["number"]), self.match["verb"]
        here = await as_staff(interaction)
        if verb not in _AT_ONCE:
            dossier = await case_of(interaction, here, number)
            await AmendForm.about(dossier, Amendment(verb)).open(interaction)
        elif await hold(interaction):
            dossier = await case_of(interaction, here, number)
            await show(interaction, await _answer(interaction, here, dossier, verb))


async def _answer(interaction: Interaction, here: Here, dossier: Dossier, verb: str) -> Answer:
    if verb == "confirm":
        return await decide(interaction, here, confirmation(interaction, here, dossier))
    if verb == "decide" and dossier.case.posts:
        first = dossier.case.posts[0]
        found = await find(interaction, here, PostPlace(first.message, first.channel))
        seen = await look_at(interaction.client.app, here, found)
        return await card(interaction, here, seen, None)
    return case_page(interaction.client.app, dossier)


def confirmation(interaction: Interaction, here: Here, dossier: Dossier) -> Order:
    """Return the order that confirms what Concord removed by itself."""
    case = dossier.case
    found = [one for one in case.findings() if one.action is case.action]
    best = max(found, key=lambda one: one.evidence.confidence, default=None)
    return Order(
        key=key_of(interaction),
        guild=here.guild.id,
        by=here.person.user,
        subject=case.author,
        rule=best.evidence.rule if best is not None else None,
        case=case.id,
    )


class AmendForm(Form):
    """Asks what is needed to change something about a case."""

    template: ClassVar[re.Pattern[str]] = re.compile(
        r"amend:(?P<number>[0-9]{1,9}):(?P<amendment>lift|void|edit|note|keep)"
        r"(?::(?P<shown>[0-9a-z ,]{0,60}))?"  # the length that stands in it, however it is by then
    )

    @classmethod
    def about(cls, dossier: Dossier, amendment: Amendment) -> Self:
        """Return the form for a case as it stands."""
        reference = dossier.case.reference
        shown = _shown(dossier) if amendment is Amendment.EDIT else None
        return cls(
            f"amend:{dossier.case.number}:{amendment.value}"
            + (f":{shown}" if shown is not None else ""),
            f"{_TITLES[amendment]} {reference}",
            _fields(dossier, amendment, shown),
        )

    async def sent(self, interaction: Interaction, filled: Mapping[str, str]) -> None:
        """Do what was asked for, or show its preview."""
        app = interaction.client.app
        changes: dict[str, object] = {
            "words": filled.get("words", ""),
            "internal": filled.get("internal", ""),
        }
        if filled.get("rule"):
            changes["rule"] = named(filled["rule"], app.guidelines).id
        if typed := retyped(filled, self.match["shown"]):
            length = read_duration(typed, app.clock.now())
            changes |= {"duration": length.lasts, "until": length.until, "endless": length.endless}
        if "restore" in filled:
            changes["restore"] = filled["restore"] == "yes"
        amendment = Amendment(self.match["amendment"])
        await amend_by_number(interaction, int(self.match["number"]), amendment, **changes)


def _fields(dossier: Dossier, amendment: Amendment, shown: str | None) -> Iterator[Field]:
    if amendment is Amendment.NOTE:
        yield text("internal", "Note", hint="Members never see it", needed=True)
        return
    if amendment is Amendment.EDIT:
        rule = next((one.rule for one in reversed(dossier.rulings) if one.rule), "")
        hint = "Its id, the guideline's number, or words of it"
        yield line("rule", "Rule", rule or "", hint=hint)
        if shown is not None:
            yield length_field(shown)
    if amendment is Amendment.VOID and any(ruling.removes for ruling in dossier.rulings):
        options = (("yes", "Yes, as quotes"), ("no", "No"))
        yield choice("restore", "Post the removed posts again?", options, "yes")
    if amendment is not Amendment.KEEP:
        yield text("words", "Note to the member", hint="They read it in the notice")
    yield text("internal", "Note for moderators", hint="Members never see it")


def _shown(dossier: Dossier) -> str | None:
    """Return the length that stands in the form for a change; None where nothing lasts."""
    return shown_length(
        Length(one.until - one.at if one.until is not None else None)
        for one in dossier.sanctions
        if one.in_force and one.kind not in ENDLESS
    )
