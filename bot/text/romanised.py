"""Speech of other scripts typed in Latin letters, told by its small words.

Neither voice knows such spellings: "kya haal hai bhai" is Malay to one and nothing to the other.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from bot.text.lexicon_files import word_lists

_FEW, _FEW_SHARE = 2, 0.5
"""Different telling words that suffice, where such a share of all words are small words of it.

Both pairs were chosen on one half of the Hinglish chat named in bot/detectors/language.py."""

_MANY, _MANY_SHARE = 4, 0.25
"""The same for longer texts, where the other half is borrowed from English."""


class _SmallWords(NamedTuple):
    strong: frozenset[str]
    """Words that tell: no English word, and no small word of a language the voices know."""
    weak: frozenset[str]
    """Words that count as part of the language, beside strong ones."""


def romanised_language(words: Iterable[str]) -> str | None:
    """Return ``hi`` (Hindi or Urdu) or ``ru`` for romanised speech, else None.

    Args:
        words: lower-case, in order.
    """
    said = tuple(words)
    best: tuple[int, str] | None = None
    for code, small in _lexicon().items():
        strong = [word for word in said if word in small.strong]
        kinds = len(set(strong))
        share = (len(strong) + sum(word in small.weak for word in said)) / max(len(said), 1)
        told = (kinds >= _FEW and share >= _FEW_SHARE) or (kinds >= _MANY and share >= _MANY_SHARE)
        if told and (best is None or len(strong) > best[0]):
            best = len(strong), code
    return best[1] if best is not None else None


@cache
def _lexicon() -> dict[str, _SmallWords]:
    return {
        code: _SmallWords(lists["strong"] - lists["weak"], lists["weak"])
        for code, lists in word_lists("romanised").items()
        if code
    }
