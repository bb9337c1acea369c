"""Digits written as words, alone or mixed with figures: "four one five, 555 double two".

The words are the English ones people read numbers aloud with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.text.patterns import Pattern, any_of

_WORD_DIGITS: Final = {
    "zero": "0",
    "oh": "0",
    "o": "0",
    "null": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
_REPEATS: Final = {"double": 2, "triple": 3}
_WORD: Final = any_of(*(word for word in _WORD_DIGITS if word != "o"), r"o\b")
_SPELLED_RE: Final = Pattern(
    rf"\b(?:plus\s{{1,2}})?(?:(?:double|triple)\s{{1,2}})?(?:{_WORD}|\d{{1,6}})",
    rf"(?:[\s\-.,/()]{{0,3}}(?:(?:double|triple)\s{{1,2}})?(?:{_WORD}|"
    r"\d{1,6})){4,16}",
)
_TOKEN_RE: Final = Pattern(rf"double|triple|plus|{_WORD}|\d+")
_HINT_RE: Final = Pattern(rf"{_WORD}[\s\-.,/]{{1,3}}(?:{_WORD}|double|triple|\d)")


@dataclass(frozen=True, slots=True)
class SpelledDigits:
    """A run of digits of which some are words; its span is half-open in the text that was read."""

    start: int
    end: int
    digits: str
    words: int
    """How many of its digits stood there as words."""


def has_spelled_digits(text: str) -> bool:
    """Whether two digits stand together of which one is a word: cheap, before the exact reading."""
    return _HINT_RE.search(text) is not None


def spelled_digits(text: str) -> Iterator[SpelledDigits]:
    """Yield runs of at least five digits or words for digits, from left to right."""
    for match in _SPELLED_RE.finditer(text):
        digits, words, repeat = "", 0, 1
        for token in _TOKEN_RE.finditer(match.text):
            word = token.text.lower()
            if word in _REPEATS:
                repeat = _REPEATS[word]
                continue
            value = _WORD_DIGITS.get(word)
            words += value is not None
            digits += (value or ("" if word == "plus" else word)) * repeat
            repeat = 1
        yield SpelledDigits(match.start, match.end, digits, words)
