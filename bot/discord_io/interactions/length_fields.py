"""The field of a form for how long something lasts: what nobody touched in it changes nothing."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from bot.discord_io.interactions.fields import Field, line
from bot.discord_io.interactions.lengths import spelled
from bot.text.durations import Length

FIELD = "duration"
"""The field's custom id."""


def shown_length(lengths: Iterable[Length]) -> str | None:
    """Return the length that stands in the field for these sanctions.

    None where nothing lasts, so that there is no field; empty where they last differently: no one
    length may be put in the place of them all unless somebody types it.
    """
    shown = {spelled(_whole(one)) for one in lengths}
    if not shown:
        return None
    return shown.pop() if len(shown) == 1 else ""


def length_field(shown: str) -> Field:
    """Return the field, with a length in it or empty."""
    hint = "90m, 3 days, until 2026-12-24, forever; a length counts from when it began"
    if not shown:
        hint = "They last differently now. Empty: each stays as it is. A length: for all of them"
    return line(FIELD, "How long", shown, hint=hint)


def retyped(filled: Mapping[str, str], shown: str | None) -> str | None:
    """Return the length that was typed; None where the field was left as it stood, or emptied."""
    typed = filled.get(FIELD, "").strip()
    return typed if typed and typed != (shown or "") else None


def _whole(length: Length) -> Length:
    """Return a length in whole seconds: an end that somebody set by hand has fractions."""
    if length.lasts is None:
        return length
    return Length(timedelta(seconds=round(length.lasts.total_seconds())))
