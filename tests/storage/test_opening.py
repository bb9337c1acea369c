"""One process per database, and clear words where a file cannot be used."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import ConcordError, StorageError
from bot.storage import open_store
from bot.storage.aiosqlite_thread import AiosqliteThread, EngineOver
from tests.storage.samples import change, draft

HOLDER = """
import asyncio, sys
from pathlib import Path
from bot.storage import open_store

async def hold():
    async with open_store(Path(sys.argv[1])):
        print("open", flush=True)
        await asyncio.Event().wait()

asyncio.run(hold())
"""


async def test_a_second_process_is_refused_until_the_first_is_gone(database: Path) -> None:
    """The sentence names the file; after a kill -9 the file is free at once."""
    first = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs in this loop
        [sys.executable, "-c", HOLDER, str(database)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert first.stdout.readline() == "open\n"

        with pytest.raises(ConcordError, match=r"concord\.db is in use by another Concord"):
            async with open_store(database):
                pass
    finally:
        os.kill(first.pid, signal.SIGKILL)
        first.communicate()

    async with open_store(database) as store:
        assert await store.guilds() == ()


async def test_a_second_store_in_this_process_is_refused_too(database: Path) -> None:
    """Also by another name for the same file."""
    link = database.with_name("link.db")
    link.symlink_to(database)

    async with open_store(database):
        with pytest.raises(ConcordError, match="in use"):
            async with open_store(link):
                pass


async def test_everything_is_there_after_opening_again(database: Path) -> None:
    """Closing leaves one file that holds it all."""
    async with open_store(database) as store:
        case = await store.write(lambda tx: tx.record(draft()))
        before = await store.case(case)

    assert not database.with_name("concord.db-wal").exists()
    async with open_store(database) as store:
        assert await store.case(case) == before


async def test_a_missing_file_is_created_for_its_owner_alone(tmp_path: Path) -> None:
    """What members wrote is nobody else's to read, in none of SQLite's files."""
    async with open_store(tmp_path / "new.db") as store:
        await store.write(lambda tx: tx.record(draft()))
        modes = [
            stat.S_IMODE((tmp_path / name).stat().st_mode)
            for name in ("new.db", "new.db-wal", "new.db-shm")
        ]

    assert modes == [0o600] * 3


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A typing error in the path makes no folders."""
    with pytest.raises(ConcordError, match=r"there is no folder .*nowhere"):
        async with open_store(tmp_path / "nowhere" / "concord.db"):
            pass


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """It is refused in words, and keeps every byte."""
    file = tmp_path / "notes.txt"
    file.write_bytes(b"dear diary, " * 100)

    with pytest.raises(ConcordError, match=r"notes\.txt is no database of Concord"):
        async with open_store(file):
            pass

    assert file.read_bytes() == b"dear diary, " * 100


@pytest.mark.parametrize("kind", ["writing_engine", "reading_engine"])
async def test_an_opening_that_fails_frees_the_file(
    database: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The error is one of ours, and the next try may succeed."""

    def failing(database: Path, engine_over: EngineOver) -> AiosqliteThread:
        fails = engine_over.__name__ == kind
        return AiosqliteThread(database.parent if fails else database, engine_over)

    monkeypatch.setattr("bot.storage.threads.AiosqliteThread", failing)
    with pytest.raises(StorageError, match="unable to open"):
        async with open_store(database):
            pass
    monkeypatch.undo()

    async with open_store(database) as store:
        assert await store.guilds() == ()


async def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """Tables without our mark are somebody else's."""
    database = tmp_path / "other.db"
    change(database, "CREATE TABLE recipes (name TEXT)")
    before = database.read_bytes()

    with pytest.raises(ConcordError, match="another program"):
        async with open_store(database):
            pass

    assert database.read_bytes() == before


async def test_a_newer_database_is_left_alone(database: Path) -> None:
    """Going back to an older Concord is refused before anything is changed."""
    change(database, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(ConcordError, match=r"newer Concord \(its schema is 9999"):
        async with open_store(database):
            pass


def test_opening_a_current_database_imports_no_alembic(database: Path) -> None:
    """Its half a second is spent only when there is something to migrate."""
    script = """
import asyncio, sys
from pathlib import Path
from bot.storage import open_store

async def use():
    async with open_store(Path(sys.argv[1])) as store:
        await store.guilds()

asyncio.run(use())
print(sorted(name for name in sys.modules if name.split(".")[0] in {"alembic", "discord"}))
"""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(database)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout == "[]\n"
    assert ran.stderr == ""
