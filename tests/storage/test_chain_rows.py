"""The chain in the tables: every decision is in it, and every change to the tables shows.

Every field of every table of decisions is tried, which is why this file is long.
"""

import asyncio
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chain import inspect
from bot.model.post import PostFile
from bot.model.ruling import Change, Ending, RulingKind
from bot.model.sanction import SanctionDraft, SanctionKind, SanctionState
from bot.ports import CaseDraft, RulingDraft, Store
from bot.storage import open_store
from bot.storage.tables import METADATA
from bot.storage.verifying import verify_chains
from tests.storage.samples import (
    AUTHOR,
    GUILD,
    MODERATOR,
    NOON,
    change,
    days,
    draft,
    look,
    post,
    ruling,
    timeout,
)

EXAMPLES = 150 if os.environ.get("CONCORD_LONG") == "1" else 12


async def fill(store: Store) -> None:
    """Decide something of every kind, with every field used somewhere."""
    await store.write(lambda tx: tx.record(draft(post(1))))
    file = PostFile(9, "offer.pdf", "https://cdn.example/9", 4_000, "application/pdf")
    sanctions = (
        timeout(points_until=NOON + days(9)),
        SanctionDraft(SanctionKind.BOARD_REMOVAL, board="art", channel=77),
        SanctionDraft(SanctionKind.GROUP_REMOVAL, group="Painters", role=88),
        SanctionDraft(SanctionKind.BAN, delete_message_seconds=60),
    )
    decided = ruling(
        posts=(replace(post(2), files=(file,)), post(3)),
        removes=(2, 3),
        words="to them",
        internal="to us",
        because="so",
        sanctions=sanctions,
    )
    done = await store.write(lambda tx: tx.rule(decided))
    edited = ruling(
        "edit",
        kind=RulingKind.EDITED,
        case=done.case,
        rule="hate",
        endings=(
            Ending(done.sanctions[0], SanctionState.ACTIVE, NOON + days(2)),
            Ending(done.sanctions[1], SanctionState.LIFTED),
        ),
        changes=(Change("rule", "vulgarity", "hate"), Change("end", "today", "later")),
    )
    await store.write(lambda tx: tx.rule(edited))
    plain = ruling("plain", subject=AUTHOR + 1, sanctions=(timeout(1),))
    await store.write(lambda tx: tx.rule(plain))


async def test_every_decision_is_a_link_in_its_order(store: Store) -> None:
    """Automatic ones too; another server's have a chain of their own."""
    await fill(store)
    await store.write(lambda tx: tx.rule(ruling(guild=GUILD + 1)))

    chain = await store.chain(GUILD, 0, 100)
    assert [(one.number, one.kind, one.rule) for one in chain] == [
        (1, RulingKind.REMOVED, "vulgarity"),
        (2, RulingKind.DECIDED, "vulgarity"),
        (3, RulingKind.EDITED, "hate"),
        (4, RulingKind.DECIDED, "vulgarity"),
    ]
    assert inspect(chain).intact == (1, 2, 3, 4)
    assert [one.number for one in await store.chain(GUILD, 2, 1)] == [3]
    assert await store.chain_head(GUILD) == chain[-1]
    assert await store.chain_head(GUILD, before=NOON + timedelta(seconds=1)) == chain[0]
    assert await store.chain_head(GUILD, before=NOON) is None
    assert await store.chain_head(GUILD + 7) is None
    assert len(await store.chain(GUILD + 1, 0, 9)) == 1


async def test_no_two_links_share_a_key(store: Store) -> None:
    """Or two equal decisions would be told as equal after they are erased."""
    await fill(store)

    salts = [one.salt for one in await store.chain(GUILD, 0, 100)]
    assert len(set(salts)) == len(salts)
    assert all(salt is not None and len(bytes.fromhex(salt)) == 32 for salt in salts)


