"""The chain in the tables: every decision is in it, and every change to the tables shows.

Long, for each way to change the tables behind the store's back is tried.
"""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chain import inspect
from bot.model.post import PostFile
from bot.model.ruling import Change, Ending, RulingKind
from bot.model.sanction import Recount, SanctionDraft, SanctionKind, SanctionState
from bot.ports import Store
from bot.storage import open_store
from bot.storage.verifying import verify_chains
from tests.storage.samples import (
    AUTHOR,
    GUILD,
    NOON,
    change,
    days,
    draft,
    look,
    post,
    ruling,
    timeout,
)
from tests.storage.tampering import COVERED, tampered


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
        recounts=(
            (done.sanctions[0], Recount(5, NOON + days(30))),
            (done.sanctions[1], Recount(0, NOON + days(1))),
        ),
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


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ruling_recounts VALUES (1, 1, 9, NULL)",
        "DELETE FROM ruling_recounts WHERE ruling = 2",
        "UPDATE ruling_recounts SET points = 0 WHERE ruling = 3",
    ],
)
async def test_what_a_sanction_counts_for_follows_from_the_chain(
    store: Store, database: Path, statement: str
) -> None:
    """The last edit that counted it anew counts; nobody can make another one unseen."""
    done = await store.write(lambda tx: tx.rule(ruling(sanctions=(timeout(), timeout(1)))))
    first, second = done.sanctions
    before = await store.sanction(first)
    for number, points in enumerate((7, 4)):
        values = {"kind": RulingKind.EDITED, "case": done.case, "rule": "hate"}
        again = ruling(f"e{number}", **values, recounts=((first, Recount(points)),))
        await store.write(lambda tx, again=again: tx.rule(again))

    assert before.points == 3
    assert (await store.sanction(first)).recounted == Recount(4)
    assert (await store.sanction(second)).recounted is None
    assert all(one.is_sound for one in verify_chains(database))
    change(database, statement)
    assert not all(one.is_sound for one in verify_chains(database))


async def test_a_count_by_no_ruling_counts_for_nothing(store: Store, database: Path) -> None:
    """It stands in no chain, so that nobody could see it there."""
    done = await store.write(lambda tx: tx.rule(ruling(sanctions=(timeout(),))))

    change(
        database,
        "PRAGMA foreign_keys = OFF",
        f"INSERT INTO ruling_recounts VALUES (999, {done.sanctions[0]}, 99, NULL)",
    )

    assert (await store.sanction(done.sanctions[0])).recounted is None


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
