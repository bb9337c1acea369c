"""Our texts in Discord's own forms: embeds within its bounds, no mention that pings."""

from collections.abc import Iterable
from typing import Final

import discord

from bot.ports import Words

_CALM = discord.Colour(0x5B6EAE)
_ALERT = discord.Colour(0xC98A1B)

TITLE: Final = 256
DESCRIPTION: Final = 4096
AUTHOR: Final = 256
FOOTER: Final = 2048
"""Characters of an embed's parts (Discord's message limits)."""

NOBODY = discord.AllowedMentions.none()
"""Concord never pings by quoting."""


def embed_of(words: Words, guild: str | None = None) -> discord.Embed:
    """Return a text as an embed; its footer is the reference it can be found again by.

    Args:
        words: the text; what does not fit is cut at a paragraph's end.
        guild: the community's name, for a reader who is in several.
    """
    colour = _ALERT if words.alert else _CALM
    text = fitted(words.paragraphs, DESCRIPTION)
    return panel(words.title, text, colour, author=guild, footer=words.reference)


def panel(
    title: str | None,
    text: str,
    colour: discord.Colour,
    *,
    author: str | None = None,
    footer: str | None = None,
) -> discord.Embed:
    """Return an embed that Discord takes, however long its parts are.

    Args:
        title: cut where it is too long, as all the others are.
        text: cut at the end of a line.
        colour: of its edge.
        author: a small line above the title.
        footer: a small line below the text.
    """
    embed = discord.Embed(
        title=None if title is None else _cut(title, TITLE),
        description=_cut(text, DESCRIPTION, at="\n"),
        colour=colour,
    )
    if author is not None:
        embed.set_author(name=_cut(author, AUTHOR))
    if footer is not None:
        embed.set_footer(text=_cut(footer, FOOTER))
    return embed


def fitted(paragraphs: Iterable[str], room: int) -> str:
    """Return paragraphs as one text; what does not fit is cut at a paragraph's end, and said so."""
    text = ""
    for paragraph in paragraphs:
        longer = f"{text}\n\n{paragraph}" if text else paragraph
        if len(longer) > room - 2:
            return f"{text}\n…" if text else f"{paragraph[: room - 2]}…"
        text = longer
    return text


def bears(message: discord.Message, me: int, token: str) -> bool:
    """Whether a message is our own and bears a token in its reference."""
    return message.author.id == me and any(
        (embed.footer.text or "").endswith(f" · {token}") for embed in message.embeds
    )


def _cut(text: str, most: int, at: str = "") -> str:
    """Return a text of so many characters at most, cut at the last of a sign if there is one."""
    if len(text) <= most:
        return text
    kept = text[: most - 2]
    end = kept.rfind(at) if at else -1
    return f"{kept[:end]}\n…" if end > 0 else f"{kept}…"
