"""Forgetting: words go from every table and every file, numbers and counts stay.

Each place where words may be left is looked at, which is why this file is long.
"""

import os
import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.intent import IntentState
from bot.model.post import Part, PostFile, Surface
from bot.model.ruling import Change
from bot.ports import Store
from bot.storage import open_store
from bot.storage.backups import back_up, backups_of
from bot.storage.column_types import MemberWords
from bot.storage.tables import METADATA
from tests.storage.samples import (
    AUTHOR,
    GUILD,
    NOON,
    change,
    days,
    draft,
    look,
    observation,
    post,
    ruling,
    timeout,
)

MARKER = "Quokka-7f3a"
"""Stands for what a member wrote; occurs nowhere else."""


async def fill(store: Store, author: int, first: int, marker: str, count: int = 60) -> None:
    """Let an author write posts of many lengths, some in several versions."""
    sizes = random.Random(author)
    for message in range(first, first + count):
        text = f"{marker} " * sizes.choice((1, 3, 40, 700))
        versions = [post(message, text=text)]
        if message % 3 == 0:
            versions.append(post(message, "second", Action.REVIEW, text=text[::-1] + marker))
        for version in versions:
            wanted = draft(version, author=author)
            await store.write(lambda tx, wanted=wanted: tx.record(wanted))
        seen = observation(message, author=author)
        await store.write(lambda tx, seen=seen: tx.observe(seen))


async def fill_rulings(store: Store, author: int, message: int, marker: str) -> None:
    """Let a moderator write about an author in every way there is, and keep a draft about them."""
    file = PostFile(5, f"{marker}.png", f"https://cdn.example/{marker}.png", 17, f"image/{marker}")
    seen = replace(post(message, text=marker), files=(file,))
    wanted = ruling(
        f"order:{message}",
        subject=author,
        posts=(seen,),
        removes=(message,),
        words=f"{marker} to the member",
        internal=f"{marker} for us",
        because=f"{marker} instead",
        changes=(Change("words", f"{marker} before", f"{marker} after"),),
        sanctions=(timeout(),),
    )
    await store.write(lambda tx: tx.rule(wanted))
    text = f'{{"subject": {author}, "words": "{marker}"}}'
    await store.write(lambda tx: tx.keep(GUILD, 41, "draft", text, NOON, NOON + days(1)))


def files_with(marker: str, folder: Path) -> set[str]:
    """The names of all files of a folder that hold a text."""
    return {path.name for path in folder.iterdir() if marker.encode() in path.read_bytes()}


async def test_forgetting_leaves_no_word_in_any_file(store: Store, database: Path) -> None:
    """Not in the database, its log or its copies; and others' words are all still there."""
    await fill(store, AUTHOR, 1, MARKER)
    await fill(store, AUTHOR + 1, 1001, "others-words")
    await fill(store, AUTHOR, 2001, MARKER)
    await fill_rulings(store, AUTHOR, 3001, MARKER)
    back_up(database, "0002")
    assert len(files_with(MARKER, database.parent)) >= 2

    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    assert files_with(MARKER, database.parent) == set()
    assert look(database, "SELECT count(*) FROM post_parts WHERE text LIKE '%others-words%'") == [
        (80,)
    ]


async def test_every_table_that_holds_members_words_is_emptied(
    store: Store, database: Path
) -> None:
    """Walks all columns that hold members' words: each is planted first, and clean after."""
    columns = [
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.c
        if isinstance(column.type, MemberWords)
    ]
    await fill(store, AUTHOR, 1, MARKER, count=3)
    await fill_rulings(store, AUTHOR, 7, MARKER)
    for table, column in columns:
        planted = look(database, f"SELECT count(*) FROM {table} WHERE {column} LIKE '%{MARKER}%'")
        assert planted[0][0] > 0, f"plant a marker in {table}.{column} too"

    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    names = look(database, "SELECT name FROM sqlite_master WHERE type = 'table'")
    for (name,) in names:
        assert MARKER not in str(look(database, f"SELECT * FROM {name}")), name


