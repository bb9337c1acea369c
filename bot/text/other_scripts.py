"""Stretches in other scripts: the writing system speaks for itself."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.text.prose import Sentence, Word, joined
from bot.text.scripts import EAST_ASIAN, LANGUAGE_OF_SCRIPT, LANGUAGES_OF_SCRIPT, UNSPACED
from bot.text.stretch import Stretch
from bot.text.voices import first_voice

_GREETING, _GREETING_EAST_ASIAN = 12, 6
"""Letters from which one word, or a run of East Asian letters, is more than a greeting; chosen."""

_SPEECH_WORDS, _SPEECH_LETTERS, _SPEECH_UNSPACED = 3, 15, 8
"""What is more than names and words in an English sentence, or over a post; chosen."""

_WINDOW = 240
"""Code points of which the first voice tells languages of one script apart."""


def other_script_stretches(read: Iterable[Sentence]) -> Iterator[Stretch]:
    """Yield one stretch for each language in another script, beyond greetings, names and words."""
    said: dict[str, list[Word]] = {}
    telling: set[str] = set()
    for sentence in read:
        foreign = [word for word in sentence if word.script != "latin"]
        letters = sum(word.letters for word in foreign)
        most = letters * 2 >= sum(word.letters for word in sentence)
        if not foreign or not (most or _is_speech(foreign)):
            continue
        code = _language_of(foreign)
        said.setdefault(code, []).extend(foreign)
        if not _is_greeting(foreign, letters):
            telling.add(code)
    for code, words in said.items():
        if code in telling or _is_speech(words):
            yield Stretch(code, "script", tuple(words))


def _is_greeting(words: list[Word], letters: int) -> bool:
    """Whether words, at least one, are no more than a greeting, a thanks or names."""
    if words[0].script in EAST_ASIAN:
        return letters < _GREETING_EAST_ASIAN
    if len(words) > 1 and all(word.capital and not word.shouted for word in words):
        return True
    return letters < _GREETING and (len(words) < 2 or words[0].script in UNSPACED)


def _is_speech(words: list[Word]) -> bool:
    unspaced = sum(word.letters for word in words if word.script in UNSPACED)
    letters = sum(word.letters for word in words)
    return unspaced >= _SPEECH_UNSPACED or (
        len(words) >= _SPEECH_WORDS and letters >= _SPEECH_LETTERS
    )


def _language_of(words: Iterable[Word]) -> str:
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
