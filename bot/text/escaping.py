"""Moderators' words and names inside our own sentences: no markdown or mention in them acts."""

import re
from typing import Final

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""Lone surrogates: no request that holds one can be sent."""

_ADDRESS_RE: Final = re.compile(r"(https?://[A-Za-z0-9._:/?#!$&',;=%+-]+)", re.IGNORECASE)
"""An address stays as it is, for escaped it would lead nowhere; markdown does not act in it."""

_MARKS_RE: Final = re.compile(r"([\\*_~`|<>\[\]])|^([ ]*)([-+=#]|[0-9]+(?=[.)]))", re.MULTILINE)
"""What Discord reads as markdown, a mention or an emoji; as a line's beginning also a list."""

_CONTROL_RE: Final = re.compile(r"[^\S\n]|[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of what follows."""


def escaped(text: str, most: int | None = None) -> str:
    """Return words that can stand in a text of ours and read exactly as they were written.

    Args:
        text: the words; control characters become spaces.
        most: how many code points of them are shown; the rest becomes an ellipsis.
    """
    safe = _CONTROL_RE.sub(" ", _SURROGATE.sub("\ufffd", text)).strip()
    if most is not None and len(safe) > most:
        safe = f"{safe[: most - 1].rstrip()}…"
    pieces = _ADDRESS_RE.split(safe)
    return "".join(
        piece if place % 2 else _escaped(piece) for place, piece in enumerate(pieces)
    ).replace("@", "@\u200b")


def quoted(text: str, most: int) -> str:
    """Return words as a block quote, each line of them escaped; empty for no words."""
    lines = (line.strip() for line in escaped(text, most).split("\n"))
    return "\n".join(f"> {line}" for line in lines if line)


def _escaped(text: str) -> str:
    return _MARKS_RE.sub(_with_stroke, text)


def _with_stroke(found: re.Match[str]) -> str:
    mark, indent, beginning = found.groups()
    if mark is not None:
        return f"\\{mark}"
    # A number begins a list by the sign after it, and a stroke before a digit would be shown.
    return f"{indent}{beginning}\\" if beginning.isdigit() else f"{indent}\\{beginning}"
