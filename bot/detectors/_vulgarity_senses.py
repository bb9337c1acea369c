"""What the words round a vulgar word say about its sense: an animal, a name, a file, Latin.

Every rule here was chosen from the cases in tests/detectors/test_vulgarity_senses.py, November
2026, and is not measured by itself; bot/detectors/vulgarity.py has the figures of the whole.
"""

import re
from enum import IntEnum
from typing import Final

from bot.model.screened import Disguise, ScreenedPart
from bot.text.small_words import small_words
from bot.text.wordlist import Hit


class Sense(IntEnum):
    """How a listed word is to be taken, from the least harm on."""

    HARMLESS = 0
    """It is not the vulgar word."""
    LIKELY_HARMLESS = 1
    """Worth a note."""
    UNSURE = 2
    """A person should look before anything happens."""
    MEANT = 3
    """Nothing speaks against the vulgar sense."""


_ROUND: Final = 120
"""Characters before and after a word in which what it is about is looked for."""

_NEAR: Final = 32
"""Characters in which the word next to it stands."""

_DOGS_RE: Final = re.compile(
    r"\b(?:female dogs?|dogs|pupp(?:y|ies)|pups|litters?|breeders?|breeding|whelp\w*|kennels?"
    r"|vets?|veterinar\w+|spay(?:ed|ing)?|canine|she-wol(?:f|ves)|terriers?|spaniels?|retrievers?|hounds?)\b",
    re.IGNORECASE,
)
"""Words in whose company a bitch is an animal."""

_PLACE_RE: Final = re.compile(
    r"\b(?:of|called|named|in|near|from|to|at|visit(?:ed|ing)?|outside|around) \Z"
)
"""How a place is led up to."""

_FILES: Final = frozenset({"ass"})
"""Endings of files: subtitles."""

_TITLE_RE: Final = re.compile(
    r"\.\s?(?:[A-Z][a-z]{1,5}\.|Prof|Director|Dean|Engineer|Manager|Editor|Secretary|Attorney|Coach)"
)
"""What follows an abbreviated "Assistant" or "Associate"."""

_ROLE_RE: Final = re.compile(
    r"(?:er|or|ist|ant|ent|ian|ment|tion|ive|ee|man|men|woman|rooms?|office|hall|library|studio"
    r"|shop|store|kitchen|cafe|school|house|chef|coach|clerk|nurse|host)s?\Z"
)
"""Endings of jobs, subjects and rooms, which Indian and British English join by "cum"."""

_BEFORE_RE: Final = re.compile(r"([A-Za-z]+)([ -])\Z")
_AFTER_RE: Final = re.compile(r"([ -])([A-Za-z]+)")

_CAPITAL_BEFORE_RE: Final = re.compile(r"(?<!\S)([A-Z][a-z'’-]+\.?) \Z")
_CAPITAL_AFTER_RE: Final = re.compile(r"(?:['’]s)? ([A-Z][a-z'’-]+)")
_RUN_BEFORE_RE: Final = re.compile(r"(?:(?<!\S)[A-Z]\S* ){1,6}\Z")
_RUN_AFTER_RE: Final = re.compile(r"\A(?:['’]s)?(?: [A-Z]\S*){1,6}")

_SHORT: Final = frozenset(
    {
        "ass",
        "arse",
        "cock",
        "cocks",
        "tit",
        "tits",
        "prick",
        "pricks",
        "dick",
        "dicks",
        "fuk",
        "fuc",
    }
)
"""Coarse words that are a surname, or a piece of a word parted by a hyphen."""

_HEADLINE: Final = 4
"""Capitalised words beside a word, one after the other, from which they are no name but a
headline."""


def sense_of(part: ScreenedPart, hit: Hit, names: frozenset[str]) -> Sense:
    """Return how a hit is to be taken.

    Args:
        part: the text.
        hit: a word found in it, of any group but the innocent one.
        names: listed words that are given names too.
    """
    written = part.raw[hit.start : hit.end]
    if hit.listed in names and _is_title(written):
        return Sense.HARMLESS
    if hit.disguise is not Disguise.NONE or hit.repeated:
        return Sense.MEANT
    if hit.group == "strong":
        return _sense_of_strong(part.raw, hit, written)
    if hit.group == "coarse":
        return _sense_of_coarse(part.raw, hit, written)
    return Sense.MEANT


def _sense_of_strong(raw: str, hit: Hit, written: str) -> Sense:
    if hit.listed in {"bitch", "bitches"}:
        around = raw[max(0, hit.start - _ROUND) : hit.end + _ROUND]
        return Sense.UNSURE if _DOGS_RE.search(around) else Sense.MEANT
    if written == "FCUK":  # the brand; in a shouted text it is none
        return Sense.MEANT if raw.isupper() else Sense.UNSURE
    if _is_title(written) and _PLACE_RE.search(raw, max(0, hit.start - _NEAR), hit.start):
        return Sense.UNSURE
    return Sense.MEANT


def _sense_of_coarse(raw: str, hit: Hit, written: str) -> Sense:
    before, after = raw[max(0, hit.start - _NEAR) : hit.start], raw[hit.end : hit.end + _NEAR]
    if hit.listed in _FILES and before.endswith("."):
        return Sense.HARMLESS
    if hit.listed == "ass" and written == "Ass" and _TITLE_RE.match(after):
        return Sense.HARMLESS
    if hit.listed == "cum":
        return _sense_of_cum(before, after)
    named = _is_title(written) and _is_beside_a_name(before, after)
    if hit.listed in _SHORT and (named or _is_hyphenated(before, after)):
        return Sense.LIKELY_HARMLESS
    return Sense.MEANT


def _sense_of_cum(before: str, after: str) -> Sense:
    left, right = _BEFORE_RE.search(before), _AFTER_RE.match(after)
    if left is None or right is None or left[2] != right[1]:
        return Sense.MEANT
    what, other = left[1].lower(), right[2].lower()
    if min(len(what), len(other)) < 3 or {what, other} & small_words("en"):
        return Sense.MEANT
    joined = _ROLE_RE.search(what) and (_ROLE_RE.search(other) or other.endswith("ing"))
    return Sense.HARMLESS if joined else Sense.LIKELY_HARMLESS


def _is_hyphenated(before: str, after: str) -> bool:
    """Whether the word is glued by a hyphen to letters."""
    glued_before = before.endswith("-") and before[-2:-1].isalpha()
    return glued_before or (after.startswith("-") and after[1:2].isalpha())


def _is_title(written: str) -> bool:
    return written[:1].isupper() and written[1:].islower()


def _is_beside_a_name(before: str, after: str) -> bool:
    left, right = _CAPITAL_BEFORE_RE.search(before), _CAPITAL_AFTER_RE.match(after)
    beside = [found[1].lower() for found in (left, right) if found is not None]
    if not any(word not in small_words("en") for word in beside):
        return False
    run = _RUN_BEFORE_RE.findall(before) + _RUN_AFTER_RE.findall(after)
    return sum(len(capitals.split()) for capitals in run) < _HEADLINE
