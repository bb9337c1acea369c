"""Opening the database: lock, migrate, connect, and close in the other order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from bot.errors import StorageError, UncleanError
from bot.ports import Store
from bot.storage.backups import remove_backups
from bot.storage.erasure import Erased, empty_log
from bot.storage.failure import telling_failures_apart
from bot.storage.lock import database_lock
from bot.storage.migrate import migrate
from bot.storage.store import SqlStore
from bot.storage.threads import ReaderThreads, WriterThread
from bot.storage.writer import Writer

_log = structlog.get_logger(__name__)


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
        async with (
            WriterThread(database) as thread,  # closes last: SQLite then folds its log
            ReaderThreads(database) as readers,
        ):
            with telling_failures_apart():
                await thread.run(empty_log)  # a crash may have left erased words in it

            async def after_erasure(erased: Erased) -> None:
                try:
                    await asyncio.to_thread(remove_backups, database, erased.copies_before)
                    await thread.run(empty_log)
                except (StorageError, OSError) as error:
                    if erased.on_request:
                        raise _unclean(error) from error
                    _log.warning("what expired is not out of every file yet", words=str(error))

            async with Writer(thread, after_erasure) as writer:
                yield SqlStore(writer, readers)


def _unclean(error: StorageError | OSError) -> UncleanError:
    """Return what is told to whoever erased: that it is committed, and where it is still held."""
    if isinstance(error, UncleanError):
        return error
    return UncleanError(
        "What was erased is gone from the tables, but not yet from every file of the database: "
        f"{error}. It is tried again every day; whoever runs Concord can see to it now."
    )
