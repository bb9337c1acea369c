"""Small words that nearly every sentence of a language holds; strings of names hold none."""

from functools import cache

from bot.text.lexicon_files import word_lists


@cache
def small_words(code: str) -> frozenset[str]:
    """Return a language's small words, lower-case; empty for a language without a list."""
    return word_lists("small_words")[""].get(code, frozenset())
