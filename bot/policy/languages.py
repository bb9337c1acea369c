"""Which findings a permitted language covers: languages that are not told apart go together."""

from collections.abc import Iterable

from bot.text.language_names import language_name

_ALSO = {
    "bs": ("sr", "hr"),
    "hr": ("sr", "hr"),
    "sr": ("sr", "hr"),
    "id": ("ms",),
    "nb": ("no",),
    "nn": ("no",),
    "ur": ("ur", "hi"),
}
"""Kinds of evidence by ISO 639-1 code, where they are not the code itself.

Source: the codes that bot.text.voices compares languages by; Urdu in Latin letters reads as Hindi.
"""


def kinds_of(codes: Iterable[str]) -> frozenset[str]:
    """Return the kinds of evidence of the rule ``language`` that permitted languages cover.

    Args:
        codes: ISO 639-1 codes as an admin writes them.
    """
    return frozenset(kind for code in codes for kind in _ALSO.get(code, (code,)))


def can_be_found(code: str) -> bool:
    """Whether screening ever calls a text by that code, or by one that goes together with it."""
    unnamed = language_name("")
    return any(language_name(kind) != unnamed for kind in kinds_of((code,)))
