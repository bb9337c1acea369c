"""Famous phrases of other languages, which people say inside English posts."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from bot.errors import ConfigurationError
from bot.text.lexicon_files import read_lexicon, shown

_WORD_RE: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_NAME: Final = "loan_phrases"


def loan_phrases(text: str) -> tuple[tuple[int, int], ...]:
    """Return the half-open spans of listed phrases, in order, none overlapping another.

    Capitals, accents and the signs between words make no difference. The longest phrase wins.

    Raises:
        ConfigurationError: if the list is missing or holds what it may not.
    """
    found = list(_WORD_RE.finditer(text))
    words = ["".join(map(_plain, match[0])) for match in found]
    spans: list[tuple[int, int]] = []
    index = 0
    while index < len(words):
        for phrase in _phrases().get(words[index], ()):
            if words[index : index + len(phrase)] == list(phrase):
                spans.append((found[index].start(), found[index + len(phrase) - 1].end()))
                index += len(phrase)
                break
        else:
            index += 1
    return tuple(spans)


@lru_cache(maxsize=1 << 12)
def _plain(character: str) -> str:
    return "'" if character == "’" else unicodedata.normalize("NFD", character)[0].lower()


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases by their first word, the longest first."""
    listed = read_lexicon(_NAME).get("phrases")
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise ConfigurationError(
            [f"{shown(_NAME)}: phrases = {listed!r}; expected a list of texts"]
        )
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in listed:
        words = tuple(phrase.split())
        by_first.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(all_, key=len, reverse=True)) for first, all_ in by_first.items()}
