"""Copies of the database made before its schema changes."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

KEPT = 2
"""How many copies stay, newest first; chosen, not measured."""


def backups_of(database: Path) -> tuple[Path, ...]:
    """Return the copies of a database, oldest revision first."""
    prefix = f"{database.name}.before-"
    return tuple(
        sorted(
            path
            for path in database.parent.iterdir()
            if path.name.startswith(prefix) and path.name.removeprefix(prefix).isdigit()
        )
    )


def back_up(database: Path, revision: str) -> Path:
    """Copy a database to ``<database>.before-<revision>``, and keep the newest copies only.

    The copy appears under its name when it is whole and on the disk, never before.

    Args:
        database: a file no other process writes to.
        revision: the revision the database is about to be brought to.
    """
    copy = database.with_name(f"{database.name}.before-{revision}")
    partial = copy.with_name(f"{copy.name}.partial")
    partial.unlink(missing_ok=True)
    create_private(partial)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(partial)) as target:
        source.backup(target)
    _flush(partial)
    partial.replace(copy)
    _flush(copy.parent)
    for old in backups_of(database)[:-KEPT]:
        old.unlink()
    return copy


def remove_backups(database: Path, made_before: datetime | None = None) -> None:
    """Remove the copies of a database.

    Args:
        database: the file they are copies of.
        made_before: aware; only copies made before that time go. None: all of them.
    """
    for copy in backups_of(database):
        made = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
        if made_before is None or made < made_before:
            copy.unlink()


def create_private(path: Path) -> None:
    """Create an empty file only its owner may read, unless there is one already.

    SQLite gives the files beside a database the same permissions.
    """
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _flush(path: Path) -> None:
    """Have the kernel write a file, or a folder's list of names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
