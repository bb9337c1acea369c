"""Our texts in Discord's own forms: one embed, no mention that pings."""

import discord

from bot.ports import Words

_CALM = discord.Colour(0x5B6EAE)
_ALERT = discord.Colour(0xC98A1B)

DESCRIPTION = 4096
"""Characters of an embed's description (Discord's message limits)."""

NOBODY = discord.AllowedMentions.none()
"""Concord never pings by quoting."""


def embed_of(words: Words, guild: str | None = None) -> discord.Embed:
    """Return a text as an embed; its footer is the reference it can be found again by.

    Args:
        words: the text; what does not fit is cut at a paragraph's end.
        guild: the community's name, for a reader who is in several.
    """
    embed = discord.Embed(
        title=words.title,
        description=_fit(words.paragraphs),
        colour=_ALERT if words.alert else _CALM,
    )
    if guild is not None:
        embed.set_author(name=guild[:256])
    embed.set_footer(text=words.reference)
    return embed


def bears(message: discord.Message, me: int, token: str) -> bool:
    """Whether a message is our own and bears a token in its reference."""
    return message.author.id == me and any(
        (embed.footer.text or "").endswith(f" · {token}") for embed in message.embeds
    )


def _fit(paragraphs: tuple[str, ...]) -> str:
    text = ""
    for paragraph in paragraphs:
        longer = f"{text}\n\n{paragraph}" if text else paragraph
        if len(longer) > DESCRIPTION - 2:
            return f"{text}\n…" if text else f"{paragraph[: DESCRIPTION - 2]}…"
        text = longer
    return text
