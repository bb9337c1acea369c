"""A list of words and phrases, and where a text holds them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice, pairwise
from typing import Final

from bot.model.screened import Disguise, ScreenedPart, Word
from bot.text.small_words import small_words

SHORTEST_PIECE: Final = 3
"""Letters of a listed word that makes a compound with another; chosen, not measured."""

SHORTEST_COMPOUND, LONGEST_COMPOUND = 7, 24
"""Letters of a compound; chosen: no shorter pair of listed words was seen."""

SHORTEST_SAID: Final = 4
"""Letters of a listed word looked for in a sentence of letters set apart; chosen."""

MOST_TRIED: Final = 2
"""Listed words tried in one stretch of letters set apart; bounds what such texts cost. Chosen."""

LONGEST_SMALL: Final = 10
"""Letters of the longest small word of English."""

REPEAT_RE: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed word found in a text."""

    listed: str
    """As the list has it."""
    group: str
    """The list's group it belongs to."""
    start: int
    end: int
    """Half-open, in the raw text."""
    disguise: Disguise
    repeated: int = 0
    """How often in a row a letter stands that was repeated to disguise it; 0 where none was."""


class WordList:
    """Words by group, found as whole words through any disguise, in time linear in the text.

    Laws: a listed word is found wherever it stands as a whole word; it is never found inside
    another word, but for roots, which are; no two hits of one text overlap; of overlapping
    readings a spared one is kept before all others, then the least disguised (for words
    outside the first group a hyphen is no disguise), then the longer.
    """

    __slots__ = (
        "_exact",
        "_masked",
        "_phrases",
        "_roots",
        "_spared",
        "_squeezed",
        "_strongest",
        "_strongest_re",
    )

    def __init__(
        self,
        groups: Mapping[str, Iterable[str]],
        roots: Mapping[str, str] | None = None,
        spared: str = "",
    ) -> None:
        """Index a list.

        Args:
            groups: by group: lower-case words, or phrases with single spaces. Words of the first
                group are also found in compounds of two listed words, and in sentences of letters
                set apart.
            roots: by letters that betray a word wherever they stand in it: the group.
            spared: the group whose words, though written in pieces, hide those of other groups.
        """
        self._spared = spared
        self._exact: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        self._squeezed: dict[str, list[str]] = {}
        self._masked: dict[str, str] = {}
        self._roots = dict(roots or {})
        self._strongest = next(iter(groups), "")
        said = (one for one in groups.get(self._strongest, ()) if len(one) >= SHORTEST_SAID)
        self._strongest_re = re.compile("|".join(sorted(said, key=len, reverse=True)) or "(?!)")
        for group, entries in groups.items():
            for entry in entries:
                self._exact[entry] = group
                first, *rest = entry.split(" ")
                if rest:
                    self._phrases.setdefault(first, []).append((first, *rest))
                else:
                    self._squeezed.setdefault(_squeeze(entry), []).append(entry)
                    for masked in _masks(entry):
                        self._masked.setdefault(masked, entry)

    def find(self, part: ScreenedPart) -> tuple[Hit, ...]:
        """Return the hits in a part, by where they start."""
        hits = [*self._phrases_in(part.raw, part.words), *self._words_in(part.words)]
        sure = [one for one in hits if one.group == self._strongest and one.disguise in _SURE]
        ends = {place for one in sure for place in (one.start, one.end)}
        hits.sort(key=lambda hit: self._order(hit, _is_compound(part.raw, hit, ends)))
        kept: list[Hit] = []
        taken = bytearray(len(part.raw)) if hits else bytearray()
        for hit in hits:
            if not any(taken[hit.start : hit.end]):
                taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
                kept.append(hit)
        return tuple(sorted(kept, key=lambda hit: hit.start))

    def _order(self, hit: Hit, compound: bool) -> tuple[bool, int, int, int, int]:
        """Return by which hits are kept: the first of those that overlap."""
        spared = hit.group == self._spared and hit.disguise in _IN_PIECES and not hit.repeated
        rank = 0 if compound else _RANK[hit.disguise]
        return not spared, hit.repeated, rank, hit.start - hit.end, hit.start

    def _words_in(self, words: Iterable[Word]) -> Iterator[Hit]:
        known: dict[tuple[str, bool], tuple[str, str, int] | None] = {}  # the same few words recur
        for word in words:
            key = word.text, word.disguise is Disguise.MASKED
            if key not in known:
                known[key] = self._look_up(word)
            found = known[key]
            if found is not None:
                listed, group, repeated = found
                yield Hit(listed, group, word.start, word.end, word.disguise, repeated)
            elif word.disguise is Disguise.JOINED and (said := self._said_in(word.text)):
                yield Hit(said, self._strongest, word.start, word.end, Disguise.SPLIT)

    def _look_up(self, word: Word) -> tuple[str, str, int] | None:
        text = word.text.removesuffix("'s")
        if word.disguise is Disguise.MASKED:
            listed = text if text in self._exact else self._masked.get(text)
            return None if listed is None else (listed, self._exact[listed], 0)
        if text in self._exact:
            return text, self._exact[text], 0
        for root, group in self._roots.items():
            if root in text:
                return root, group, 0
        if (compound := self._compound(text)) is not None:
            return compound, self._strongest, 0
        return self._stretched(text)

    def _stretched(self, text: str) -> tuple[str, str, int] | None:
        squeezed = _squeeze(text)
        for listed in self._squeezed.get(squeezed, ()) if len(squeezed) < len(text) else ():
            if repeated := _stretch(listed, text):
                return listed, self._exact[listed], repeated
        return None

    def _compound(self, text: str) -> str | None:
        """Return the word of the first group that makes up a text with another listed word."""
        if not SHORTEST_COMPOUND <= len(text) <= LONGEST_COMPOUND:
            return None
        for cut in range(SHORTEST_PIECE, len(text) - SHORTEST_PIECE + 1):
            head = self._exact.get(text[:cut])
            if head is None:
                continue
            tail = self._exact.get(text[cut:])
            if tail is not None and self._strongest in (head, tail):
                return text[:cut] if head == self._strongest else text[cut:]
        return None

    def _said_in(self, run: str) -> str | None:
        """Return a word of the first group between small words alone, in letters set apart."""
        for found in islice(self._strongest_re.finditer(run), MOST_TRIED):
            if _is_made_of_small_words(run[: found.start()]) and _is_made_of_small_words(
                run[found.end() :]
            ):
                return found[0]
        return None

    def _phrases_in(self, raw: str, words: tuple[Word, ...]) -> Iterator[Hit]:
        if not self._phrases:
            return
        for index, word in enumerate(words):
            for phrase in self._phrases.get(word.text, ()):
                said = words[index : index + len(phrase)]
                if tuple(one.text for one in said) == phrase and _run_on(raw, said):
                    listed = " ".join(phrase)
                    disguise = max((one.disguise for one in said), key=_RANK.__getitem__)
                    yield Hit(
                        listed, self._exact[listed], word.start, said[-1].end, disguise, False
                    )


