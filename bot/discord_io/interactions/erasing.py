"""Having one's words erased: what goes and what stays first, then the press that does it."""

import discord

from bot.discord_io.interactions.answers import Answer, Interaction, hold, said, show
from bot.discord_io.interactions.controls import ERASE, Style, button
from bot.discord_io.interactions.people import Here, here
from bot.discord_io.interactions.presses import Press
from bot.discord_io.interactions.previews import fitted, listed
from bot.discord_io.render import DESCRIPTION

_CARE = discord.Colour(0xC98A1B)


async def erasure_preview(interaction: Interaction, place: Here) -> Answer:
    """Return what would go, what stays and why, with the button that does it."""
    preview = await interaction.client.app.casebook.preview_erasure(
        place.guild.id, place.person.user
    )
    if not preview.goes:
        return said(
            fitted(
                ("There is nothing of yours to erase here.", *_also("What stays", preview.stays)),
                DESCRIPTION,
            ),
            "Nothing to erase",
        )
    paragraphs = [
        *_also("What goes, for good", preview.goes),
        *_also("What stays, and why", preview.stays),
        *_waiting(preview.waits),
        "Nobody can bring it back, not even when you ask for a review of a decision.",
    ]
    embed = discord.Embed(
        title="Erase your words?", description=fitted(paragraphs, DESCRIPTION), colour=_CARE
    )
    return Answer(
        (embed,),
        (
            button("Erase for good", "erase:erase", Style.danger),
            button("Keep everything", "erase:keep"),
        ),
    )


class ErasePress(Press, template=ERASE):
    """Erases the words of whoever presses, or leaves everything."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says."""
        if not await hold(interaction, anew=False):
            return
        place = await here(interaction)
        if self.match["verb"] == "keep":
            await show(interaction, said("Nothing was erased."))
            return
        app = interaction.client.app
        erased = await app.casebook.erase(place.guild.id, place.person.user)
        paragraphs = ["Your words are erased from what Concord holds."]
        if erased.redactions:
            messages = "message" if erased.redactions == 1 else "messages"
            paragraphs.append(
                f"{erased.redactions} of Concord's own {messages} that quoted you will follow "
                "within minutes."
            )
        paragraphs.extend(_waiting(erased.waits))
        await show(interaction, said(fitted(paragraphs, DESCRIPTION), "Erased"))


def _also(title: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    return (f"**{title}**\n{listed(lines)}",) if lines else ()


def _waiting(cases: tuple[str, ...]) -> tuple[str, ...]:
    if not cases:
        return ()
    which = "this case is" if len(cases) == 1 else "these cases are"
    return (f"Your words in {', '.join(cases)} follow once {which} closed.",)
