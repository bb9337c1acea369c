"""One connection of aiosqlite: whole functions on its thread, in order, and nothing left behind."""

import asyncio
import gc
import logging
import sqlite3
import subprocess
import sys
import threading
import warnings
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import ProgrammingError

from bot.errors import StorageError
from bot.model.post import Part, Surface
from bot.ports import Store
from bot.storage.aiosqlite_thread import AiosqliteThread
from bot.storage.engines import READERS, writing_engine
from bot.storage.threads import ReaderThreads, WriterThread
from bot.storage.uninterrupted import uninterrupted
from tests.storage.samples import draft, look, post


def ident(_connection: Connection) -> int:
    """Name the thread that runs this."""
    return threading.get_ident()


def open_files(database: Path) -> int:
    """Count how often this process has the database's file open."""
    count = 0
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            count += handle.readlink() == database
    return count


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="this system does not list a process's open files"
)


async def test_all_runs_on_the_one_thread_that_is_not_the_loops(database: Path) -> None:
    """Also what a caller hands over while another waits."""
    async with AiosqliteThread(database, writing_engine) as thread:
        idents = await asyncio.gather(*(thread.run(ident) for _ in range(5)))

    assert len(set(idents)) == 1
    assert idents[0] != threading.get_ident()


async def test_no_other_thread_may_use_the_connection(database: Path) -> None:
    """SQLite says so itself, so a slip cannot go unnoticed."""
    async with AiosqliteThread(database, writing_engine) as thread:
        connection = await thread.run(lambda connection: connection)

        with pytest.raises(ProgrammingError, match="thread"):
            connection.exec_driver_sql("SELECT 1")


@needs_proc
async def test_nothing_but_aiosqlite_opens_the_file(database: Path) -> None:
    """One file a connection: what SQLAlchemy is given is what aiosqlite opened."""
    async with AiosqliteThread(database, writing_engine) as thread:
        await thread.run(lambda connection: connection.exec_driver_sql("SELECT 1").scalar())
        assert open_files(database) == 1
        assert await thread.run(lambda one: one.connection.dbapi_connection) is thread._opened._conn

    assert open_files(database) == 0


async def test_what_a_cancelled_caller_handed_over_is_run_to_its_end(database: Path) -> None:
    """In its place in the line, and what comes after it finds the connection in order."""
    begun, may_end = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        begun.set()
        assert may_end.wait(10)
        connection.exec_driver_sql("CREATE TABLE done (at INTEGER) STRICT")

    async with AiosqliteThread(database, writing_engine) as thread:
        caller = asyncio.create_task(thread.run(slow))
        assert await asyncio.to_thread(begun.wait, 10)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        may_end.set()

        assert (
            await thread.run(
                lambda connection: connection.exec_driver_sql("SELECT count(*) FROM done").scalar()
            )
            == 0
        )


@needs_proc
@pytest.mark.parametrize("steps", range(6))
@pytest.mark.parametrize("kind", [WriterThread, ReaderThreads])
async def test_opening_that_is_cancelled_leaves_nothing_open(
    database: Path, kind: type[WriterThread | ReaderThreads], steps: int
) -> None:
    """At whatever moment; no file, and no warning of one."""

    async def use() -> None:
        async with kind(database):
            await asyncio.Event().wait()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        opening = asyncio.create_task(use())
        for _ in range(steps):
            await asyncio.sleep(0)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        gc.collect()

    assert open_files(database) == 0


@needs_proc
async def test_closing_that_is_cancelled_closes_all_the_same(database: Path) -> None:
    """However often, and the cancellation is not lost."""
    opened = asyncio.Event()

    async def use() -> None:
        async with WriterThread(database), ReaderThreads(database):
            opened.set()
            await asyncio.Event().wait()

    using = asyncio.create_task(use())
    await opened.wait()
    for _ in range(4):
        using.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await using

    assert open_files(database) == 0


async def test_a_pragma_that_fails_is_an_error_of_ours(tmp_path: Path) -> None:
    """What SQLite notices only when it first looks into the file."""
    file = tmp_path / "notes.txt"
    file.write_bytes(b"dear diary, " * 100)

    with pytest.raises(StorageError, match="not a database"):
        async with WriterThread(file):
            pass


async def test_reads_wait_for_their_turn_and_leaving_waits_for_them(database: Path) -> None:
    """More reads than connections, all answered though the store is being left."""
    running = threading.Semaphore(READERS)

    def count(connection: Connection) -> int:
        assert running.acquire(blocking=False), "more at once than there are connections"
        found = connection.exec_driver_sql("SELECT count(*) FROM cases").scalar()
        running.release()
        return found

    async with ReaderThreads(database) as readers:
        reading = [asyncio.create_task(readers.run(count)) for _ in range(READERS * 5)]
        await asyncio.sleep(0)

    assert [await one for one in reading] == [0] * len(reading)
    with pytest.raises(StorageError, match="closed"):
        await readers.run(count)


async def test_a_read_that_was_given_up_holds_nobody_up(database: Path) -> None:
    """The others read on their own connections, and its snapshot does not stay open."""
    begun, may_end = threading.Event(), threading.Event()

    def slow(_connection: Connection) -> None:
        begun.set()
        assert may_end.wait(10)

    async with ReaderThreads(database) as readers:
        given_up = asyncio.create_task(readers.run(slow))
        assert await asyncio.to_thread(begun.wait, 10)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up

        idents = [await readers.run(ident) for _ in range(READERS - 1)]
        may_end.set()
        for thread in readers._threads:
            assert not await thread.run(lambda one: one.connection.dbapi_connection.in_transaction)

    assert len(set(idents)) == READERS - 1


async def test_the_log_of_aiosqlite_carries_nobodys_words(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """Also where somebody turns it up to see everything."""
    secret = "never-in-a-log"
    caplog.set_level(logging.DEBUG)

    said = replace(post(), parts=(Part(Surface.CONTENT, secret),))
    await store.write(lambda tx: tx.record(draft(said)))
    await store.case_of(said.message)

    assert "executing" in caplog.text
    assert secret not in caplog.text


def test_a_process_that_never_closes_still_ends(database: Path) -> None:
    """And what it committed is there."""
    script = """
import asyncio, sys
from pathlib import Path
from bot.storage.threads import WriterThread

loop = asyncio.new_event_loop()
writer = loop.run_until_complete(WriterThread(Path(sys.argv[1])).__aenter__())
loop.run_until_complete(writer.execute("CREATE TABLE kept (at INTEGER) STRICT"))
"""
    subprocess.run([sys.executable, "-c", script, str(database)], check=True, timeout=30)

    assert look(database, "SELECT count(*) FROM kept") == [(0,)]


async def test_what_must_be_finished_raises_its_own_error() -> None:
    """And where the one who waits was cancelled, that error is the cancellation's cause."""
    may_fail = asyncio.Event()

    async def failing() -> None:
        await may_fail.wait()
        raise sqlite3.OperationalError("disk full")

    waiting = asyncio.create_task(uninterrupted(failing()))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.sleep(0)
    may_fail.set()
    with pytest.raises(asyncio.CancelledError) as caught:
        await waiting

    assert "disk full" in str(caught.value.__cause__)
    with pytest.raises(sqlite3.OperationalError, match="disk full"):
        await uninterrupted(failing())
