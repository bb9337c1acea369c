"""Migrations happen whole or not at all, after a copy, whatever kills them."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage import open_store
from bot.storage.backups import KEPT, back_up, backups_of
from bot.storage.migrate import MIGRATIONS, known_revisions, migrate
from tests.storage.samples import NOON, change, draft, look, post

FULL = os.environ.get("CONCORD_LONG") == "1"

REBUILD = """
from alembic import op

revision = "{revision}"
down_revision = "{before}"

def upgrade():
    op.execute("CREATE TABLE new_guilds (guild INTEGER PRIMARY KEY, name TEXT NOT NULL, "
               "colour TEXT NOT NULL CHECK (colour <> '')) STRICT")
    op.execute("INSERT INTO new_guilds SELECT guild, name, 'blue' FROM guilds")
    op.execute("DROP TABLE guilds")
    op.execute("ALTER TABLE new_guilds RENAME TO guilds")
    op.execute("UPDATE findings SET reason = reason || '!'")
    op.execute("CREATE INDEX findings_by_kind ON findings (kind)")
"""

BROKEN = """
from alembic import op

revision = "{revision}"
down_revision = "{before}"

def upgrade():
    op.execute("UPDATE findings SET reason = 'half done'")
    op.execute("{last}")
"""


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """A folder of migrations of the test's own, beginning with the real ones."""
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "steps"))


def add_step(steps: Path, template: str, **values: str) -> str:
    """Add a step after the last one, and return its revision."""
    before = list(known_revisions(steps))[-1]
    revision = f"{int(before) + 1:04}"
    text = template.format(revision=revision, before=before, **values)
    (steps / "versions" / f"r{revision}_test.py").write_text(text)
    return revision


def dump(database: Path) -> list[str]:
    """All that a database holds, as SQL."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


async def fill(database: Path) -> None:
    """Put cases and a community into a database of the newest real schema."""
    from tests.storage.test_communities import SMALL

    async with open_store(database) as store:
        for message in range(1, 4):
            await store.write(lambda tx, message=message: tx.record(draft(post(message))))
        await store.write(lambda tx: tx.set_community(1, SMALL, NOON))


def test_the_head_is_known_without_alembic() -> None:
    """File names, the revisions in the files, and alembic's own view agree; there is one line."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    line = [script.revision for script in scripts.walk_revisions()]

    assert line[::-1] == list(known_revisions())
    assert scripts.get_heads() == [line[0]]
    assert [Path(scripts.get_revision(one).path) for one in line[::-1]] == list(
        known_revisions().values()
    )


def test_a_new_database_is_made_in_one_transaction_without_a_copy(tmp_path: Path) -> None:
    """One BEGIN IMMEDIATE, one COMMIT, the checks before it, and nothing to copy."""
    said: list[str] = []

    migrate(tmp_path / "new.db", on_statement=said.append)

    assert said[0] == "BEGIN IMMEDIATE"
    assert said[-2:] == ["PRAGMA foreign_key_check", "COMMIT"]
    assert not any(one.startswith(("BEGIN", "COMMIT", "ROLLBACK")) for one in said[1:-1])
    assert backups_of(tmp_path / "new.db") == ()


def test_a_current_database_is_not_touched(database: Path) -> None:
    """No copy, no statement."""
    said: list[str] = []
    before = database.read_bytes()

    migrate(database, on_statement=said.append)

    assert (said, backups_of(database), database.read_bytes()) == ([], (), before)


async def test_all_pending_steps_are_taken_after_a_copy(database: Path, steps: Path) -> None:
    """Data and rows that refer to a rebuilt table stay; the copy is as it was before."""
    await fill(database)
    before = dump(database)
    add_step(steps, REBUILD)
    last = add_step(steps, BROKEN, last="DELETE FROM findings WHERE message = 3")

    migrate(database, steps)

    assert look(database, "SELECT version_num FROM alembic_version") == [(last,)]
    assert look(database, "SELECT name, colour FROM guilds") == [("ours", "blue")]
    assert look(database, "SELECT name FROM boards") == [("Lounge",)]
    assert look(database, "SELECT count(*) FROM exception_kinds") == [(1,)]
    assert look(database, "SELECT count(*) FROM findings") == [(2,)]
    (copy,) = backups_of(database)
    assert copy.name == f"concord.db.before-{last}"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert dump(copy) == before


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("SELECT * FROM nowhere", "no such table: nowhere"),
        (
            "DELETE FROM post_versions",
            "rows of case_posts, findings, post_parts, ruling_posts would refer",
        ),
    ],
)
async def test_a_step_that_fails_leaves_everything_as_it_was(
    database: Path, steps: Path, last: str, words: str
) -> None:
    """Also the steps before it, that had succeeded."""
    await fill(database)
    before = dump(database)
    add_step(steps, REBUILD)
    add_step(steps, BROKEN, last=last)

    with pytest.raises(StorageError, match=words):
        migrate(database, steps)

    assert dump(database) == before
    async with open_store(database) as store:
        assert await store.case_of(3) is not None