async def test_forgetting_keeps_the_case_without_the_words(store: Store) -> None:
    """Once: number, state, action, findings with rule and confidence, digest and intents stay."""
    case = await store.write(lambda tx: tx.record(draft()))
    before = await store.case(case)
    for intent in await store.intents(case):
        done = replace(intent, state=IntentState.DONE)
        await store.write(lambda tx, done=done: tx.settle(done, NOON))
    intents = await store.intents(case)

    for _ in range(2):
        await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    erased = replace(before, version=2, posts=(replace(post(), parts=(), erased=True),))
    assert await store.case(case) == erased
    assert await store.intents(case) == intents
    assert await store.digest_of(1) == "first"
    assert await store.removed_since(GUILD, NOON - days(1)) == ()


async def test_forgetting_removes_observations_of_that_person_only(store: Store) -> None:
    """Somebody else's stay."""
    for author in (AUTHOR, AUTHOR + 1):
        one = observation(author, author=author)
        await store.write(lambda tx, one=one: tx.observe(one))

    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    assert [one.author for one in await store.observations(GUILD, NOON, 9)] == [AUTHOR + 1]


async def test_a_forgotten_person_may_be_judged_again(store: Store) -> None:
    """A later version of an erased post has its own evidence."""
    await store.write(lambda tx: tx.record(draft()))
    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    await store.write(lambda tx: tx.record(draft(post(digest="second"))))

    assert (await store.case_of(1)).posts == (post(digest="second"),)


@pytest.mark.parametrize(
    ("state", "age_of_closing", "age_of_post", "held"),
    [
        # 90 days after closing, however old the post
        (CaseState.CLOSED, 91, 200, False),
        (CaseState.CLOSED, 90, 200, False),
        (CaseState.CLOSED, 89, 200, True),
        # nobody looked at what Concord did: 90 days after the post
        (CaseState.ACTED, None, 90, False),
        (CaseState.ACTED, None, 89, True),
        # still waiting for a moderator
        (CaseState.OPEN, None, 500, True),
    ],
)
async def test_evidence_goes_when_its_days_are_over(
    store: Store,
    database: Path,
    state: CaseState,
    age_of_closing: int | None,
    age_of_post: int,
    held: bool,
) -> None:
    """The days count from the closing, or from the post where nobody ever closed the case."""
    action = Action.REVIEW if state is CaseState.OPEN else Action.REMOVE
    old = post(action=action, at=NOON - days(age_of_post))
    case = await store.write(lambda tx: tx.record(draft(old, intents=())))
    if age_of_closing is not None:
        closed = round((NOON - days(age_of_closing)).timestamp() * 1_000_000)
        change(database, f"UPDATE cases SET state = 'closed', closed_at = {closed}")

    await store.write(lambda tx: tx.expire(NOON, evidence_days=90, observation_days=30))

    assert (await store.case(case)).posts[0].parts == (old.parts if held else ())


async def test_evidence_waits_for_intents_still_to_be_carried_out(store: Store) -> None:
    """A notice that quotes the post may still have to be sent."""
    old = post(at=NOON - days(400))
    case = await store.write(lambda tx: tx.record(draft(old)))
    await store.write(lambda tx: tx.expire(NOON, 90, 30))
    waited = (await store.case(case)).posts[0].parts
    for intent in await store.unsettled():
        done = replace(intent, state=IntentState.DONE)
        await store.write(lambda tx, done=done: tx.settle(done, NOON))

    await store.write(lambda tx: tx.expire(NOON, 90, 30))

    assert waited == old.parts
    assert (await store.case(case)).posts[0].parts == ()


async def test_the_newest_post_of_a_burst_keeps_the_evidence_of_all(store: Store) -> None:
    """A case expires as a whole."""
    case = await store.write(lambda tx: tx.record(draft(post(1, at=NOON - days(95)), intents=())))
    late = draft(post(2, at=NOON - days(5)), joins=case, intents=())
    await store.write(lambda tx: tx.record(late))

    await store.write(lambda tx: tx.expire(NOON, 90, 30))

    assert all(one.parts for one in (await store.case(case)).posts)


