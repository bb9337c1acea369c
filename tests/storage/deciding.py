"""Committing rulings and reading their cases, in a word."""

from bot.model.dossier import Dossier
from bot.ports import Ruled, RulingDraft, Store


async def rule(store: Store, wanted: RulingDraft) -> Ruled:
    """Commit a ruling."""
    return await store.write(lambda tx: tx.rule(wanted))


async def dossier(store: Store, case: int) -> Dossier:
    """Read a case that is there."""
    found = await store.dossier(case)
    assert found is not None
    return found
