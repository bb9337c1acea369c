"""Two independent voices on the language of a text: eldc, fast, and langdetect, to confirm it.

Both are imported when first asked: most posts need neither profile loaded.
"""

from functools import cache
from typing import NamedTuple, Protocol

_CODES = {
    "id": "ms",  # eldc names Malay and Indonesian ms, langdetect id; they are taken as one
    "zh-cn": "zh",
    "zh-tw": "zh",
    "nb": "no",
    "nn": "no",
    "hr": "sh",  # Croatian, Bosnian and Serbian in Latin letters: the voices disagree at random
    "bs": "sh",
    "sr": "sh",
}
"""The one code under which both libraries' answers are compared."""

_FAMILIES = (
    frozenset({"cs", "sk"}),
    frozenset({"da", "no", "sv"}),
    frozenset({"es", "ca", "pt", "gl"}),
    frozenset({"nl", "af"}),
    frozenset({"ms", "tl"}),
    frozenset({"sh", "sl"}),
)
"""Languages that the two voices take for each other in short texts; chosen, not measured."""

UNKNOWN_TO_FIRST = frozenset({"sw"})
"""Languages that langdetect knows and eldc does not, of which we have the small words."""

SECOND_VOICE_SEED = 0
"""langdetect draws samples: unseeded, 3.7 % of 300 short messages changed between two runs."""


class Opinion(NamedTuple):
    """What the first voice says."""

    code: str
    """As :func:`comparable` writes it; ``und`` where nothing can be said."""
    score: float
    """In [0, 1]; how much the text looks like that language, not a probability."""
    reliable: bool


class _FirstVoice(Protocol):
    def __call__(self, text: str) -> "_Details": ...


class _Details(Protocol):
    language: str
    reliable: bool
    scores: dict[str, float]


class _SecondVoice(Protocol):
    def __call__(self, text: str) -> str: ...


def comparable(code: str) -> str:
    """Return the code under which two voices' answers are compared."""
    return _CODES.get(code, code)


def alike(one: str, other: str) -> bool:
    """Whether two comparable codes are the same language, or close relatives."""
    return one == other or any({one, other} <= family for family in _FAMILIES)


def first_voice(text: str) -> Opinion:
    """Return eldc's opinion; about 10 microseconds for a chat message."""
    details = _eldc()(text)
    return Opinion(
        comparable(details.language),
        details.scores.get(details.language, 0.0),
        details.reliable,
    )


def second_voice(text: str) -> str:
    """Return langdetect's opinion as a comparable code; ``und`` for a text without letters.

    Law: the same text gives the same answer, whatever was asked before. It costs up to 33 ms at
    4,000 characters: give it a window.
    """
    if not any(character.isalpha() for character in text):
        return "und"
    return comparable(_langdetect()(text))


@cache
def _eldc() -> _FirstVoice:
    import eldc

    eldc.init()
    voice: _FirstVoice = eldc.detect_details
    return voice


@cache
def _langdetect() -> _SecondVoice:
    from langdetect import DetectorFactory, detect
    from langdetect.lang_detect_exception import LangDetectException

    DetectorFactory.seed = SECOND_VOICE_SEED

    def voice(text: str) -> str:
        try:
            return str(detect(text))
        except LangDetectException:  # raised for a text without usable letters
            return "und"

    return voice
