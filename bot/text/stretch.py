"""Neighbouring words of one language, as evidence that a text is not English."""

from dataclasses import dataclass

from bot.text.prose import Word


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words of one language; never empty."""

    code: str
    """As voices compare it; ``und`` before anybody was asked."""
    evidence: str
    """As in :class:`bot.model.screened.LanguageGuess`."""
    words: tuple[Word, ...]
    sure: bool = True
    """Whether the first voice relies on its own answer."""

    @property
    def letters(self) -> int:
        """How many letters it rests on."""
        return sum(word.letters for word in self.words)
