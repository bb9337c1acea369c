"""The fields of our forms: named by their custom ids, prefilled with what was said before."""

from collections.abc import Iterable, Mapping
from typing import Any

import discord

NOTE_LENGTH = 1000
"""Characters of a note: a notice has room for it beside the guideline; chosen, not measured."""

LINE_LENGTH = 200
"""Characters of a field of one line; chosen, not measured."""

Field = discord.ui.Label[Any]


def line(
    name: str, label: str, said: str = "", *, hint: str | None = None, needed: bool = False
) -> Field:
    """Return a field of one line.

    Args:
        name: its custom id.
        label: at most 45 characters.
        said: what stands in it already.
        hint: at most 100 characters.
        needed: whether it may not be left empty.
    """
    return _field(name, label, said, hint, needed, discord.TextStyle.short, LINE_LENGTH)


def text(
    name: str, label: str, said: str = "", *, hint: str | None = None, needed: bool = False
) -> Field:
    """Return a field of several lines; arguments as of :func:`line`."""
    return _field(name, label, said, hint, needed, discord.TextStyle.paragraph, NOTE_LENGTH)


def reason(name: str, label: str, *, shortest: int, longest: int, hint: str) -> Field:
    """Return a field of one line that needs some words.

    Args:
        name: its custom id.
        label: at most 45 characters.
        shortest: characters it needs.
        longest: characters it takes.
        hint: at most 100 characters.
    """
    return discord.ui.Label(
        text=label,
        description=hint,
        component=discord.ui.TextInput[Any](
            custom_id=name,
            style=discord.TextStyle.short,
            required=True,
            min_length=shortest,
            max_length=longest,
        ),
    )


def choice(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str) -> Field:
    """Return a field with a few choices, each a value and its words."""
    return discord.ui.Label(
        text=label,
        component=discord.ui.Select[Any](
            custom_id=name,
            options=[
                discord.SelectOption(label=words, value=value, default=value == chosen)
                for value, words in options
            ],
        ),
    )


def choices(name: str, label: str, options: Iterable[tuple[str, str]]) -> Field:
    """Return a field with several choices, each a value and its words; at least one is made."""
    offered = [discord.SelectOption(label=words, value=value) for value, words in options]
    return discord.ui.Label(
        text=label,
        component=discord.ui.Select[Any](
            custom_id=name, options=offered, min_values=1, max_values=len(offered)
        ),
    )


def filled_in(data: Any) -> Mapping[str, str]:
    """Return what was filled in, by the names of the fields, from the data of an interaction.

    Empty fields are there, and empty; of a select, what was chosen is joined by commas.
    """
    said: dict[str, str] = {}
    for part in data.get("components", ()):
        if "component" in part:
            said |= filled_in({"components": [part["component"]]})
        elif "components" in part:
            said |= filled_in(part)
        elif "value" in part:
            said[part["custom_id"]] = str(part["value"] or "").strip()
        elif "values" in part:
            said[part["custom_id"]] = ",".join(map(str, part["values"]))
    return said


def _field(
    name: str,
    label: str,
    said: str,
    hint: str | None,
    needed: bool,
    style: discord.TextStyle,
    longest: int,
) -> Field:
    return discord.ui.Label(
        text=label,
        description=hint,
        component=discord.ui.TextInput[Any](
            custom_id=name,
            style=style,
            default=said[:longest] or None,
            required=needed,
            max_length=longest,
        ),
    )
