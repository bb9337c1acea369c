"""One's own data: the record by a press, a file to take along, and having one's words erased.

Who was removed from the community has the same ways as a member: by the button of their notice.
"""

import asyncio
import gzip

import discord

from bot.discord_io.interactions.answers import (
    Answer,
    Attached,
    Interaction,
    hold,
    refused,
    said,
    show,
)
from bot.discord_io.interactions.controls import ERASE, MINE, Style, button
from bot.discord_io.interactions.lists import own_record
from bot.discord_io.interactions.presses import Press
from bot.discord_io.interactions.previews import listed
from bot.discord_io.render import DESCRIPTION, fitted, panel

_CARE = discord.Colour(0xC98A1B)

_TOO_MUCH = (
    "What Concord holds about you here is too much for one message on Discord. Please ask the "
    "moderators: whoever runs Concord can take it from its database for you."
)


async def exported(interaction: Interaction, guild: int) -> Answer:
    """Return all that is held about whoever asks, as a file: packed where it is large."""
    user = interaction.user.id
    held = (await interaction.client.app.casebook.export(guild, user)).encode()
    name, kind = f"concord-{guild}-{user}.json", "JSON"
    most = interaction.filesize_limit
    if len(held) > most:
        # In a thread: many megabytes take seconds, and other servers wait for this one.
        held = await asyncio.to_thread(gzip.compress, held)
        name, kind = f"{name}.gz", "JSON packed with gzip"
    if len(held) > most:
        return refused((_TOO_MUCH,), "Too large to send")
    answer = said(
        f"This is all that Concord holds about you on this server, as {kind}. Only you see this "
        "message; save the file before you close it.",
        "Your data",
    )
    return answer.having(Attached(name, held))


async def erasure_preview(interaction: Interaction, guild: int) -> Answer:
    """Return what would go, what stays and why, with the button that does it."""
    preview = await interaction.client.app.casebook.preview_erasure(guild, interaction.user.id)
    known = (
        *_also("Erased already", preview.gone),
        *_also("What stays, and why", preview.stays),
        *_waiting(preview.waits),
    )
    if not (preview.goes or preview.waits):
        more = " more" if preview.gone else ""
        nothing = f"There is nothing{more} of yours to erase here."
        return said(fitted((nothing, *known), DESCRIPTION), "Nothing to erase")
    paragraphs = [
        *_also("What goes, for good", preview.goes),
        *known,
        "This is about this server alone.",
        "Nobody can bring it back, not even when you ask for a review of a decision.",
    ]
    embed = panel("Erase your words?", fitted(paragraphs, DESCRIPTION), _CARE)
    return Answer(
        (embed,),
        (
            button("Erase for good", f"erase:{guild}:erase", Style.danger),
            button("Keep everything", f"erase:{guild}:keep"),
        ),
    )


class MinePress(Press, template=MINE):
    """Shows whoever presses what is held about them; also who is no member any more."""

    async def pressed(self, interaction: Interaction) -> None:
        """Answer in a message of its own: the notice or record stays."""
        if not await hold(interaction):
            return
        guild = int(self.match["guild"])
        match self.match["verb"]:
            case "record":
                answer = await own_record(interaction, guild)
            case "export":
                answer = await exported(interaction, guild)
            case _:
                answer = await erasure_preview(interaction, guild)
        await show(interaction, answer)


class ErasePress(Press, template=ERASE):
    """Erases the words of whoever presses, or leaves everything."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says."""
        if not await hold(interaction, anew=False):
            return
        if self.match["verb"] == "keep":
            await show(interaction, said("Nothing was erased."))
            return
        app = interaction.client.app
        guild, user = int(self.match["guild"]), interaction.user.id
        before = await app.casebook.preview_erasure(guild, user)
        erased = await app.casebook.erase(guild, user)
        paragraphs = ["Your words are erased from what Concord holds about this server."]
        if not before.goes:
            paragraphs = ["Concord has noted that you want your words erased."]
        if erased.redactions:
            messages = "message" if erased.redactions == 1 else "messages"
            paragraphs.append(
                f"{erased.redactions} of Concord's own {messages} that showed them will follow "
                "within minutes."
            )
        paragraphs.extend(_waiting(erased.waits))
        await show(
            interaction,
            said(fitted(paragraphs, DESCRIPTION), "Erased" if before.goes else "Noted"),
        )


def _also(title: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    return (f"**{title}**\n{listed(lines)}",) if lines else ()


def _waiting(cases: tuple[str, ...]) -> tuple[str, ...]:
    if not cases:
        return ()
    which = "this case is" if len(cases) == 1 else "these cases are"
    return (f"Your words in {', '.join(cases)} follow once {which} closed.",)