def test_only_the_newest_copies_are_kept(database: Path) -> None:
    """By revision, and what is not a copy of this database stays."""
    other = database.with_name("concord.db.before-lunch")
    other.touch()

    for revision in ("0002", "0003", "0004"):
        back_up(database, revision)

    assert [path.name for path in backups_of(database)] == [
        "concord.db.before-0003",
        "concord.db.before-0004",
    ][-KEPT:]
    assert other.exists()


async def test_a_copy_holds_what_is_still_in_the_log(database: Path) -> None:
    """After a crash the newest commits are in the write-ahead log only."""
    async with open_store(database) as store:
        await store.write(lambda tx: tx.record(draft()))
        crashed = database.with_name("crashed.db")
        for suffix in ("", "-wal"):
            source = database.with_name(database.name + suffix)
            shutil.copy(source, crashed.with_name(crashed.name + suffix))

    copy = back_up(crashed, "0009")

    assert look(copy, "SELECT message FROM case_posts") == [(1,)]


def test_half_a_copy_is_never_taken_for_one(database: Path) -> None:
    """What a crash left of a copy is overwritten by the next."""
    partial = database.with_name("concord.db.before-0003.partial")
    partial.write_bytes(b"half")

    copy = back_up(database, "0003")

    assert backups_of(database) == (copy,)
    assert not partial.exists()
    assert dump(copy) == dump(database)


def test_without_a_copy_nothing_is_migrated(database: Path, steps: Path) -> None:
    """Whatever keeps the copy from being made: the disk, the folder, a name that is taken."""
    revision = add_step(steps, REBUILD)
    database.with_name(f"concord.db.before-{revision}.partial").mkdir()
    before = database.read_bytes()

    with pytest.raises(StorageError, match="no copy of it could be made"):
        migrate(database, steps)

    assert database.read_bytes() == before


KILLER = """
import os, shutil, signal, sys
from itertools import count
from pathlib import Path
import alembic.command
from bot.storage.migrate import migrate

database, steps, first, stride = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])

for moment in count(first, stride):
    victim = database.with_name(f"killed-{moment}.db")
    shutil.copy(database, victim)
    child = os.fork()
    if not child:
        seen = 0
        def die_at_the_moment(_statement):
            global seen
            seen += 1
            if seen == moment:
                os.kill(os.getpid(), signal.SIGKILL)
        migrate(victim, steps, on_statement=die_at_the_moment)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != -signal.SIGKILL:
        victim.unlink()
        break
"""
"""Migrates copies of a database, one after the other, each killed one statement later."""


@pytest.mark.long
@pytest.mark.parametrize("fresh", [True, False], ids=["the first start", "a filled database"])
async def test_a_kill_before_any_statement_leaves_the_old_schema(
    database: Path, steps: Path, fresh: bool
) -> None:
    """After kill -9 in a migration the old data is all there, and the next start completes."""
    if fresh:
        database.write_bytes(b"")  # noqa: ASYNC240
    else:
        await fill(database)
        add_step(steps, REBUILD)
        add_step(steps, BROKEN, last="DELETE FROM findings WHERE message = 3")
    old = dump(database)
    stride = 1 if FULL or not fresh else 6
    subprocess.run(  # noqa: ASYNC221 - nothing else runs in this loop
        [sys.executable, "-c", KILLER, str(database), str(steps), "1", str(stride)], check=True
    )
    expected = database.with_name("expected.db")
    shutil.copy(database, expected)
    migrate(expected, steps)
    new = dump(expected)

    victims = sorted(database.parent.glob("killed-*.db"))

    assert len(victims) >= (5 if fresh and not FULL else 12)
    for victim in victims:
        assert dump(victim) == old, victim.name
        migrate(victim, steps)
        assert dump(victim) == new, victim.name


def test_nothing_is_migrated_that_another_program_is_changing(
    database: Path, steps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock held by another program is a sentence, not half a migration."""
    monkeypatch.setattr("bot.storage.engines._WRITING", ("PRAGMA busy_timeout = 10",))
    add_step(steps, REBUILD)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StorageError, match="database is locked"):
            migrate(database, steps)


def test_the_stamp_is_alembics_own(database: Path) -> None:
    """Whoever looks with alembic finds what our reading found."""
    change(database, "UPDATE alembic_version SET version_num = '0001'")

    with pytest.raises(StorageError, match="already exists"):
        migrate(database)
