"""A dossier: all that is known about one case at one moment."""

from dataclasses import dataclass

from bot.model.case import Case
from bot.model.intent import Intent
from bot.model.ruling import Ruling
from bot.model.sanction import Sanction


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with everything decided and done about it, read in one state of the database."""

    case: Case
    rulings: tuple[Ruling, ...]
    """In the order they were made."""
    sanctions: tuple[Sanction, ...]
    """In the order they were decided."""
    intents: tuple[Intent, ...]
    """In the order they were decided."""

    def ruling(self, ruling: int) -> Ruling:
        """Return a ruling of the case by id.

        Raises:
            KeyError: if the case has no such ruling.
        """
        for one in self.rulings:
            if one.id == ruling:
                return one
        raise KeyError(ruling)

    def sanction(self, sanction: int) -> Sanction:
        """Return a sanction of the case by id.

        Raises:
            KeyError: if the case has no such sanction.
        """
        for one in self.sanctions:
            if one.id == sanction:
                return one
        raise KeyError(sanction)
