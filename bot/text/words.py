"""Every way a stretch of text can be read as a word: as written, and with disguises undone.

Readings are cheap to make and mean nothing by themselves; a word list says which of them it knows.
No reading is ever a piece of a word as written: ``bananasplit`` is not read as ``banana``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

from bot.model.screened import Disguise, View, Word
from bot.text.characters import look_alike

WORD_RE: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
"""Letters, with apostrophes inside."""

CHUNK_RE: Final = re.compile(r"\S+")

ALTERNATIVE_RE: Final = re.compile(r"[^/]+")

LEET: Final = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b",
    "9": "g", "@": "a", "$": "s", "!": "i", "|": "il", "+": "t", "(": "c", "¢": "c", "€": "e",
    "£": "l", "¥": "y", "₳": "a", "฿": "b", "₵": "c", "₣": "f", "₲": "g", "₭": "k", "₦": "n",
    "₱": "p", "₴": "s", "₮": "t", "₩": "w",
}  # fmt: skip
"""Signs by the letters they stand in for; common usage, chosen, not measured."""

_EDGE: Final = "\"'()[]{}<>.,;:?!*~_-+=/\\|&#^`…"
"""Punctuation round a chunk."""

SPACED_RE: Final = re.compile(
    r"(?<![^\W_])(?:[^\W_]|[@$])"  # a letter, digit or sign that stands alone …
    r"(?:[^\w@$]{1,5}(?:[^\W_]|[@$])|_{1,5}(?:[^\W_]|[@$])){2,}"  # … and more of them, set apart
    r"(?![^\W_])"
)
"""Three or more single characters with one to five signs or spaces between them."""

MASK_RE: Final = re.compile(
    r"(?<![\w*#@$!])(?P<head>[^\W\d_]{1,8})"  # letters that are shown …
    r"(?P<mask>[*#•·×]{1,8}|[@$!*#]{2,8})(?P<tail>[^\W\d_]{0,8})"  # … those that are not …
    r"(?![\w*#])"
)
"""A word some of whose letters are replaced by signs that look like none."""

EMOJI_MASK_RE: Final = re.compile(
    r"(?<!\w)(?P<head>[^\W\d_]{1,8})"
    r"(?P<mask>(?:[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?){1,4})"
    r"(?P<tail>[^\W\d_]{1,8})(?!\w)"
)
"""A word in the middle of which emoji stand for letters; behind a word they only cheer."""

TOKENS_RE: Final = re.compile(r"(?:<(?:a?:\w{1,32}:|@[!&]?|#)\d{1,20}>)+")
"""Mentions and emoji of a server, as Discord writes them."""

BLANKS: Final = "\u2800\u3164"
"""The empty Braille pattern and the Hangul filler, which no keyboard writes between two words."""

LONGEST_CHUNK: Final = 48
"""Characters of a chunk in which a disguise is looked for; longer ones are addresses and data.
Chosen, not measured."""

LONGEST_WORD: Final = 24
"""Letters of a reading put together from pieces; chosen, not measured."""

SHORTEST_SPLIT: Final = 4
"""Letters of two neighbours read as one word: ``a SS`` is a model of computer. Measured on the
forum posts named in bot/detectors/vulgarity.py, 2026-11-22."""

MOST_READINGS: Final = 8
"""Readings of one chunk with ambiguous signs; chosen, not measured."""

_LETTERS_RE: Final = re.compile(r"[^\W\d_]+")

_ENDINGS: Final = frozenset("stdm")
"""Letters that stand alone where an apostrophe was left out: ``let s hit the road``."""

_VOWEL_RE: Final = re.compile("[aeiouy]")


def words_of(raw: str, folded: View) -> tuple[Word, ...]:
    """Return the words as written, in order, then further readings; each reading once.

    Args:
        raw: the text the view was made of.
        folded: its matching copy.
    """
    reader = _Reader(raw, folded)
    written = list(reader.written())
    further = dict.fromkeys(
        (
            *reader.chunks(),
            *reader.spaced(),
            *reader.split(written),
            *reader.masked(),
            *reader.shaped(),
        )
    )
    return (*written, *further)


@dataclass(frozen=True, slots=True)
class _Reader:
    raw: str
    view: View

    def written(self) -> Iterator[Word]:
        text, starts, ends = self.view.text, self.view.starts, self.view.ends
        for found in WORD_RE.finditer(text):
            first, last = found.span()
            start, end = starts[first], ends[last - 1]
            word = found[0]
            if end - start != last - first or self.raw[start:end].lower() != word:
                disguise = Disguise.LETTERS
            elif text[first - 1 : first].isdigit() or text[last : last + 1].isdigit():
                disguise = Disguise.LEET
            elif text[first - 1 : first] == "$":  # an $wer is no wer
                disguise = Disguise.SPLIT
            else:
                disguise = Disguise.NONE
            yield Word(word, start, end, disguise)

    def chunks(self) -> Iterator[Word]:
        """Read what stands between two spaces and is not simply letters."""
        for found in CHUNK_RE.finditer(self.view.text):
            chunk = found[0]
            if chunk.isalpha() or len(chunk) > LONGEST_CHUNK:
                continue
            core = chunk.strip(_EDGE)
            if core and not WORD_RE.fullmatch(core):
                at = found.start() + chunk.index(core)
                yield from self._chunk(core, at)
                if "/" in core and "-" in core:  # two spellings of one word
                    for piece in ALTERNATIVE_RE.finditer(core):
                        yield from self._chunk(piece[0], at + piece.start())

    def _chunk(self, core: str, at: int) -> Iterator[Word]:
        options = [
            one if one.isalpha() else _stand_ins(one, core[index + 1 : index + 3])
            for index, one in enumerate(core)
        ]
        letters = [one for one in core if one.isalpha()]
        if len(_LETTERS_RE.findall(core)) > 1 and not any(one.isdigit() for one in core):
            yield from self._word("".join(letters), at, at + len(core), Disguise.SPLIT)
        stand_ins = sum(1 for one in options if one) - len(letters)
        if not stand_ins or len(letters) + core.count("@") + core.count("$") < 2:
            return
        disguise = Disguise.LEET if all(options) else Disguise.SPLIT
        choices = product(*(option or ("",) for option in options))
        for _, chosen in zip(range(MOST_READINGS), choices, strict=False):
            yield from self._word("".join(chosen), at, at + len(core), disguise)

    def spaced(self) -> Iterator[Word]:
        """Read single letters set apart, cut where the gaps are wider than the narrowest."""
        for found in SPACED_RE.finditer(self.view.text):
            places = [
                index
                for index in range(found.start(), found.end())
                if self.view.text[index].isalnum() or self.view.text[index] in "@$"
            ]
            if 2 * sum(1 for index in places if self.view.text[index].isalpha()) < len(places):
                continue
            yield from self._run(places)
            gaps = [self._gap(left, right) for left, right in pairwise(places)]
            narrowest = min(gaps)
            if max(gaps) > narrowest:
                run = places[:1]
                for place, gap in zip(places[1:], gaps, strict=True):
                    if gap > narrowest:
                        yield from self._run(run)
                        run = []
                    run.append(place)
                yield from self._run(run)
            elif self.view.text[places[0]] in "ai":
                yield from self._run(places[1:])

    def _gap(self, left: int, right: int) -> int:
        return self.view.starts[right] - self.view.ends[left]

    def _run(self, places: list[int]) -> Iterator[Word]:
        if len(places) < 3:
            return
        letters = (LEET.get(self.view.text[index], self.view.text[index])[0] for index in places)
        run = "".join(letters)
        for start in range(0, max(1, len(run) - LONGEST_CHUNK // 2), LONGEST_CHUNK // 2):
            end = min(start + LONGEST_CHUNK, len(run))
            yield from self._word(
                run[start:end], places[start], places[end - 1] + 1, Disguise.JOINED
            )

    def split(self, written: list[Word]) -> Iterator[Word]:
        """Read two neighbours as one where a line ends between them or one of them is no word."""
        line: Word | None = None  # several lines of one piece each
        for left, right in pairwise(written):
            between = self.raw[left.end : right.start]
            joined = Word(left.text + right.text, left.start, right.end, Disguise.SPLIT)
            breaks = "\n" in between and not between.strip()
            if breaks:
                yield from _if_sensible(joined)
                if line is not None:
                    joined = Word(line.text + right.text, line.start, right.end, Disguise.SPLIT)
                    yield from _if_sensible(joined)
                line = joined if len(joined.text) <= LONGEST_WORD else None
                continue
            line = None
            if between and (not between.strip(BLANKS) or TOKENS_RE.fullmatch(between)):
                yield from _if_sensible(joined)
                continue
            ending = left.text in _ENDINGS and self.raw.endswith(" ", 0, left.start)
            if between == " " and not ending and (_is_no_word(left) or _is_no_word(right)):
                yield from _if_sensible(joined)

    def masked(self) -> Iterator[Word]:
        for found in MASK_RE.finditer(self.raw):
            text = f"{found['head']}{'*' * len(found['mask'])}{found['tail']}".lower()
            if found["tail"] or (len(found["mask"]) > 1 and not set(found["mask"]) & set("@$!")):
                yield Word(text, found.start(), found.end(), Disguise.MASKED)

        for found in EMOJI_MASK_RE.finditer(self.raw):
            hidden = len(found["mask"].replace("\ufe0f", ""))
            text = f"{found['head']}{'*' * hidden}{found['tail']}".lower()
            yield Word(text, found.start(), found.end(), Disguise.MASKED)

    def shaped(self) -> Iterator[Word]:
        """Read words wholly of other scripts by the Latin letters that theirs pass for."""
        if self.view.text.isascii():
            return
        for found in WORD_RE.finditer(self.view.text):
            if found[0].isascii() or len(found[0]) < SHORTEST_SPLIT:
                continue
            shapes = [one if one.isascii() else look_alike(one) for one in found[0]]
            if all(shapes):
                yield from self._word("".join(shapes), found.start(), found.end(), Disguise.SPLIT)

    def _word(self, text: str, first: int, last: int, disguise: Disguise) -> Iterator[Word]:
        if 1 < len(text) <= LONGEST_CHUNK:
            start, end = self.view.span(first, last)
            yield Word(text, start, end, disguise)


def _stand_ins(sign: str, behind: str) -> str:
    """Return the letters that a sign may stand for; before "ck" a nought is a "u" as often."""
    return "ou" if sign == "0" and behind == "ck" else LEET.get(sign, "")


def _if_sensible(joined: Word) -> Iterator[Word]:
    if SHORTEST_SPLIT <= len(joined.text) <= LONGEST_WORD:
        yield joined


def _is_no_word(piece: Word) -> bool:
    """Whether letters stand alone that no word has: few, none a vowel, no digits beside them."""
    return (
        len(piece.text) <= 4
        and piece.disguise is not Disguise.LEET
        and not _VOWEL_RE.search(piece.text)
    )
