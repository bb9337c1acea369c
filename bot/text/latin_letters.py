"""Stretches of other languages in Latin letters: two voices, and the small words of a language."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bot.text.prose import Sentence, Word, is_title, joined, without_names
from bot.text.romanised import romanised_language
from bot.text.small_words import small_words
from bot.text.stretch import Stretch
from bot.text.voices import UNKNOWN_TO_FIRST, Opinion, alike, first_voice, second_voice

LEAST_LETTERS = 10
"""Below this no voice is asked about Latin letters: its answers are coin tosses there."""

SECOND_VOICE_CALLS = 3
"""How often the slow voice is asked about one text."""

_WINDOW = 240
"""Code points the slow voice reads: more changed no answer, and costs up to 33 ms at 4,000."""

_LEAST_ALONE = (15, 3)
_LEAST_SURE, _SURE_WORDS = 12, 2
_LEAST_BESIDE_ENGLISH = (25, 5)
"""Letters and words that a stretch needs; beside English a greeting is no breach; fewer
letters do where the first voice is sure and two small words speak for the language. Chosen."""

_PARAGRAPH, _LEAST_SHARE = 80, 0.15
"""A stretch beside English is a breach from so many letters, or from this share of all letters:
less is a motto or a signature."""

_TELLING = 3
"""Words that speak for a language which the second voice does not know, or does not confirm."""

_ONE_WORD_TELLS = 20
"""Letters from which one such word is enough beside two voices that agree."""

_ENGLISH_END, _OWN_SHARE = 2, 0.6
"""English small words that make an end of a stretch English; the share of its letters from which
the rest is still judged as a sentence, and not as a few words inside an English one. Chosen."""

_INNER_WINDOW, _INNER_WORDS, _INNER_LETTERS = 6, 7, 30
"""Words of the window moved over an English sentence; words and letters of a change. Chosen."""


def latin_stretches(read: list[Sentence]) -> Iterator[Stretch]:
    """Yield what is told, asking the slow voice at most SECOND_VOICE_CALLS times.

    Args:
        read: sentences of Latin letters alone, in order.
    """
    opinions = [_opinion(sentence) for sentence in read]
    calls = SECOND_VOICE_CALLS
    for candidate in filter(None, map(_without_english_halves, _candidates(read, opinions))):
        words = [word.text for word in candidate.words]
        if _is_no_speech(words):
            continue
        romanised = romanised_language(words)
        if romanised is not None and candidate.letters >= LEAST_LETTERS:
            yield replace(candidate, code=romanised, evidence="romanised")
        elif calls and _is_worth_asking(candidate, read, opinions):
            calls -= 1
            yield from _confirmed(candidate)


def _is_worth_asking(candidate: Stretch, read: list[Sentence], opinions: list[str]) -> bool:
    beside_english = "en" in opinions
    letters, words = _LEAST_BESIDE_ENGLISH if beside_english else _LEAST_ALONE
    told = [word.text for word in candidate.words]
    support = _support(told, candidate.code)
    if not beside_english and candidate.sure and support >= _SURE_WORDS:
        letters = _LEAST_SURE
    if candidate.code == "und" or candidate.letters < letters or len(candidate.words) < words:
        return False
    if beside_english and candidate.letters < _PARAGRAPH:
        said: Counter[str] = Counter()
        for sentence, opinion in zip(read, opinions, strict=True):
            said[opinion] += sum(word.letters for word in sentence)
        foreign = max(candidate.letters, said[candidate.code])
        if foreign < _LEAST_SHARE * said.total():
            return False
    return support > 0 or (candidate.sure and support == 0) or _unknown_to_first(told) is not None


def _confirmed(candidate: Stretch) -> Iterator[Stretch]:
    """Yield a candidate that the second voice confirms, or that enough of its own words tell."""
    words = [word.text for word in candidate.words]
    support = _support(words, candidate.code)
    second = second_voice(joined(candidate.words)[:_WINDOW])
    if alike(candidate.code, second):
        told = support > 1 or (support == 1 and candidate.letters >= _ONE_WORD_TELLS)
        yield candidate if told else replace(candidate, evidence="brief")
    elif support >= _TELLING:
        yield candidate
    elif second == _unknown_to_first(words):
        yield replace(candidate, code=second)


def _without_english_halves(stretch: Stretch) -> Stretch | None:
    """Return a stretch without English before its first own word and after its last.

    None where what is left is only a phrase inside an English sentence.
    """
    if stretch.code == "und":
        return stretch
    own, english = small_words(stretch.code), small_words("en") - small_words(stretch.code)
    words = stretch.words
    marks = [
        index
        for index, word in enumerate(words)
        if not word.text.isascii() or (word.text in own and word.text not in small_words("en"))
    ]
    if not marks:
        return stretch
    head = [index for index in range(marks[0]) if words[index].text in english]
    tail = [index for index in range(marks[-1] + 1, len(words)) if words[index].text in english]
    start = head[-1] + 1 if len(head) >= _ENGLISH_END else 0
    end = tail[0] if len(tail) >= _ENGLISH_END else len(words)
    rest = replace(stretch, words=words[start:end])
    if rest.letters >= _OWN_SHARE * stretch.letters:
        return rest
    long = len(rest.words) >= _INNER_WORDS and rest.letters >= _INNER_LETTERS
    return replace(rest, evidence="within") if long else None


def _unknown_to_first(words: list[str]) -> str | None:
    """Return a language that the first voice does not know and that its small words tell."""
    codes = (code for code in sorted(UNKNOWN_TO_FIRST) if _support(words, code) >= _TELLING)
    return next(codes, None)


def _is_no_speech(words: list[str]) -> bool:
    """Whether words are rather marks in a table or one word again and again."""
    return len(set(words)) < 3 or sum(len(word) == 1 for word in words) * 2 > len(words)


def _support(words: list[str], code: str) -> int:
    """Return how many more words speak for a language than for English; 0 where none speaks.

    A language's small words speak for it, and words with letters that English lacks, from the
    second such word on: one alone is a café or a name.
    """
    own, english = small_words(code) - small_words("en"), small_words("en") - small_words(code)
    said = set(words)
    spelt = sum(not word.isascii() and word.replace("’", "").isalpha() for word in said - own)
    return len(said & own) - len(said & english) + (spelt if spelt > 1 else 0)


def _candidates(read: list[Sentence], opinions: list[str]) -> Iterator[Stretch]:
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
    yield Stretch("und", "romanised", everything)


def _run(read: list[Sentence], opinions: list[str], run: list[int]) -> Iterator[Stretch]:
    """Yield neighbouring sentences that are not English as one stretch, and exceptions in it."""
    words = tuple(word for index in run for word in read[index])
    opinion = first_voice(joined(words))
    code = opinion.code
    if _support([word.text for word in words], code) < 0:
        for index in run:
            yield from _inside(read[index])
    elif code not in {"en", "und"}:
        yield Stretch(code, "agreed", words, sure=opinion.reliable)
    for index in run:
        other = opinions[index]
        if not alike(other, code) and other != "und":
            sure = first_voice(joined(read[index])).reliable
            yield Stretch(other, "agreed", read[index], sure=sure)


def _opinion(sentence: Sentence) -> str:
    """Return the first voice's word on a sentence: a code, ``en``, or ``und`` for no opinion."""
    letters = sum(word.letters for word in sentence)
    if letters < LEAST_LETTERS:
        return "und"
    whole = first_voice(joined(sentence)).code
    if is_title(sentence) and not _has_a_sentence(sentence, whole):
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


def _has_a_sentence(sentence: Sentence, code: str) -> bool:
    """Whether its lower-case words are more than the small ones inside names and titles."""
    lower = {word.text for word in sentence if not word.capital}
    small = small_words(code) - small_words("en")
    return bool(lower & small) and bool(lower - small_words(code))


def _inside(sentence: Sentence) -> Iterator[Stretch]:
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
        yield Stretch(best_code, "within", words)


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
