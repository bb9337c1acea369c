"""What callers are told when SQLite refuses: one error of ours, without anybody's words."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from bot.errors import StorageError


def storage_error(error: DBAPIError) -> StorageError:
    """Return what a caller sees of an error of the database."""
    return StorageError(f"The database refused: {error.orig}.")


@contextmanager
def telling_failures_apart() -> Iterator[None]:
    """Turn errors of the database into ours; other errors pass unchanged.

    Raises:
        StorageError: in place of any error of the database.
    """
    try:
        yield
    except DBAPIError as error:
        raise storage_error(error) from error
