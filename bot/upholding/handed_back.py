"""What moderators have given back by hand: no return of the member takes it from them again."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from bot.model.intent import Intent
from bot.model.ruling import GIVEN_BACK, ROLE_BACK
from bot.model.sanction import Sanction
from bot.ports import Store
from bot.upholding.matter import RETURNED, serial


async def handed_back(
    intent: Intent, asking: Iterable[Sanction], store: Store
) -> Mapping[int, datetime]:
    """Return when a moderator last gave each channel or role back, aware UTC, by its id.

    Only for what puts sanctions in force again after a return; anything else was ordered knowing
    it. A role counts only where it was given since: whoever leaves loses their roles.

    Args:
        intent: what is about to be carried out.
        asking: the sanctions that ask for something.
        store: knows their cases.
    """
    found: dict[int, datetime] = {}
    if serial(intent) != RETURNED:
        return found
    since = datetime.fromtimestamp(int(intent.key.rpartition("-")[2]), UTC)
    for case in dict.fromkeys(one.case for one in asking):
        dossier = await store.dossier(case)
        for ruling in dossier.rulings if dossier is not None else ():
            for change in ruling.changes:
                known = change.what in GIVEN_BACK and change.after.isdecimal()
                if known and not (change.what == ROLE_BACK and ruling.at < since):
                    target = int(change.after)
                    found[target] = max(ruling.at, found.get(target, ruling.at))
    return found
