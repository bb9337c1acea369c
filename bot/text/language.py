"""What language a text is in, as far as that can be said."""

import unicodedata

from bot.model.screened import LanguageGuess, View


def guess_languages(
    view: View, quoted: tuple[tuple[int, int], ...] = ()
) -> tuple[LanguageGuess, ...]:
    """Return one guess for each language of a text that is not English, longest stretch first.

    Only scripts are told apart so far.
    """
    letters = [index for index, character in enumerate(view.text) if character.isalpha()]
    foreign = [i for i in letters if "LATIN" not in unicodedata.name(view.text[i], "LATIN")]
    if len(foreign) < 2 or 2 * len(foreign) < len(letters):
        return ()
    start, end = view.span(foreign[0], foreign[-1] + 1)
    return (LanguageGuess("und", start, end, "script", len(foreign)),)
