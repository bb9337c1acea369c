"""Which stretches of a text are in a language other than English.

The order of evidence: the writing system speaks for itself; a sentence in Latin letters needs two
independent voices that name the same language; romanised speech is told by its small words. Names,
code, addresses, quotations and titles have no say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.model.screened import LanguageGuess, View
from bot.text.prose import (
    Sentence,
    Word,
    is_title,
    joined,
    quotations,
    sentences,
    without_names,
)
from bot.text.romanised import romanised_language
from bot.text.small_words import small_words
from bot.text.scripts import EAST_ASIAN, LANGUAGE_OF_SCRIPT, LANGUAGES_OF_SCRIPT, UNSPACED
from bot.text.voices import UNKNOWN_TO_FIRST, Opinion, alike, first_voice, second_voice

LEAST_LETTERS = 10
"""Below this no voice is asked about Latin letters: its answers are coin tosses there."""

SECOND_VOICE_CALLS = 3
"""How often the slow voice is asked about one text."""

_WINDOW = 240
"""Code points the slow voice reads: more changed no answer, and costs up to 33 ms at 4,000."""

_OWN_WORDS = 12
"""Letters outside quotation marks from which on the words inside them are left alone."""

_LEAST_ALONE = (15, 3)
_LEAST_BESIDE_ENGLISH = (25, 5)
"""Letters and words that a stretch in Latin letters needs; beside English a greeting is no breach."""

_PARAGRAPH, _LEAST_SHARE = 80, 0.15
"""A stretch beside English is a breach from so many letters, or from this share of all letters:
less is a motto or a signature."""

_TELLING = 3
"""Words that speak for a language which the second voice does not know, or does not confirm."""

_ONE_WORD_TELLS = 20
"""Letters from which one such word is enough beside two voices that agree."""

_GREETING, _GREETING_EAST_ASIAN = 12, 6
"""Letters from which one word, or a run of East Asian letters, is more than a greeting."""

_STRETCH_WORDS, _STRETCH_LETTERS, _STRETCH_UNSPACED = 3, 15, 8
"""What a stretch in another script needs inside an English sentence, to be more than a name or word."""

_INNER_WINDOW, _INNER_WORDS, _INNER_LETTERS = 6, 7, 30
"""Words of the window moved over an English sentence; words and letters of a language change in it."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Neighbouring words of one language."""

    code: str
    evidence: str
    words: tuple[Word, ...]

    @property
    def letters(self) -> int:
        return sum(word.letters for word in self.words)


def guess_languages(
    view: View, quoted: tuple[tuple[int, int], ...] = ()
) -> tuple[LanguageGuess, ...]:
    """Return one guess for each language of a text that is not English, longest stretch first.

    Deterministic. Costs about 0.1 ms for an English chat message, and at most three bounded calls
    of the slow voice for any other text.

    Args:
        view: the readable text, letters as written.
        quoted: raw spans of quotes and code blocks; they are read only where little else is there.
    """
    masked = quotations(view, quoted)
    read = tuple(sentences(view, masked))
    if masked and sum(word.letters for sentence in read for word in sentence) < _OWN_WORDS:
        read = tuple(sentences(view))
    longest: dict[str, _Stretch] = {}
    for stretch in _stretches(read):
        known = longest.get(stretch.code)
        if known is None or stretch.letters > known.letters:
            longest[stretch.code] = stretch
    ordered = sorted(longest.values(), key=lambda one: (-one.letters, one.words[0].start))
    return tuple(_guess(view, stretch) for stretch in ordered)


def _guess(view: View, stretch: _Stretch) -> LanguageGuess:
    start, end = view.span(stretch.words[0].start, stretch.words[-1].end)
    return LanguageGuess(stretch.code, start, end, stretch.evidence, stretch.letters)


