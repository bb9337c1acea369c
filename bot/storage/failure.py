"""What callers are told when SQLite refuses: one error of ours, without anybody's words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from bot.errors import StorageError


def storage_error(error: DBAPIError | sqlite3.Error) -> StorageError:
    """Return what a caller sees of an error of the database."""
    refused = error.orig if isinstance(error, DBAPIError) else error
    return StorageError(f"The database refused: {refused}.")


@contextmanager
def telling_failures_apart() -> Iterator[None]:
    """Turn errors of the database into ours; other errors pass unchanged.

    Raises:
        StorageError: in place of any error of the database.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise storage_error(error) from error
