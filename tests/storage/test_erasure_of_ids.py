"""What Concord wrote of people, roles, channels and permissions is nobody's words: it stays."""

from pathlib import Path

import pytest

from bot.chain import inspect
from bot.model.ruling import (
    ACCESS_BACK,
    BY_BOT,
    CONFIRMED,
    DENIED,
    KEPT_BACK,
    POSTS_DELETED,
    ROLE_BACK,
    Change,
    RulingKind,
)
from bot.ports import Store
from bot.storage.verifying import verify_chains
from tests.storage.deciding import dossier, rule
from tests.storage.samples import AUTHOR, GUILD, NOON, days, ruling

IDS = (
    Change(ROLE_BACK, "", "81"),
    Change(ACCESS_BACK, "Send Messages", "82"),
    Change(BY_BOT, "", "83"),
    Change(CONFIRMED, "", "84"),
    Change(POSTS_DELETED, "", "85"),
    Change(DENIED, "Add Reactions", "86"),
)
WORDS = (
    Change("note", "be kind", "be kinder"),
    Change(KEPT_BACK, "No fruit", "87"),
)
SILENCED = (Change("note", "", ""), Change(KEPT_BACK, "", "87"))


async def test_the_words_of_a_ruling_go_and_the_ids_in_it_stay(
    store: Store, database: Path
) -> None:
    """Its link is erased, and not altered."""
    done = await rule(store, ruling(internal="she asked", changes=(*IDS, *WORDS)))

    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    (silenced,) = (await dossier(store, done.case)).rulings
    assert (silenced.internal, silenced.changes) == ("", (*IDS, *SILENCED))
    (seen,) = verify_chains(database)
    assert seen.is_sound
    assert seen.inspection.erased == (1,)


@pytest.mark.parametrize("one", WORDS)
async def test_what_is_left_of_words_among_the_ids_shows(store: Store, one: Change) -> None:
    """Words beside an id are words: they go, and with them the key."""
    done = await rule(store, ruling(changes=(one,)))

    redacting = await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))
    again = await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    (silenced,) = (await dossier(store, done.case)).rulings
    assert silenced.changes[0] in SILENCED
    assert (redacting, again) == ((), ())
    assert inspect(await store.chain(GUILD, 0, 9)).erased == (1,)


async def test_where_there_is_nothing_but_ids_nothing_is_erased(store: Store) -> None:
    """Neither on request nor with time; the case is as it was, and so is its link."""
    done = await rule(store, ruling(kind=RulingKind.NOTED, changes=IDS))
    before = await dossier(store, done.case)

    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))
    await store.write(lambda tx: tx.expire(NOON + days(400), 90, 30))

    assert await dossier(store, done.case) == before
    assert inspect(await store.chain(GUILD, 0, 9)).intact == (1,)
