"""The matching copy of a text: what it looks like to a reader, in plain lower-case letters."""

import re
from typing import Final

from bot.model.screened import View
from bot.text.characters import INVISIBLE_RE, REGIONAL_A, fold, look_alike, script
from bot.text.views import ViewBuilder

PERCENT_RE: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
"""Percent-encoded bytes (RFC 3986, 2.1)."""

OTHER_SPACE_RE: Final = re.compile(r"[^\S ]")
SPACES_RE: Final = re.compile(" {2,}")

REGIONAL_RE: Final = re.compile("[\U0001f1e6-\U0001f1ff]+")

LETTERS_RE: Final = re.compile(r"[^\W\d_]+")

OVERRIDE: Final = "\u202e"
"""RIGHT-TO-LEFT OVERRIDE: what follows is displayed from its end to its beginning."""

_TWINS: Final = {"CYRILLIC", "GREEK"}
"""Scripts that no real word mixes."""

_OPENERS: Final = frozenset("\u202a\u202b\u202d\u202e")
_POP: Final = "\u202c"


def without_invisible(view: View) -> View:
    """Return a view without the characters that show nothing."""
    if view.text.isascii() and view.text.isprintable():
        return view
    builder = ViewBuilder(view)
    position = 0
    for found in INVISIBLE_RE.finditer(view.text):
        builder.keep(position, found.start())
        position = found.end()
    if not position:
        return view
    builder.keep(position, len(view.text))
    return builder.build()


def folded(view: View) -> View:
    """Return the matching copy of what is shown; linear in its length."""
    if OVERRIDE in view.text:
        view = _displayed(view)
    if "%" in view.text:
        view = _decoded(view)
    if view.text.isascii():
        view = without_invisible(View(view.text.lower(), view.starts, view.ends))
    else:
        view = _regional(_one_script(_plain_letters(view)))
    return _single_spaces(view)


def _displayed(view: View) -> View:
    """Put overridden stretches into the order a reader sees; each maps to its whole stretch."""
    builder = ViewBuilder(view)
    text = view.text
    position = 0
    while (start := text.find(OVERRIDE, position)) >= 0:
        shown, end = _overridden(text, start)
        builder.keep(position, start)
        builder.put(shown, start, end)
        position = end
    builder.keep(position, len(text))
    return builder.build()


def _overridden(text: str, start: int) -> tuple[str, int]:
    """Return an overridden stretch in the order it is displayed, and where it ends.

    Whatever is opened inside it is displayed from left to right again, but for a further override
    (Unicode Standard Annex 9: letters keep their direction in an embedding).
    """
    levels: list[tuple[bool, list[str]]] = []
    end = start
    for end in range(start, len(text)):
        character = text[end]
        if character == "\n":
            break
        if character in _OPENERS:
            levels.append((character == OVERRIDE, []))
        elif character != _POP:
            levels[-1][1].append(INVISIBLE_RE.sub("", character))
        elif len(levels) > 1:
            inner = _level(*levels.pop())
            levels[-1][1].append(inner)
        else:
            return _level(*levels[0]), end + 1
    else:
        end = len(text)
    while len(levels) > 1:
        inner = _level(*levels.pop())
        levels[-1][1].append(inner)
    return _level(*levels[0]), end


def _level(reversed_order: bool, units: list[str]) -> str:
    return "".join(reversed(units) if reversed_order else units)


def _decoded(view: View) -> View:
    """Undo percent-encoding of letters, digits and the signs of an address."""
    builder = ViewBuilder(view)
    position = 0
    for found in PERCENT_RE.finditer(view.text):
        try:
            characters = bytes.fromhex(found[0].replace("%", "")).decode()
        except UnicodeDecodeError:  # not percent-encoding but a per cent sign before two digits
            continue
        builder.keep(position, found.start())
        position = found.start()
        for character in characters:
            end = position + 3 * len(character.encode())
            if character.isalnum() or character in "./:@-_":
                builder.put(character, position, end)
            else:
                builder.keep(position, end)
            position = end
    builder.keep(position, len(view.text))
    return builder.build()


def _plain_letters(view: View) -> View:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    visible = INVISIBLE_RE.sub(lambda found: "\x00" * len(found[0]), view.text)
    for character, start, end in zip(visible, view.starts, view.ends, strict=True):
        if character == "\x00":
            continue
        plain = character.lower() if character.isascii() else fold(character)
        if len(plain) == 1:
            letters.append(plain)
            starts.append(start)
            ends.append(end)
        elif plain:
            letters.append(plain)
            starts.extend([start] * len(plain))
            ends.extend([end] * len(plain))
        elif ends:
            ends[-1] = end  # a mark belongs to the letter before it
    return View("".join(letters), tuple(starts), tuple(ends))


def _one_script(view: View) -> View:
    """Turn look-alike letters into Latin ones in words that mix scripts or pretend to be Latin.

    A word wholly of another script is left alone where that script is at home, so that real
    Cyrillic or Greek stays what it is.
    """
    if view.text.isascii():
        return view
    words = list(LETTERS_RE.finditer(view.text))
    latin = sum(len(found[0]) for found in words if found[0].isascii())
    at_home = 2 * latin <= sum(len(found[0]) for found in words)
    characters: list[str] | None = None
    for found in words:
        word = found[0]
        if word.isascii():
            continue
        shapes = [one if one.isascii() else look_alike(one) for one in word]
        mixed = any(one.isascii() for one in word) or set(map(script, word)) >= _TWINS
        if mixed or (not at_home and all(shapes)):
            characters = characters or list(view.text)
            for offset, shape in enumerate(shapes, found.start()):
                characters[offset] = shape or characters[offset]
    return view if characters is None else View("".join(characters), view.starts, view.ends)


def _regional(view: View) -> View:
    """Read regional indicators as letters, but two that stand alone as a flag."""
    characters: list[str] | None = None
    for found in REGIONAL_RE.finditer(view.text):
        inside = (
            view.text[found.start() - 1 : found.start()].isalpha()
            and view.text[found.end() : found.end() + 1].isalpha()
        )
        if len(found[0]) == 2 and not inside:
            continue
        characters = characters or list(view.text)
        for offset, one in enumerate(found[0], found.start()):
            characters[offset] = chr(ord("a") + ord(one) - REGIONAL_A)
    return view if characters is None else View("".join(characters), view.starts, view.ends)


def _single_spaces(view: View) -> View:
    view = View(OTHER_SPACE_RE.sub(" ", view.text), view.starts, view.ends)
    builder = ViewBuilder(view)
    position = 0
    for found in SPACES_RE.finditer(view.text):
        builder.keep(position, found.start())
        builder.put(" ", found.start(), found.end())
        position = found.end()
    if not position:
        return view
    builder.keep(position, len(view.text))
    return builder.build()
