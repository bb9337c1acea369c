"""What moderators have given back by hand: nothing ordered before it takes it again."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from bot.model.intent import Intent, IntentKind
from bot.model.ruling import GIVEN_BACK, ROLE_BACK
from bot.model.sanction import Sanction, SanctionKind
from bot.model.snowflake import time_of
from bot.ports import Store
from bot.upholding.matter import AGAIN, RETURNED, serial

_GIVEN_BY_HAND = frozenset({SanctionKind.BOARD_REMOVAL, SanctionKind.GROUP_REMOVAL})
"""Kinds of which a part can be given back while the sanction stands."""


async def handed_back(
    intent: Intent, kin: Iterable[Sanction], store: Store
) -> Mapping[int, datetime]:
    """Return when a moderator last gave each channel or role back, aware UTC, by its id.

    Not before the order that is carried out, for that was given knowing it. A role counts only
    where it was given since the member came back, or since the bot gave it: whoever leaves loses
    their roles, and who has a role is given none.

    Args:
        intent: what is about to be carried out.
        kin: the member's sanctions of its kind, past ones too: what was given back is written down
            in the newest one's case.
        store: knows their cases.
    """
    found: dict[int, datetime] = {}
    cases = dict.fromkeys(one.case for one in kin if one.kind in _GIVEN_BY_HAND)
    dossiers = [await store.dossier(case) for case in cases]
    rulings = [ruling for one in dossiers if one is not None for ruling in one.rulings]
    ordered = next((one.at for one in rulings if one.id == intent.ruling), None)
    since = _roles_since(intent)
    for ruling in rulings:
        if intent.kind is not IntentKind.END and ordered is not None and ruling.at < ordered:
            continue
        for change in ruling.changes:
            known = change.what in GIVEN_BACK and change.after.isdecimal()
            is_old = change.what == ROLE_BACK and since is not None and ruling.at < since
            if known and not is_old:
                target = int(change.after)
                found[target] = max(ruling.at, found.get(target, ruling.at))
    return found


def _roles_since(intent: Intent) -> datetime | None:
    """Return since when a role that was given back is still there; None if since the order."""
    word, named = serial(intent), intent.key.rpartition("-")[2]
    if word == RETURNED:
        return datetime.fromtimestamp(int(named), UTC)
    return time_of(int(named)) if word == AGAIN else None
