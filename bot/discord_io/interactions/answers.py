"""What somebody sees after a press: embeds, buttons, a file; always for their eyes only.

Embeds rather than Components V2: an embed shows the very notice a member gets beside what will
happen, holds 6,000 characters instead of 4,000, and an answer may become a preview and back.
"""

import io
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord
import structlog

from bot.discord_io.client import ConcordClient
from bot.discord_io.render import NOBODY, panel
from bot.discord_io.requests import UNANSWERED, repeatedly

_log = structlog.get_logger(__name__)

ACKNOWLEDGED = 40060
"""Interaction has already been acknowledged (Discord's JSON error codes)."""

Interaction = discord.Interaction[ConcordClient]
"""Something that somebody pressed, typed or sent."""

Control = discord.ui.Button[discord.ui.View] | discord.ui.Select[discord.ui.View]
"""A button or a select; what it does is found by its custom id, see `presses`."""

_QUIET = discord.Colour(0x5B6EAE)
_DONE = discord.Colour(0x3F8F5F)
_CARE = discord.Colour(0xC98A1B)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with an answer."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody sees after a press; an answer replaces the one before it whole."""

    embeds: tuple[discord.Embed, ...]
    """1 to 10."""
    controls: tuple[Control, ...] = ()
    """At most 25, in order; see ``row`` of each."""
    files: tuple[Attached, ...] = ()

    def having(self, file: Attached) -> "Answer":
        """Return the answer with a file."""
        return replace(self, files=(*self.files, file))

    def view(self) -> discord.ui.View | None:
        """Return its controls; None if it has none."""
        return view_of(self.controls) if self.controls else None


def view_of(controls: Iterable[Control]) -> discord.ui.View:
    """Return buttons and selects as discord.py sends them."""
    view = discord.ui.View(timeout=None)
    for control in controls:
        view.add_item(control)
    view.stop()  # so that discord.py does not keep it: presses are known by their custom ids
    return view


def said(text: str, title: str | None = None) -> Answer:
    """Return an answer of a few sentences."""
    return Answer((panel(title, text, _QUIET),))


def refused(reasons: Sequence[str], title: str = "Nothing was done") -> Answer:
    """Return why something did not happen; each reason is a sentence."""
    text = reasons[0] if len(reasons) == 1 else "\n".join(f"• {reason}" for reason in reasons)
    return Answer((panel(title, text, _CARE),))


def done(text: str, title: str) -> Answer:
    """Return that something has happened."""
    return Answer((panel(title, text, _DONE),))


_UNSENT = refused(
    ("Discord did not take the file. Please try again later, or ask the moderators for it.",),
    "Not sent",
)


async def hold(interaction: Interaction, *, anew: bool = True) -> bool:
    """Tell Discord within its three seconds that an answer will come; False if it would not hear.

    Args:
        interaction: not answered yet.
        anew: whether the answer is a message of its own; else it replaces the one with the button.
    """

    async def defer() -> None:
        await interaction.response.defer(ephemeral=True, thinking=anew)

    try:
        await repeatedly(interaction.client.app.clock, defer)
    except discord.HTTPException as error:
        if error.code == ACKNOWLEDGED:  # an earlier try had arrived after all
            return True
        _log.warning("an interaction could not be held", code=error.code)
        return False
    except UNANSWERED as error:
        _log.warning("an interaction could not be held", error=type(error).__name__)
        return False
    return True


async def show(interaction: Interaction, answer: Answer) -> None:
    """Show an answer in place of what is there: the pause after :func:`hold`, or an earlier one.

    What was decided does not depend on it: an answer that does not get through is logged only.
    One that Discord does not take is replaced by a sentence that says so.
    """
    refusal = await _shown(interaction, answer)
    if refusal is None:
        return
    name = secrets.token_hex(4)
    _log.error(
        "Discord did not take an answer", trouble=name, code=refusal.code, status=refusal.status
    )
    await _shown(interaction, _UNSENT if answer.files else _untaken(name))


async def _shown(interaction: Interaction, answer: Answer) -> discord.HTTPException | None:
    """Show an answer; return why Discord does not take it, if that is in the answer itself."""

    async def edit() -> None:
        await interaction.edit_original_response(**_fields(answer))

    try:
        await repeatedly(interaction.client.app.clock, edit)
    except discord.HTTPException as error:
        _log.warning("an answer could not be shown", code=error.code, status=error.status)
        return error if 400 <= error.status < 500 else None
    except UNANSWERED as error:
        _log.warning("an answer could not be shown", error=type(error).__name__)
    return None


def _untaken(name: str) -> Answer:
    what = (
        f"Discord did not take Concord's answer. It is in Concord's log as **{name}**; please tell "
        "whoever runs Concord. What was decided stands: look at the case before you try again."
    )
    return refused((what,), "The answer cannot be shown")


def _fields(answer: Answer) -> dict[str, Any]:
    return {
        "content": None,
        "embeds": list(answer.embeds),
        "view": answer.view(),
        "attachments": [
            discord.File(io.BytesIO(one.content), filename=one.name) for one in answer.files
        ],
        "allowed_mentions": NOBODY,
    }
