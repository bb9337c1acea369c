"""Which stretches of a text are in a language other than English.

The order of evidence: the writing system speaks for itself; a sentence in Latin letters needs two
independent voices that name the same language; romanised speech is told by its small words. Names,
code, addresses, quotations, famous phrases and titles have no say.
"""

from collections.abc import Iterator

from bot.model.screened import LanguageGuess, View
from bot.text.latin_letters import latin_stretches
from bot.text.loan_phrases import loan_phrases
from bot.text.other_scripts import other_script_stretches
from bot.text.prose import Sentence, quotations, sentences
from bot.text.stretch import Stretch

_OWN_WORDS = 12
"""Letters outside quotation marks from which on the words inside them are left alone; chosen."""

_CODES = {"sh": "hr"}
"""What guesses call the language that the voices cannot tell from its relatives."""


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
    borrowed = loan_phrases(view.text)
    read = tuple(sentences(view, (*masked, *borrowed)))
    if masked and sum(word.letters for sentence in read for word in sentence) < _OWN_WORDS:
        read = tuple(sentences(view, borrowed))
    longest: dict[str, Stretch] = {}
    for stretch in _stretches(read):
        known = longest.get(stretch.code)
        if known is None or stretch.letters > known.letters:
            longest[stretch.code] = stretch
    ordered = sorted(longest.values(), key=lambda one: (-one.letters, one.words[0].start))
    return tuple(_guess(view, stretch) for stretch in ordered)


def _guess(view: View, stretch: Stretch) -> LanguageGuess:
    start, end = view.span(stretch.words[0].start, stretch.words[-1].end)
    return LanguageGuess(
        _CODES.get(stretch.code, stretch.code), start, end, stretch.evidence, stretch.letters
    )


def _stretches(read: tuple[Sentence, ...]) -> Iterator[Stretch]:
    yield from other_script_stretches(read)
    latin = [tuple(word for word in sentence if word.script == "latin") for sentence in read]
    yield from latin_stretches([sentence for sentence in latin if sentence])