def _stretches(read: tuple[Sentence, ...]) -> Iterator[_Stretch]:
    latin = [tuple(w for w in sentence if w.script == "latin") for sentence in read]
    yield from _other_scripts(read)
    yield from _latin([sentence for sentence in latin if sentence])


def _other_scripts(read: tuple[Sentence, ...]) -> Iterator[_Stretch]:
    """Yield what is written in other scripts, beyond a name or a word in an English sentence."""
    by_language: dict[str, list[Word]] = {}
    for sentence in read:
        foreign = [word for word in sentence if word.script != "latin"]
        letters = sum(word.letters for word in foreign)
        if letters * 2 < sum(word.letters for word in sentence) and not _is_stretch(foreign):
            continue
        if not _is_greeting(foreign, letters):
            by_language.setdefault(_language_of_script(foreign), []).extend(foreign)
    for code, words in by_language.items():
        yield _Stretch(code, "script", tuple(words))


def _is_greeting(words: list[Word], letters: int) -> bool:
    """Whether words in another script are too few to be more than a greeting, a thanks or a name."""
    script = words[0].script if words else "latin"
    if script in EAST_ASIAN:
        return letters < _GREETING_EAST_ASIAN
    return letters < _GREETING and (len(words) < 2 or script in UNSPACED)


def _is_stretch(words: list[Word]) -> bool:
    unspaced = sum(word.letters for word in words if word.script in UNSPACED)
    letters = sum(word.letters for word in words)
    return unspaced >= _STRETCH_UNSPACED or (
        len(words) >= _STRETCH_WORDS and letters >= _STRETCH_LETTERS
    )


def _language_of_script(words: Iterable[Word]) -> str:
    letters: Counter[str] = Counter()
    for word in words:
        letters[word.script] += word.letters
    script = max(letters, key=lambda name: (letters[name], name))
    if script == "han" and letters["kana"]:
        script = "kana"
    if script in LANGUAGE_OF_SCRIPT:
        return LANGUAGE_OF_SCRIPT[script]
    spoken = LANGUAGES_OF_SCRIPT[script]
    code = first_voice(joined(words)[:_WINDOW]).code
    code = {"sh": "sr"}.get(code, code)
    return code if code in spoken else spoken[0]


def _latin(read: list[Sentence]) -> Iterator[_Stretch]:
    """Yield what the voices agree on, asking the slow one at most SECOND_VOICE_CALLS times."""
    opinions = [_opinion(sentence) for sentence in read]
    beside_english = "en" in opinions
    least_letters, least_words = _LEAST_BESIDE_ENGLISH if beside_english else _LEAST_ALONE
    if beside_english:
        everything = sum(word.letters for sentence in read for word in sentence)
        least_letters = max(least_letters, min(_PARAGRAPH, int(everything * _LEAST_SHARE)))
    calls = SECOND_VOICE_CALLS
    for candidate in _candidates(read, opinions):
        words = [word.text for word in candidate.words]
        if len(words) < least_words or len(set(words)) * 2 < len(words):
            continue
        romanised = romanised_language(words)
        if romanised is not None and candidate.letters >= LEAST_LETTERS:
            yield _Stretch(romanised, "romanised", candidate.words)
            continue
        if candidate.letters < least_letters:
            continue
        support = _support(words, candidate.code)
        if candidate.code == "und" or support < 0 or calls == 0:
            continue
        calls -= 1
        second = second_voice(joined(candidate.words)[:_WINDOW])
        if alike(candidate.code, second):
            told = support > 1 or (support == 1 and candidate.letters >= _ONE_WORD_TELLS)
            yield candidate if told else replace(candidate, evidence="brief")
        elif support >= _TELLING:
            yield candidate
        elif second in UNKNOWN_TO_FIRST and _support(words, second) >= _TELLING:
            yield replace(candidate, code=second)


