"""A post made ready for detectors: normalised and scored once, with a map back to the raw text."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import itemgetter
from types import MappingProxyType

from bot.model.post import Part, Post


def _no_scores() -> Mapping[str, float]:
    return MappingProxyType({})


def _no_numbers() -> Mapping[str, Mapping[str, float]]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class View:
    """A matching copy of a text that knows where each of its characters came from.

    Invariants: ``starts`` and ``ends`` are as long as ``text``; both never decrease;
    ``starts[i] < ends[i] <= len(raw)``.
    """

    text: str
    starts: tuple[int, ...]
    """For each character of ``text``: where its raw form starts."""
    ends: tuple[int, ...]
    """For each character of ``text``: where its raw form ends, half-open."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a non-empty half-open span of ``text`` to one of the raw text."""
        assert start < end, "BUG: an empty span has no place in the raw text"
        return self.starts[start], self.ends[end - 1]


class Disguise(StrEnum):
    """How far a reading of a word is from what was typed, beyond capital letters."""

    NONE = "none"
    LETTERS = "letters"
    """Look-alike, invisible or encoded characters, marks, formatting, reversed display."""
    LEET = "leet"
    """Digits or signs in the place of letters, or digits glued to the word."""
    JOINED = "joined"
    """Single letters set apart by spaces or signs."""
    SPLIT = "split"
    """Pieces of one word: parted by signs or a line break, or by a space where one is no word."""
    MASKED = "masked"
    """Signs that hide letters; the reading has ``*`` for each."""


@dataclass(frozen=True, slots=True)
class Word:
    """One way to read a stretch of text as a word; a stretch may have several."""

    text: str
    """Lower-case; letters and inner apostrophes, and ``*`` where letters are masked."""
    start: int
    end: int
    """Half-open, in the raw text; never empty."""
    disguise: Disguise = Disguise.NONE


@dataclass(frozen=True, slots=True)
class Link:
    """A web address found in a text."""

    start: int
    end: int
    """Half-open, in the raw text."""
    url: str
    """As written, disguises undone."""
    host: str
    """Lower-case, without port or trailing dot."""
    registered_domain: str
    """``example.co.uk`` of ``a.b.example.co.uk``; empty for an address without a public suffix."""
    path: str


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """A stretch of text in a language other than English."""

    code: str
    """ISO 639-1; ``zh`` for all Chinese, ``ms`` for Malay and Indonesian, ``no`` for Norwegian."""
    start: int
    end: int
    """The stretch of raw text judged, half-open."""
    evidence: str
    """How it was told: ``script``, ``agreed`` (two voices), ``romanised`` or ``within`` (a stretch
    inside an English sentence)."""
    letters: int
    """How many letters it rests on."""


@dataclass(frozen=True, slots=True)
class ScreenedPart:
    """One part of a post as detectors read it."""

    part: Part
    index: int
    """Its place in the post's parts."""
    raw: str
    """What was read of the part: lone surrogates replaced one for one, else unchanged."""
    plain: View
    """Readable text: markdown, mentions and invisible characters gone, letters as written."""
    folded: View
    """For matching phrases: lower-case, look-alikes undone, single spaces; digits and signs
    stay."""
    words: tuple[Word, ...] = ()
    """Every word as written, in order, then what can be read where words are disguised."""
    links: tuple[Link, ...] = ()
    languages: tuple[LanguageGuess, ...] = ()
    """One for each language other than English, longest stretch first; empty where the text is
    English, or too little to tell."""
    quoted: tuple[tuple[int, int], ...] = ()
    """Raw spans of quotes and code blocks: words that need not be the author's own; in order, and
    none touches another."""

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether a raw span lies inside a quote or a code block."""
        place = bisect_right(self.quoted, start, key=itemgetter(0)) - 1
        return place >= 0 and end <= self.quoted[place][1]


@dataclass(frozen=True, slots=True)
class ScreenedPost:
    """A post, its parts made ready, and the numbers detectors compare with."""

    post: Post
    parts: tuple[ScreenedPart, ...]
    scores: Mapping[str, float] = field(default_factory=_no_scores)
    """Learned scores by name, each in [0, 1]; computed once, before any detector."""
    numbers: Mapping[str, Mapping[str, float]] = field(default_factory=_no_numbers)
    """By rule id and name, from policy.toml."""

    def number(self, rule: str, name: str) -> float:
        """Return a number of policy.toml that belongs to a rule."""
        return self.numbers[rule][name]
