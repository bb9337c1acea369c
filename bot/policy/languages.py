"""Which findings a permitted language covers: languages that are not told apart go together."""

from collections.abc import Iterable

from bot.text.language_names import guessed_as, language_name


def kinds_of(codes: Iterable[str]) -> frozenset[str]:
    """Return the kinds of evidence of the rule ``language`` that permitted languages cover.

    Args:
        codes: ISO 639-1 codes as an admin writes them.
    """
    return frozenset(kind for code in codes for kind in guessed_as(code))


def can_be_found(code: str) -> bool:
    """Whether screening ever calls a text by that code, or by one that goes together with it."""
    unnamed = language_name("")
    return any(language_name(kind) != unnamed for kind in kinds_of((code,)))