EXEMPT = {
    # which order brought it, so that it happens once; says nothing of what was decided
    "rulings.key",
    # may change by later decisions and with time, which the chain has as well or which are no
    # decisions
    "sanctions.state",
    "sanctions.until_at",
    "sanctions.ended_at",
    "sanctions.version",
    # their order counts, not the number
    "ruling_posts.position",
    "ruling_endings.position",
    "ruling_changes.position",
    "post_parts.position",
    "post_files.position",
    "findings.position",
    "findings.id",
    # what was found may lead to something else later; who says so is a ruling, or a pause
    "findings.action",
    "findings.because",
    "findings.verdict",
    "findings.verdict_by",
    "findings.verdict_at",
    # what holds for a post now, by the rulings that are in the chain, and what became of it
    "case_posts.shown",
    "case_posts.latest",
    "case_posts.ruling",
    "case_posts.ruled_action",
    "case_posts.deleted_at",
}
"""Columns of decisions that the chain does not cover, and why."""

COVERED = [
    (table.name, column.name)
    for table in METADATA.sorted_tables
    if table.name
    in {
        *("rulings", "ruling_posts", "ruling_endings", "ruling_changes", "sanctions"),
        *("chain_links", "case_posts", "post_parts", "post_files", "findings"),
    }
    for column in table.columns
    if f"{table.name}.{column.name}" not in EXEMPT
]


def other_value(value: object, column: str) -> object:
    """Something else of the same type that the schema would let stand."""
    others = {
        "kind": "ban" if value == "timeout" else "lifted",
        "state": "voided" if value != "voided" else "lifted",
    }
    if column in others:
        return others[column]
    if column in ("silent", "tells", "by_hand"):
        return 1 - int(str(value))
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and len(value) == 64:
        return ("0" if value[0] != "0" else "1") + value[1:]
    if value is None:
        return "x" if column in ("rule", "board", "community_group") else 5
    return f"{value}x"


def tampered(database: Path, table: str, column: str, row: int) -> bool:
    """Change one field of one row past everything that would refuse it; whether there was one."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.row_factory = sqlite3.Row
        found = connection.execute(f"SELECT * FROM {table} LIMIT 1 OFFSET {row}").fetchone()
        if found is None:
            return False
        value = other_value(found[column], column)
        this = " AND ".join(f"{name} IS ?" for name in found.keys())  # noqa: SIM118 - no mapping
        change_it = f"UPDATE {table} SET {column} = ? WHERE {this}"
        try:
            connection.execute(change_it, (value, *found))
        except sqlite3.IntegrityError:  # a key that is taken: one the row could never have
            connection.execute(change_it, (990 + row, *found))
    return True


@pytest.mark.parametrize(("table", "column"), COVERED, ids=lambda part: part)
async def test_a_change_of_any_field_of_a_decision_shows(
    database: Path, table: str, column: str
) -> None:
    """Whichever row it is in: each field of what was decided is covered."""
    async with open_store(database) as store:
        await fill(store)
    rows = look(database, f"SELECT count(*) FROM {table}")[0][0]

    unseen = []
    for row in range(int(str(rows))):
        copy = Path(shutil.copy(database, database.with_name(f"{row}.db")))
        assert tampered(copy, table, column, row)
        if all(one.is_sound for one in verify_chains(copy)):
            unseen.append(row)

    assert rows
    assert unseen == []


@pytest.mark.parametrize(
    "statement",
    [
        # whom a case is about, and which case it is
        "UPDATE cases SET author = author + 7",
        "UPDATE cases SET number = number + 7",
        # rows that are gone, or more than there were
        "DELETE FROM chain_links WHERE number = 2",
        "DELETE FROM chain_links WHERE number = 4",
        "DELETE FROM rulings WHERE id = 2",
        "DELETE FROM rulings WHERE id = 1",
        "DELETE FROM ruling_posts WHERE position = 1",
        "DELETE FROM ruling_endings",
        "DELETE FROM ruling_changes",
        "DELETE FROM sanctions WHERE id = 4",
        (
            "INSERT INTO ruling_posts SELECT 3, 0, message, serial, seal, salt FROM ruling_posts "
            "WHERE ruling = 1"
        ),
        "INSERT INTO ruling_changes VALUES (2, 0, 'a', 'b', 'c')",
        # words without their key are no erasure
        "UPDATE chain_links SET salt = NULL WHERE number = 2",
        "UPDATE ruling_posts SET salt = NULL WHERE ruling = 2",
        # nor is a key without the words
        "DELETE FROM post_parts WHERE message = 1",
        "DELETE FROM post_files",
        "UPDATE rulings SET words = '', internal = '', because = ''",
    ],
)
async def test_rows_that_are_gone_or_added_show(database: Path, statement: str) -> None:
    """And what lies beside the decisions."""
    async with open_store(database) as store:
        await fill(store)
    assert all(one.is_sound for one in verify_chains(database))

    change(database, statement)

    assert not all(one.is_sound for one in verify_chains(database))


async def test_erasing_keeps_the_chain_and_drops_what_was_written(
    store: Store, database: Path
) -> None:
    """The commitments stay; a ruling keeps its key where only words of posts are gone."""
    await fill(store)
    before = await store.chain(GUILD, 0, 9)

    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    after = await store.chain(GUILD, 0, 9)
    assert [one.hash for one in after] == [one.hash for one in before]
    assert [one.commitment for one in after] == [one.commitment for one in before]
    assert [(one.salt is None, one.content is None) for one in after] == [
        (False, False),
        (True, True),
        (True, True),
        (False, False),
    ]
    (seen,) = verify_chains(database)
    assert (seen.inspection.erased, seen.inspection.intact) == ((1, 2, 3), (4,))
    assert seen.is_sound
    assert look(database, "SELECT count(*) FROM ruling_posts WHERE salt IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE findings SET confidence = 0.5 WHERE message = 1",
        "UPDATE ruling_posts SET message = 2 WHERE message = 1",
        "UPDATE rulings SET silent = 0 WHERE id = 1",
        "INSERT INTO post_parts VALUES (1, 1, 0, 'content', 'I will kill you all')",
        "UPDATE ruling_posts SET salt = hex(randomblob(32)) WHERE ruling = 1",
    ],
)
async def test_without_a_posts_words_the_rest_of_its_removal_is_still_watched(
    database: Path, statement: str
) -> None:
    """Evidence goes in its time; what was decided does not become anybody's to change by that."""
    async with open_store(database) as store:
        await fill(store)
        await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))
    assert all(one.is_sound for one in verify_chains(database))

    change(database, statement)

    (seen,) = verify_chains(database)
    assert seen.inspection.altered == (1,)


