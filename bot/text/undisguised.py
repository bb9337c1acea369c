"""A reading of a text for addresses and numbers whose characters are disguised one by one.

What is shown from right to left, percent-encoded, overlaid with marks or written as a character
reference of HTML reads here as it is shown. Most posts hold none of that and have no such reading.
"""

import re
from typing import Final

from bot.model.screened import ScreenedPart, View
from bot.text.views import ViewBuilder

_DISGUISE_RE: Final = re.compile(
    "[\u202e\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
    r"|%[2-7][0-9A-Fa-f]|&(?:#|commat;|period;)"
)
_REFERENCE_RE: Final = re.compile(
    r"&(?:#(?P<decimal>\d{2,3})|#x(?P<hex>[0-9a-f]{2})|(?P<name>commat|period));?"
)
"""Character references of HTML (HTML Standard, 13.5) as far as they stand for ASCII."""
_NAMED: Final = {"commat": "@", "period": "."}


def undisguised(part: ScreenedPart) -> View | None:
    """Return the reading, lower-case and on one line; None where no character is disguised so."""
    if _DISGUISE_RE.search(part.raw) is None:
        return None
    view = part.folded
    if "&" not in view.text:
        return view
    builder = ViewBuilder(view)
    position = 0
    for found in _REFERENCE_RE.finditer(view.text):
        character = _character(found)
        if character is None:
            continue
        builder.keep(position, found.start())
        builder.put(character, found.start(), found.end())
        position = found.end()
    builder.keep(position, len(view.text))
    return builder.build()


def _character(found: re.Match[str]) -> str | None:
    if found["name"]:
        return _NAMED[found["name"]]
    code = int(found["hex"], 16) if found["hex"] else int(found["decimal"])
    character = chr(code).lower()
    return character if character.isascii() and character.isprintable() else None
