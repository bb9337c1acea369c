"""Opening the database: lock, migrate, connect, and close in the other order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Store
from bot.storage.backups import remove_backups
from bot.storage.engines import reading_engine, writing_engine
from bot.storage.erasure import Erased
from bot.storage.failure import telling_failures_apart
from bot.storage.lock import database_lock
from bot.storage.migrate import migrate
from bot.storage.store import SqlStore
from bot.storage.writer import Writer


@asynccontextmanager
async def open_store(path: Path) -> AsyncIterator[Store]:
    """Open a database for this process alone, at the newest schema; create it where there is none.

    On leaving, all writes that wait are finished first.

    Args:
        path: the file; its folder must exist. Beside it lie ``<path>.lock``, SQLite's ``-wal``
            and ``-shm``, and the copies made before migrations, ``<path>.before-<revision>``.

    Raises:
        ConcordError: if the file is in use, is no database of Concord, is newer than this
            Concord, or cannot be opened.
    """
    database = await asyncio.to_thread(path.resolve)
    with database_lock(database):
        await asyncio.to_thread(migrate, database)
        writing, reading = writing_engine(database), reading_engine(database)
        try:
            with telling_failures_apart():
                connection = await writing.connect()
            try:
                # A crash may have left erased words in the write-ahead log.
                await _empty_log(connection)

                async def after_erasure(erased: Erased) -> None:
                    await asyncio.to_thread(remove_backups, database, erased.copies_before)
                    await _empty_log(connection)

                async with Writer(connection, after_erasure) as writer:
                    yield SqlStore(writer, reading)
            finally:
                await connection.close()
        finally:
            await reading.dispose()
            await writing.dispose()


async def _empty_log(connection: AsyncConnection) -> None:
    """Move everything from the write-ahead log into the database and cut the log to nothing."""
    await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
