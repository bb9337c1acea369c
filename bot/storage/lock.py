"""One process per database: a kernel lock beside the file, gone with the process that holds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import ConcordError


@contextmanager
def database_lock(database: Path) -> Iterator[None]:
    """Hold a database for this process alone.

    The lock lies on ``<database>.lock``; the kernel lifts it when the process ends, however it
    ends. The empty file may stay behind and means nothing.

    Raises:
        ConcordError: if another process, or another store in this one, holds it; if its folder
            is missing or may not be written to.
    """
    if not database.parent.is_dir():
        raise ConcordError(
            f"The database cannot be at {database}: there is no folder {database.parent}."
        )
    lock = FileLock(f"{database}.lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise ConcordError(
            f"The database {database} is in use by another Concord that is still running. "
            "Stop that one first, or give this one a database of its own."
        ) from error
    except OSError as error:
        raise ConcordError(
            f"The database {database} cannot be locked: {error.filename}: {error.strerror}."
        ) from error
    try:
        yield
    finally:
        lock.release()