def _support(words: list[str], code: str) -> int:
    """Return how many more words speak for a language than for English; 0 where none speaks.

    A language's small words speak for it, and words with letters that English lacks, from the second
    such word on: one alone is a café or a name.
    """
    own, english = small_words(code) - small_words("en"), small_words("en") - small_words(code)
    said = set(words)
    spelt = sum(not word.isascii() and word.replace("’", "").isalpha() for word in said - own)
    return len(said & own) - len(said & english) + (spelt if spelt > 1 else 0)


def _candidates(read: list[Sentence], opinions: list[str]) -> Iterator[_Stretch]:
    run: list[int] = []
    for index in range(len(read) + 1):
        if index < len(read) and opinions[index] != "en":
            run.append(index)
            continue
        while run and opinions[run[0]] == "und":
            run.pop(0)
        while run and opinions[run[-1]] == "und":
            run.pop()
        if run:
            yield from _run(read, opinions, run)
        run = []
    for sentence, opinion in zip(read, opinions, strict=True):
        if opinion == "en":
            yield from _inside(sentence)
    everything = tuple(word for sentence in read for word in sentence)
    yield _Stretch("und", "romanised", everything)


def _run(read: list[Sentence], opinions: list[str], run: list[int]) -> Iterator[_Stretch]:
    """Yield the neighbouring sentences that are not English as one stretch, and exceptions in it."""
    words = tuple(word for index in run for word in read[index])
    code = first_voice(joined(words)).code
    if code not in {"en", "und"}:
        yield _Stretch(code, "agreed", words)
    for index in run:
        opinion = opinions[index]
        if not alike(opinion, code) and opinion != "und":
            yield _Stretch(opinion, "agreed", read[index])


def _opinion(sentence: Sentence) -> str:
    """Return the first voice's word on a sentence: a code, ``en``, or ``und`` for no opinion."""
    letters = sum(word.letters for word in sentence)
    if letters < LEAST_LETTERS:
        return "und"
    whole = first_voice(joined(sentence)).code
    own = small_words(whole) - small_words("en")
    if is_title(sentence) and not any(w.text in own and not w.capital for w in sentence):
        return "und"
    if whole in {"en", "und"}:
        return whole
    plain = without_names(sentence)
    if len(plain) == len(sentence):
        return whole
    if sum(word.letters for word in plain) < LEAST_LETTERS:
        return "und"
    rest = first_voice(joined(plain)).code
    return whole if alike(rest, whole) else rest


def _inside(sentence: Sentence) -> Iterator[_Stretch]:
    """Yield the longest stretch inside an English sentence on which neighbouring windows agree."""
    best = range(0)
    best_code = start_code = "en"
    start = 0
    for low in range(len(sentence) - _INNER_WINDOW + 1):
        window = sentence[low : low + _INNER_WINDOW]
        opinion = first_voice(joined(window))
        code = opinion.code if _is_sure(opinion, window) else "en"
        if code != start_code:
            start, start_code = low, code
        if code != "en" and low + _INNER_WINDOW - start > len(best):
            best, best_code = range(start, low + _INNER_WINDOW), code
    words = _without_english_ends(sentence[best.start : best.stop], best_code)
    if len(words) >= _INNER_WORDS and sum(word.letters for word in words) >= _INNER_LETTERS:
        yield _Stretch(best_code, "within", words)


def _without_english_ends(words: tuple[Word, ...], code: str) -> tuple[Word, ...]:
    """Return the middle of a stretch whose ends still overlap the English around it."""
    english = small_words("en") - small_words(code)
    middle = len(words) // 2
    marks = [index for index, word in enumerate(words) if word.text in english]
    start = max((index + 1 for index in marks if index < middle), default=0)
    end = min((index for index in marks if index >= middle), default=len(words))
    return words[start:end]


def _is_sure(opinion: Opinion, window: tuple[Word, ...]) -> bool:
    capital = sum(word.capital for word in window)
    return opinion.code not in {"en", "und"} and opinion.reliable and capital * 2 < len(window)
