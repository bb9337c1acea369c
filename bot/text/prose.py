"""The words of a text that are prose, sentence by sentence; the rest says no language."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from bot.model.screened import View
from bot.text.lexicon_files import word_lists
from bot.text.scripts import UNSPACED, scripts_of

_TOKEN_RE = re.compile(r"\S+")

_EDGES = "\"'`´‘’“”„«»‹›()[]{}<>*_~|.,:;!?¡¿…-–—/\\+=#。！？、，؟،।"
"""Punctuation that may stand at the ends of a word without making it something else."""

_NO_PROSE_RE = re.compile(
    r"[@_\\{}<>=|#$%^*~`\[\]+&]"  # mentions, variables, formulas, markup
    r"|://|^www\."  # addresses
    r"|\d"  # amounts, versions, ids, leet
    r"|[a-zà-þ][A-Z]"  # JavaScript, iPhone
    r"|[A-Za-z]\.[A-Za-z]"  # file.ext, domain.tld, e.g.
    r"|[A-Za-z]/[A-Za-z]"  # paths, and/or
    r"|[A-Za-z]:[A-Za-z]"  # key:value, namespace::name
    r"|\(\w*\)"  # calls
)

_SLANG_RE = re.compile(
    r"(?:a*h*(?:ha|ah|he|hi|ho){2,}h?|(?:ja|je|ji){2,}j?|(?:xa){2,}|k{2,}|x+d+|l+o+l+z*|lmf?a+o+|rofl"
    r"|(?:rs){2,}|h+m+|u+h+m*|z{2,}|w{2,}|o+h+|a+h+|e+h+|gg+|thx|pls|plz|ok(?:ay|ie)?|y+e+a+h*|n+o{2,})\Z",
    re.IGNORECASE,
)
"""Laughter, sighs and chat shorthand: on these alone both voices name a language at random."""

_SENTENCE_END_RE = re.compile(r"[.!?…:;。！？؟।|]['\"’”»)\]*_]*\Z")

_CODE_SIGNS_RE = re.compile(r"[{}();=<>\[\]|\\$#*/_`&%^]")

_PROMPT_RE = re.compile(r"\s*(?:[$#%>]|>>>|\w+@[\w.-]+[:~$])\s*\S")

_QUOTED_WORDS_RE = re.compile(
    r'"[^"\n]{2,300}"|“[^”\n]{2,300}”|«[^»\n]{2,300}»|„[^“”\n]{2,300}[“”]|「[^」\n]{2,300}」|『[^』\n]{2,300}』'
)

_LATIN_RUN_RE = re.compile(r"[A-Za-z]+|[^A-Za-z]+")
"""Scripts without spaces run on from and into Latin words."""

_REPEATS_RE = re.compile(r"(\w)\1{2,}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of prose."""

    text: str
    """Lower-case, letters repeated for emphasis cut to two."""
    start: int
    end: int
    """Half-open, in the view's text."""
    letters: int
    script: str
    capital: bool
    """Whether it begins with a capital letter."""
    shouted: bool
    """Whether it has two letters or more, all capitals."""


Sentence = tuple[Word, ...]
"""Words between two ends of sentences or lines; never empty."""


def sentences(view: View, masked: Iterable[tuple[int, int]] = ()) -> Iterator[Sentence]:
    """Yield the prose of a text in order.

    Left out: addresses, mentions, names of files and variables, lines of code, numbers, laughter,
    filler text, and words that mix scripts, which are disguises or drawn faces.

    Args:
        view: the readable text.
        masked: spans of the view's text to leave out.
    """
    text = _blanked(view.text, masked)
    start = 0
    for line in text.splitlines(keepends=True):
        if not _is_code(line):
            yield from _line(text, start, start + len(line))
        start += len(line)


def _blanked(text: str, masked: Iterable[tuple[int, int]]) -> str:
    """Return a text of the same length with spaces in place of some spans."""
    pieces: list[str] = []
    at = 0
    for low, high in sorted(masked):
        pieces.append(text[at:low])
        pieces.append(" " * (high - max(low, at)))
        at = max(high, at)
    return "".join(pieces) + text[at:]


def quotations(view: View, quoted: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans of the view's text that are somebody else's words.

    Args:
        view: the readable text.
        quoted: raw spans of quotes and code blocks.
    """
    spans = [match.span() for match in _QUOTED_WORDS_RE.finditer(view.text)]
    for low, high in quoted:
        start, end = bisect_left(view.starts, low), bisect_left(view.starts, high)
        if start < end:
            spans.append((start, end))
    return tuple(spans)


def _line(text: str, start: int, end: int) -> Iterator[Sentence]:
    words: list[Word] = []
    for token in _TOKEN_RE.finditer(text, start, end):
        words.extend(_words(token.group(), token.start()))
        if words and _SENTENCE_END_RE.search(token.group()):
            yield tuple(words)
            words = []
    if words:
        yield tuple(words)


def _words(token: str, offset: int) -> Iterator[Word]:
    bare = token.strip(_EDGES)
    if not bare or token[0] in "#/" or (token[0] == ":" == token[-1] and len(token) > 2):
        return
    start = offset + token.index(bare)
    scripts = scripts_of(bare)
    if len(scripts) == 2 and "latin" in scripts and scripts & UNSPACED:
        for run in _LATIN_RUN_RE.finditer(bare):
            yield from _words(run.group(), start + run.start())
        return
    if len(scripts) != 1:
        return
    (script,) = scripts
    letters = sum(map(str.isalpha, bare))
    if script == "latin":
        lowered = _REPEATS_RE.sub(r"\1\1", normalize("NFKC", bare).lower())
        if _NO_PROSE_RE.search(bare) or _SLANG_RE.match(lowered) or lowered in _filler():
            return
    else:
        lowered = bare.lower()
    yield Word(
        lowered,
        start,
        start + len(bare),
        letters,
        script,
        bare[0].isupper(),
        letters > 1 and bare.isupper(),
    )


@cache
def _filler() -> frozenset[str]:
    return word_lists("small_words")["filler"]["latin"]


def _is_code(line: str) -> bool:
    """Whether a line is rather code, a command or a log than prose."""
    if _PROMPT_RE.match(line):
        return True
    signs = len(_CODE_SIGNS_RE.findall(line))
    return signs >= 3 and signs * 8 > len(line.strip())


def joined(words: Iterable[Word]) -> str:
    """Return words as one lower-case text with single spaces."""
    return " ".join(word.text for word in words)


def is_title(sentence: Sentence) -> bool:
    """Whether most words are capitalised, as in titles and lists of names, but not shouted."""
    latin = [word for word in sentence if word.script == "latin"]
    capital = sum(word.capital for word in latin)
    shouted = sum(word.shouted for word in latin)
    return capital * 10 >= len(latin) * 6 and shouted * 2 < len(latin) and len(latin) > 1


def without_names(sentence: Sentence) -> Sentence:
    """Return a sentence without what may be names: capitalised words after its first."""
    if sum(word.shouted for word in sentence) * 2 >= len(sentence):
        return sentence
    return (
        *sentence[:1],
        *(word for word in sentence[1:] if not word.capital),
    )