_SURE: Final = frozenset({Disguise.NONE, Disguise.LETTERS, Disguise.LEET, Disguise.JOINED})

_IN_PIECES: Final = frozenset({Disguise.NONE, Disguise.LETTERS, Disguise.SPLIT})

_RANK: Final = {disguise: rank for rank, disguise in enumerate(Disguise)}


def _run_on(raw: str, said: tuple[Word, ...]) -> bool:
    """Whether words follow each other with spaces or hyphens between them and no more."""
    return all(
        left.end <= right.start and not raw[left.end : right.start].strip(" \t\n-")
        for left, right in pairwise(said)
    )


def _is_compound(raw: str, hit: Hit, sure: set[int]) -> bool:
    """Whether a hit is a word with hyphens that says more than its pieces do.

    Args:
        raw: the text.
        hit: what was found in it.
        sure: where words of the first group start and end that are found as they stand.
    """
    if hit.disguise is not Disguise.SPLIT or hit.start in sure or hit.end in sure:
        return False
    return raw[hit.start : hit.end].replace("-", "").isalpha()


def _is_made_of_small_words(text: str) -> bool:
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        pieces = (start for start in range(max(0, end - LONGEST_SMALL), end) if reached[start])
        reached[end] = any(
            text[start:end] == "a" or text[start:end] in small_words("en") for start in pieces
        )
    return reached[-1]


def _squeeze(text: str) -> str:
    return REPEAT_RE.sub(r"\1", text)


def _stretch(listed: str, text: str) -> int:
    """Return the longest run of a text that is a word with letters repeated; 0 if it is not.

    The squeezed forms of both are equal. No run may be shorter than the word's own; where the word
    has doubled letters itself, some run must have three, so that ``assess`` is no ``asses``.
    """
    own = [len(list(run)) for _, run in groupby(listed)]
    runs = [len(list(run)) for _, run in groupby(text)]
    if any(theirs < mine for mine, theirs in zip(own, runs, strict=True)):
        return 0
    return max(runs) if max(own) == 1 or max(runs) > 2 else 0


def _masks(word: str) -> Iterator[str]:
    """Yield a word with each inner or final run of letters hidden that leaves two to see."""
    size = len(word)
    if size < 4 or not word.isalpha():  # a*s is a product as often as a word
        return
    for first in range(1, size):
        for last in range(first + 1, size + 1):
            hidden = last - first
            if size - hidden >= 2 and (last < size or hidden > 1):
                yield f"{word[:first]}{'*' * hidden}{word[last:]}"
