"""The laws of the chain in the tables, over any decisions, erasures and changes by hand."""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model.ruling import Change, RulingKind
from bot.ports import CaseDraft, RulingDraft, Store
from bot.storage import open_store
from bot.storage.verifying import verify_chains
from tests.storage.samples import (
    AUTHOR,
    GUILD,
    MODERATOR,
    NOON,
    draft,
    look,
    post,
    ruling,
    timeout,
)
from tests.storage.tampering import COVERED, tampered

EXAMPLES = 150 if os.environ.get("CONCORD_LONG") == "1" else 12

KINDS = st.sampled_from(
    [RulingKind.DECIDED, RulingKind.NOTED, RulingKind.KEPT, RulingKind.EDITED, RulingKind.LIFTED]
)
TEXTS = st.text(max_size=6)
RULINGS = st.builds(
    lambda number, **values: ruling(f"order:{number}", **values),
    number=st.integers(1, 4),
    kind=KINDS,
    subject=st.sampled_from((AUTHOR, AUTHOR + 1)),
    by=st.sampled_from((MODERATOR, None)),
    rule=st.sampled_from((None, "hate")),
    words=TEXTS,
    internal=TEXTS,
    because=TEXTS,
    sanctions=st.lists(st.builds(timeout, st.integers(1, 90)), max_size=2).map(tuple),
    changes=st.lists(st.builds(Change, st.just("rule"), TEXTS, TEXTS), max_size=2).map(tuple),
)
REMOVALS = st.builds(lambda message: draft(post(message)), st.integers(1, 5))
ERASURES = st.sampled_from((AUTHOR, AUTHOR + 1))
"""Erasures are told from other steps by being whole numbers."""


async def take(store: Store, step: CaseDraft | RulingDraft | int) -> None:
    """Take one step."""
    if isinstance(step, int):
        await store.write(lambda tx: tx.forget(GUILD, step, NOON))
    elif isinstance(step, CaseDraft):
        await store.write(lambda tx: tx.record(step))
    else:
        await store.write(lambda tx: tx.rule(step))


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(st.one_of(RULINGS, REMOVALS, ERASURES), max_size=8),
    again=st.lists(st.integers(0, 7), max_size=4),
    row=st.integers(0, 20),
    field=st.sampled_from(COVERED),
)
def test_a_chain_verifies_until_somebody_changes_it(
    migrated: Path,
    steps: list[CaseDraft | RulingDraft | int],
    again: list[int],
    row: int,
    field: tuple[str, str],
) -> None:
    """Over any decisions, replays of them, erasures and restarts in between.

    One changed field shows, unless what it belonged to is erased.
    """
    folder = Path(tempfile.mkdtemp())
    database = Path(shutil.copy(migrated, folder / "concord.db"))

    async def play() -> None:
        for some in (steps[: len(steps) // 2], steps[len(steps) // 2 :]):
            async with open_store(database) as store:
                for step in some:
                    await take(store, step)
        links = look(database, "SELECT count(*) FROM chain_links")
        async with open_store(database) as store:
            for step in (steps[place % len(steps)] for place in again if steps):
                if not isinstance(step, int):
                    await take(store, step)
        assert look(database, "SELECT count(*) FROM chain_links") == links

    asyncio.run(play())
    assert all(one.is_sound for one in verify_chains(database))
    erased = {number for one in verify_chains(database) for number in one.inspection.erased}
    if tampered(database, *field, row):
        shows = not all(one.is_sound for one in verify_chains(database))
        assert shows or erased
    shutil.rmtree(folder)
