"""How long something lasts, as moderators type it and as everybody reads it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

from bot.errors import ConcordError

SHORTEST: Final = timedelta(minutes=1)
"""Less is over before anybody has read of it. Chosen."""

LONGEST: Final = timedelta(days=3650)
"""More is meant as "forever"; keeps sums of times within the calendar. Chosen."""

_EXPECTED: Final = (
    "expected a length such as 90m, 24 hours, 3 days, 1h30m, 2 weeks, until 2026-12-24, or forever"
)
_MOST_TYPED: Final = 100
"""Characters of a length that is read; no sensible one has more. Chosen."""

_ENDLESS: Final = frozenset(
    {"forever", "permanent", "permanently", "ever", "endless", "good", "always"}
)
"""Words for no end; a "for" before them is dropped."""

_UNITS: Final[Mapping[str, timedelta]] = MappingProxyType(
    {
        word: length
        for words, length in (
            ("s sec secs second seconds", timedelta(seconds=1)),
            ("m min mins minute minutes", timedelta(minutes=1)),
            ("h hr hrs hour hours", timedelta(hours=1)),
            ("d day days", timedelta(days=1)),
            ("w wk wks week weeks", timedelta(weeks=1)),
            # No calendar: everybody is to get the same length for the same word.
            ("mo month months", timedelta(days=30)),
            ("y yr yrs year years", timedelta(days=365)),
        )
        for word in words.split()
    }
)

_PIECE_RE: Final = re.compile(
    r"(?P<number>[0-9]{1,9}(?:\.[0-9]{1,3})?|an?\b)"  # a count, or "a", "an"
    r"\s*"
    r"(?P<unit>[a-z]+)"
)
_BETWEEN_RE: Final = re.compile(r"(?:\s|,|\band\b)*")
_MOMENT_RE: Final = re.compile(
    r"until\s+(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[ t]+(?P<time>[0-9]{2}:[0-9]{2}))?"  # midnight where none is named
    r"(?:\s*(?:z|utc))?"
)


class DurationError(ConcordError):
    """What was typed is no length that can be used; the text says what was expected."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long something is to last, as it was named: for so long, up to a moment, or without end.

    Invariant: at most one of the two is given; with neither it has no end.
    """

    lasts: timedelta | None = None
    until: datetime | None = None
    """The end itself, aware UTC: it stays where it is, however long somebody takes to confirm."""

    def __post_init__(self) -> None:
        """Hold the invariant."""
        if self.lasts is not None and self.until is not None:
            raise ValueError("something lasts for so long or up to a moment")

    @property
    def endless(self) -> bool:
        """Whether it has no end."""
        return self.lasts is None and self.until is None


def read_length(typed: str) -> timedelta | None:
    """Return the length that somebody typed; None means without end.

    A month counts 30 days and a year 365.

    Raises:
        DurationError: if it is none, or not within :data:`SHORTEST` and :data:`LONGEST`.
    """
    text = _tidied(typed)
    if text in _ENDLESS:
        return None
    place = _skip(text, 0)
    total = timedelta()
    while place < len(text):
        piece = _PIECE_RE.match(text, place)
        unit = _UNITS.get(piece["unit"]) if piece is not None else None
        if piece is None or unit is None:
            raise _misread(typed)
        count = 1.0 if piece["number"].startswith("a") else float(piece["number"])
        # Also 999,999,999 years are a number; the bound is told below.
        total = min(total + min(count * unit.total_seconds(), 1e12) * timedelta(seconds=1), _HUGE)
        place = _skip(text, piece.end())
    return _bounded(total, typed)


def read_duration(typed: str, now: datetime) -> Length:
    """Return the length that somebody typed, also as "until 2026-12-24 18:00"; times are UTC.

    Args:
        typed: what was typed.
        now: aware; a moment that is named comes later.

    Raises:
        DurationError: if it is none, or not within :data:`SHORTEST` and :data:`LONGEST`.
    """
    moment = _MOMENT_RE.fullmatch(_tidied(typed))
    if moment is None:
        return Length(read_length(typed))
    try:
        named = datetime.fromisoformat(f"{moment['day']}T{moment['time'] or '00:00'}")
    except ValueError:
        raise DurationError(f"{_shown(typed)} names no day of the calendar; {_EXPECTED}") from None
    end = named.replace(tzinfo=UTC)
    if end <= now:
        raise DurationError(f"{_shown(typed)} is over already; {_EXPECTED}")
    _bounded(end - now, typed)
    return Length(until=end)


def said(length: timedelta | None) -> str:
    """Return a length in words: "3 days", "1 hour 30 minutes", "without end".

    Law: read back, the words of a length in whole seconds are that length.
    """
    if length is None:
        return "without end"
    seconds = round(length.total_seconds())
    words = []
    for name, size in (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{count} {name}{'' if count == 1 else 's'}")
    return " ".join(words) or "0 seconds"


def said_end(end: datetime) -> str:
    """Return a moment in words that can be typed back: "until 2026-12-24 18:00"; UTC."""
    return f"until {end.astimezone(UTC):%Y-%m-%d %H:%M}"


def in_short(length: timedelta) -> str:
    """Return a length in its two largest units at most: "17 days 8 hours"."""
    return " ".join(said(length).split()[:4])


_HUGE: Final = timedelta(days=1_000_000)


def _tidied(typed: str) -> str:
    if len(typed) > _MOST_TYPED:
        raise _misread(typed)
    return " ".join(typed.lower().split()).removeprefix("for ")


def _skip(text: str, place: int) -> int:
    between = _BETWEEN_RE.match(text, place)
    assert between is not None, "BUG: nothing is between two pieces, too"
    return between.end()


def _bounded(length: timedelta, typed: str) -> timedelta:
    if length == timedelta() and not any(sign.isdigit() for sign in typed):
        raise _misread(typed)
    if length < SHORTEST:
        raise DurationError(f"{_shown(typed)} is too short; the shortest is {said(SHORTEST)}")
    if length > LONGEST:
        raise DurationError(
            f"{_shown(typed)} is too long; the longest is {said(LONGEST)}, or write forever"
        )
    return length


def _misread(typed: str) -> DurationError:
    return DurationError(f"{_shown(typed)} is no length of time; {_EXPECTED}")


def _shown(typed: str) -> str:
    text = " ".join(typed.split())
    return repr(text if len(text) <= 40 else f"{text[:39]}…")
