"""What an author wrote in a post, as one folded text that posts are compared by."""

import re
from typing import Final

from bot.model.post import Surface
from bot.model.screened import ScreenedPart, ScreenedPost

_HEAD, _TAIL = 600, 400
"""Code points kept of a long text; chosen so that one comparison stays below 0.1 ms."""

_START: Final = 80
"""Code points at the start of a post in which names say whom it is for; chosen, not measured."""

_MENTION_RE: Final = re.compile(r"<@!?(\d{1,20})>")
_NAME_RE: Final = re.compile(r"(?<![\w@])@[\w.]*\w")

_EVERYBODY: Final = frozenset({"@everyone", "@here"})

_SURFACES = frozenset(
    {Surface.CONTENT, Surface.EMBED, Surface.POLL, Surface.THREAD_TITLE, Surface.FILE_TEXT}
)
"""Where authors write; names of files and texts of others are no words of theirs."""


def own_words(screened: ScreenedPost) -> str:
    """Return the folded text an author wrote, without quotes and code; of much, head and tail.

    Members whom its start mentions come first, as ``@`` and their id.
    """
    parts = [part for part in screened.parts if part.part.surface in _SURFACES]
    mentioned = [f"@{who}" for part in parts for who in _MENTION_RE.findall(part.raw[:_START])]
    text = " ".join(" ".join((*mentioned, *map(_unquoted, parts))).split())
    return text if len(text) <= _HEAD + _TAIL else text[:_HEAD] + text[-_TAIL:]


def addressed(text: str) -> frozenset[str]:
    """Return whom an author's words name with an ``@`` at their start."""
    return frozenset(_NAME_RE.findall(text[:_START])) - _EVERYBODY


def without_names(text: str) -> str:
    """Return an author's words without names that begin with an ``@``."""
    return " ".join(_NAME_RE.sub(" ", text).split()) if "@" in text else text


def letters_of(text: str) -> str:
    """Return the letters of a text alone: the same whatever spacing, signs, numbers and names."""
    return "".join(filter(str.isalpha, without_names(text)))


def _unquoted(part: ScreenedPart) -> str:
    view = part.folded
    if not part.quoted:
        return view.text
    return "".join(
        character
        for character, start, end in zip(view.text, view.starts, view.ends, strict=True)
        if not part.is_quoted(start, end)
    )
