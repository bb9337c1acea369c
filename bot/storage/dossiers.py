"""Dossiers: a case with all that was decided and done about it, in one state of the database."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, Select

from bot.model.dossier import Dossier
from bot.model.intent import Intent
from bot.model.ruling import Ruling
from bot.model.sanction import Sanction
from bot.storage import ruling_reading, sanctions
from bot.storage.case_reading import read_cases
from bot.storage.intents import read_intents_of
from bot.storage.ruling_reading import read_rulings
from bot.storage.sanctions import read_sanctions


def read_dossiers(
    connection: Connection, chosen: Select[tuple[int]] | Sequence[int]
) -> tuple[Dossier, ...]:
    """Return the dossiers of the cases a query chooses, newest first."""
    found = read_cases(connection, chosen)
    ids = [case.id for case in found]
    if not ids:
        return ()
    rulings: defaultdict[int, list[Ruling]] = defaultdict(list)
    for ruling in read_rulings(connection, ruling_reading.of_cases(ids)):
        rulings[ruling.case].append(ruling)
    ordered: defaultdict[int, list[Sanction]] = defaultdict(list)
    for sanction in read_sanctions(connection, sanctions.of_cases(ids)):
        ordered[sanction.case].append(sanction)
    intents: defaultdict[int, list[Intent]] = defaultdict(list)
    for intent in read_intents_of(connection, ids):
        intents[intent.case].append(intent)
    return tuple(
        Dossier(
            case=case,
            rulings=tuple(rulings[case.id]),
            sanctions=tuple(ordered[case.id]),
            intents=tuple(intents[case.id]),
        )
        for case in found
    )
