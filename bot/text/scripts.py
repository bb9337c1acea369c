"""Which writing system a letter belongs to, and which language a script speaks for."""

from bisect import bisect_right
from unicodedata import category, normalize

_BLOCKS: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "latin"),
    (0x0250, 0x02AF, "latin"),  # phonetic letters: disguises and dictionaries, no language's script
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0531, 0x058F, "armenian"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"),
    (0x0900, 0x097F, "devanagari"),
    (0x0980, 0x09FF, "bengali"),
    (0x0A00, 0x0A7F, "gurmukhi"),
    (0x0A80, 0x0AFF, "gujarati"),
    (0x0B00, 0x0B7F, "oriya"),
    (0x0B80, 0x0BFF, "tamil"),
    (0x0C00, 0x0C7F, "telugu"),
    (0x0C80, 0x0CFF, "kannada"),
    (0x0D00, 0x0D7F, "malayalam"),
    (0x0D80, 0x0DFF, "sinhala"),
    (0x0E00, 0x0E7F, "thai"),
    (0x0E80, 0x0EFF, "lao"),
    (0x0F00, 0x0FFF, "tibetan"),
    (0x1000, 0x109F, "myanmar"),
    (0x10A0, 0x10FF, "georgian"),
    (0x1100, 0x11FF, "hangul"),
    (0x1200, 0x139F, "ethiopic"),
    (0x1780, 0x17FF, "khmer"),
    (0x1C90, 0x1CBF, "georgian"),
    (0x1D00, 0x1DBF, "latin"),
    (0x1E00, 0x1EFF, "latin"),
    (0x1F00, 0x1FFF, "greek"),
    (0x2C60, 0x2C7F, "latin"),
    (0x2DE0, 0x2DFF, "cyrillic"),
    (0x3005, 0x3007, "han"),
    (0x3040, 0x309F, "kana"),
    (0x30A0, 0x30FF, "kana"),
    (0x3130, 0x318F, "hangul"),
    (0x31F0, 0x31FF, "kana"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xA640, 0xA69F, "cyrillic"),
    (0xA720, 0xA7FF, "latin"),
    (0xAC00, 0xD7AF, "hangul"),
    (0xF900, 0xFAFF, "han"),
    (0x20000, 0x323AF, "han"),
)
"""Blocks of The Unicode Standard 15.0 (Blocks.txt), cut to the scripts that people chat in."""

_STARTS = tuple(start for start, _, _ in _BLOCKS)
_FIRST_NOT_LATIN = 0x0250

UNSPACED = frozenset({"han", "kana", "hangul", "thai", "lao", "khmer", "myanmar", "tibetan"})
"""Scripts that say a sentence in few letters or without spaces."""

EAST_ASIAN = frozenset({"han", "kana", "hangul"})
"""Scripts of which a few letters already are a sentence; Japanese and Korean mix them."""

LANGUAGE_OF_SCRIPT = {
    "armenian": "hy",
    "bengali": "bn",
    "ethiopic": "am",
    "georgian": "ka",
    "greek": "el",
    "gujarati": "gu",
    "gurmukhi": "pa",
    "hangul": "ko",
    "han": "zh",
    "hebrew": "he",
    "kana": "ja",
    "kannada": "kn",
    "khmer": "km",
    "lao": "lo",
    "malayalam": "ml",
    "myanmar": "my",
    "oriya": "or",
    "sinhala": "si",
    "tamil": "ta",
    "telugu": "te",
    "thai": "th",
    "tibetan": "bo",
}
"""Scripts of which one language is the usual one in chat."""

LANGUAGES_OF_SCRIPT = {
    "arabic": ("ar", "fa", "ur", "ku"),
    "cyrillic": ("ru", "uk", "be", "bg", "sr"),
    "devanagari": ("hi", "mr"),
}
"""Scripts of several languages that the first voice knows; where it cannot tell, the first."""


def script_of(letter: str) -> str | None:
    """Return the script of one letter or mark; None for anything else, and for scripts not listed.

    Letters dressed up for mathematics or width count as the letters they stand for.
    """
    code = ord(letter)
    if code < _FIRST_NOT_LATIN:
        return "latin" if letter.isalpha() else None
    if not letter.isalpha() and not category(letter).startswith("M"):
        return None
    _, end, script = _BLOCKS[bisect_right(_STARTS, code) - 1]
    if code <= end:
        return script
    plain = normalize("NFKC", letter)
    return script_of(plain[0]) if plain[0] != letter else None


def scripts_of(word: str) -> frozenset[str]:
    """Return the scripts a word is written in; East Asian scripts mix freely and count as one."""
    if word.isascii():
        return _LATIN if any(map(str.isalpha, word)) else frozenset()
    found = {script for script in map(script_of, word) if script is not None}
    if found & EAST_ASIAN:
        found = (found - EAST_ASIAN) | {_east_asian_script(word)}
    return frozenset(found)


_LATIN = frozenset({"latin"})


def _east_asian_script(word: str) -> str:
    scripts = [script_of(letter) for letter in word]
    if "hangul" in scripts:
        return "hangul"
    return "kana" if "kana" in scripts else "han"
