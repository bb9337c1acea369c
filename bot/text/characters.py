"""What one character looks like: invisible, a mark, or another way to write a Latin letter."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

import disarm

INVISIBLE_RE: Final = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters that break no line
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiner, fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero width, direction
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"  # variation selectors, marks of annotations
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # format characters of shorthand and music
    "\U000e0000-\U000e0fff"  # tags, further variation selectors
    "]+"
)
"""Characters that show nothing: Unicode 15, Cc, Cf and Default_Ignorable_Code_Point."""

REGIONAL_A: Final = 0x1F1E6
"""REGIONAL INDICATOR SYMBOL LETTER A; 25 more follow."""

LONGEST_FORM: Final = 4
"""Characters one character may become: ``ffi`` and ``1/2``, but no ligature of whole phrases, so
that a text cannot grow much. Chosen, not measured."""

_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"

_KNOWN: Final = {
    # punctuation that a keyboard writes as ASCII
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("\u3002\uff61\u2024", "."),
    # signs beside a word that compatibility forms would turn into letters of it
    **{sign: sign for sign in "\u2122\u2120\ufffd"},
    # a Greek letter that nobody writes Greek with
    "\u03f2": "c",
    # no spaces, but they show one: the empty Braille pattern, the Hangul filler
    **dict.fromkeys("\u2800\u3164", " "),
    # negative circled and squared letters, which compatibility forms leave alone
    **{chr(0x1F150 + place): letter for place, letter in enumerate(_ALPHABET)},
    **{chr(0x1F170 + place): letter for place, letter in enumerate(_ALPHABET)},
    # Canadian syllabics that generators of fancy text use
    **dict(zip("ᗩᗷᑕᗪᗴᖴᕼᒍᒪᗰᑎᑭᑫᖇᔕᑌᐯᗯ᙭ᘔ", "abcdefhjlmnpqrsuvwxz", strict=True)),
}
"""What some characters are taken for; Unicode 15 code charts, chosen by shape."""

_LATIN_NAME_RE: Final = re.compile(
    r"LATIN (?:SMALL LETTER |CAPITAL LETTER |LETTER SMALL CAPITAL )([A-Z])(?: WITH .*)?"
)
"""Names of letters that are a plain Latin letter with something added, or a small capital."""

_FAUX: Final = dict(zip("иянцчэдгфщғϝ", "nrhuyedrowff", strict=True))
"""Letters that pass for Latin ones only beside Latin ones; chosen by shape, not measured."""


@lru_cache(maxsize=1 << 14)
def fold(character: str) -> str:  # noqa: PLR0911 - a table of cases, cheapest first
    """Return what one visible character is for matching, without leaving its script.

    Lower-case; marks give the empty string; full-width, mathematical, circled and squared letters,
    small capitals and Latin letters with additions give the plain letter; blanks give a space.
    """
    if character in _KNOWN:
        return _KNOWN[character]
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in {"Mn", "Me"}:
        return ""
    if category == "Lo" and not unicodedata.decomposition(character):
        return character
    named = _LATIN_NAME_RE.fullmatch(unicodedata.name(character, ""))
    if named is not None:
        return named[1].lower()
    plain = unicodedata.normalize("NFKD", character).casefold()
    if len(plain) == 3 and plain[0] == "(" and plain[2] == ")":  # parenthesised letters
        plain = plain[1]
    if len(plain) > LONGEST_FORM:
        return character
    letters = (_latin(one) for one in plain if unicodedata.category(one) not in {"Mn", "Me"})
    return unicodedata.normalize("NFC", "".join(letters)).strip() or " "


def _latin(character: str) -> str:
    if character.isascii() or not unicodedata.name(character, "").startswith("LATIN"):
        return character
    named = _LATIN_NAME_RE.fullmatch(unicodedata.name(character, ""))
    return named[1].lower() if named is not None else look_alike(character) or character


@lru_cache(maxsize=1 << 12)
def look_alike(character: str) -> str:
    """Return the Latin letter that a folded letter of another script passes for, or nothing."""
    if character in _FAUX:
        return _FAUX[character]
    shape: str = disarm.strip_obfuscation(character).lower()
    return shape if shape.isascii() and shape.isalpha() and len(shape) == 1 else ""


@lru_cache(maxsize=1 << 12)
def script(character: str) -> str:
    """Return the script of a letter as its name in Unicode begins: ``CYRILLIC``, ``GREEK``."""
    return unicodedata.name(character, "").partition(" ")[0]