async def test_words_that_go_by_a_later_decision_leave_the_chain_whole(
    store: Store, database: Path
) -> None:
    """Of a post that may show a child nothing is kept, also if that is found out later."""
    await store.write(lambda tx: tx.record(draft(post(1))))
    case = await store.case_of(1)
    edited = ruling("edit", kind=RulingKind.EDITED, case=case.id, rule="minor-safety")

    await store.write(lambda tx: tx.rule(edited))
    voided = ruling("void", kind=RulingKind.VOIDED, case=case.id, removes=(1,))
    await store.write(lambda tx: tx.rule(voided))

    (seen,) = verify_chains(database)
    assert seen.is_sound
    assert seen.inspection.erased == (1,)


async def test_text_that_no_file_can_hold_is_sealed_as_it_is_read_back(
    store: Store, database: Path
) -> None:
    """A lone surrogate becomes another sign on its way."""
    await store.write(lambda tx: tx.record(draft(post(1, text="some \ud800 words"))))

    (seen,) = verify_chains(database)
    assert seen.inspection.intact == (1,)


async def test_a_rule_follows_the_edits_since(store: Store, database: Path) -> None:
    """Of the sanctions that an edit names, or of all of a case; not of what was voided before."""
    done = await store.write(lambda tx: tx.rule(ruling(sanctions=(timeout(), timeout(1)))))
    first, second = done.sanctions
    void = Ending(second, SanctionState.VOIDED)
    steps = [
        {"rule": "hate", "endings": (Ending(first, SanctionState.ACTIVE, NOON + days(2)),)},
        {"rule": "threat"},
        {"kind": RulingKind.VOIDED, "endings": (void,)},
        {"rule": "spam-repeat"},
    ]
    for number, step in enumerate(steps):
        values = {"kind": RulingKind.EDITED, "case": done.case, **step}
        await store.write(
            lambda tx, key=f"e{number}", values=values: tx.rule(ruling(key, **values))
        )

    assert [one.rule for one in await store.sanctions_of(GUILD, AUTHOR)] == [
        "spam-repeat",
        "threat",
    ]
    assert all(one.is_sound for one in verify_chains(database))
    change(database, f"UPDATE sanctions SET rule = 'hate' WHERE id = {first}")
    assert [one.inspection.altered for one in verify_chains(database)] == [(1,)]


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
