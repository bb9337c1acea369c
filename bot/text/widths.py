"""Compatibility forms one for one: full-width, mathematical and circled characters as plain ones.

For readers of addresses and numbers, which need offsets to hold: a character is replaced only where
its compatibility form (Unicode NFKC) is a single character, so the length never changes. Digits of
other scripts become ASCII ones.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_DOTS: Final = {"\u3002": ".", "\u2024": ".", "\uff61": ".", "\u00b7": ".", "\u2219": "."}
"""Characters that stand for a dot in a disguised address and have no such compatibility form."""

_LOOKALIKES: Final = dict(
    zip("аеорсухіјѕԁһӏкмтвнᴀᴏ", "aeopcyxijsdhlkmtbhao", strict=True)  # Cyrillic and small capitals
)
"""Letters drawn like Latin ones; chosen by eye, the commonest in disguised addresses."""


@lru_cache(maxsize=4096)
def _narrow_one(character: str) -> str:
    compatible = unicodedata.normalize("NFKC", character)
    plain = compatible if len(compatible) == 1 else character
    if plain.isdecimal():
        return str(unicodedata.decimal(plain))
    return _DOTS.get(plain) or _LOOKALIKES.get(plain) or plain


def narrow(text: str) -> str:
    """Return the text with each character in its plain form.

    Laws: the length stays; ASCII stays as it is; narrowing twice changes nothing more.
    """
    if text.isascii():
        return text
    return "".join(map(_narrow_one, text))