async def test_observations_and_copies_go_after_their_days(store: Store, database: Path) -> None:
    """Thirty days are over at thirty days; a copy of the database is no older."""
    for number, age in enumerate((29, 30, 31)):
        one = observation(number, at=NOON - days(age))
        await store.write(lambda tx, one=one: tx.observe(one))
    for revision, age in (("0001", 31), ("0002", 29)):
        made = (NOON - days(age)).timestamp()
        os.utime(back_up(database, revision), (made, made))

    await store.write(lambda tx: tx.expire(NOON, 90, 30))

    assert [one.message for one in await store.observations(GUILD, NOON - days(99), 9)] == [0]
    assert [path.name for path in backups_of(database)] == ["concord.db.before-0002"]


async def test_expired_words_are_gone_from_the_files(store: Store, database: Path) -> None:
    """Expiring is as thorough as forgetting."""
    words = (Part(Surface.CONTENT, MARKER * 900),)
    for message in range(1, 30):
        old = replace(post(message, at=NOON - days(100)), parts=words)
        await store.write(lambda tx, old=old: tx.record(draft(old, intents=())))

    await store.write(lambda tx: tx.expire(NOON, 90, 30))

    assert files_with(MARKER, database.parent) == set()


async def test_words_left_by_a_crash_go_at_the_next_start(database: Path) -> None:
    """A crash between an erasure's commit and its cleaning leaves them in the log till then."""
    async with open_store(database) as store:
        await fill(store, AUTHOR, 1, MARKER, count=20)
    with closing(sqlite3.connect(database, isolation_level=None)) as crashed:
        crashed.execute("PRAGMA secure_delete = ON")
        crashed.execute("UPDATE post_parts SET text = text || ' '")
        crashed.execute("DELETE FROM post_parts")
        for suffix in ("", "-wal"):
            path = database.with_name(database.name + suffix)
            database.with_name(f"copy.db{suffix}").write_bytes(path.read_bytes())
    copy = database.with_name("copy.db")
    assert MARKER.encode() in database.with_name("copy.db-wal").read_bytes()

    async with open_store(copy):
        left = {name for name in files_with(MARKER, copy.parent) if name.startswith("copy")}

    assert left == set()


async def test_who_erases_learns_that_another_program_holds_the_log(
    store: Store, database: Path
) -> None:
    """The words are gone from the tables, but only a second try cleans the file."""
    await fill(store, AUTHOR, 1, MARKER, count=3)
    await store._writer._thread.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM post_parts").fetchone()

        with pytest.raises(StorageError, match="another program is reading"):
            await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))

    assert look(database, "SELECT count(*) FROM post_parts") == [(0,)]
    await store.write(lambda tx: tx.forget(GUILD, AUTHOR, NOON))
    assert files_with(MARKER, database.parent) == set()


async def test_expiring_does_not_fail_because_another_program_reads(
    store: Store, database: Path
) -> None:
    """It is done again every day; the bot need not stop for it."""
    await store.write(lambda tx: tx.observe(observation(at=NOON - days(50))))
    await store._writer._thread.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM observations").fetchone()

        await store.write(lambda tx: tx.expire(NOON, 90, 30))

    assert await store.observations(GUILD, NOON - days(99), 9) == ()


async def test_an_erasure_that_is_undone_erases_nothing(store: Store, database: Path) -> None:
    """Copies of the database stay too."""

    async def work(tx: object) -> None:
        await tx.forget(GUILD, AUTHOR, NOON)
        raise ValueError("undone")

    await store.write(lambda tx: tx.record(draft()))
    back_up(database, "0002")
    with pytest.raises(ValueError, match="undone"):
        await store.write(work)

    assert (await store.case_of(1)).posts == (post(),)
    assert len(backups_of(database)) == 1


async def test_a_post_is_deleted_once(store: Store, database: Path) -> None:
    """Told twice, the first time stands; an unknown message is nobody's business."""
    await store.write(lambda tx: tx.record(draft()))
    for message, at in ((1, NOON), (1, NOON + timedelta(hours=1)), (404, NOON)):
        await store.write(lambda tx, message=message, at=at: tx.post_deleted(message, at))

    expected = (1, round(NOON.timestamp() * 1_000_000))
    assert look(database, "SELECT message, deleted_at FROM case_posts") == [expected]
