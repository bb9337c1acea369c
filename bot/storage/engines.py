"""SQLAlchemy over one SQLite connection, with the pragmas each kind of connection needs."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import cast

from sqlalchemy import event
from sqlalchemy.engine import Engine, create_engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

BUSY_MILLISECONDS = 5_000
"""How long to wait for somebody who looks at the file with another tool; chosen, not measured."""
READERS = 3
"""Connections for reading: so many reads at once; chosen, not measured."""

_WRITING = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA journal_mode = WAL",
    # FULL: in WAL mode NORMAL may lose the last commits at power loss (sqlite.org/pragma.html).
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
)


def writing_engine(opened: Callable[[], sqlite3.Connection]) -> Engine:
    """Return an engine over the one connection that writes."""
    return _engine(opened, (*_WRITING, "PRAGMA foreign_keys = ON"))


def reading_engine(opened: Callable[[], sqlite3.Connection]) -> Engine:
    """Return an engine over a connection that reads, and cannot write."""
    return _engine(opened, (f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}", "PRAGMA query_only = ON"))


def migrating_engine(database: Path) -> Engine:
    """Return the engine of a migration, which opens the file itself, in the thread it is used in.

    Foreign keys are off, since rebuilding a table with them on empties the tables that refer to
    it with a cascade; whoever migrates checks them before the commit.
    """
    return _engine(
        lambda: sqlite3.connect(database, isolation_level=None),  # every BEGIN is ours
        (*_WRITING, "PRAGMA foreign_keys = OFF"),
    )


def _engine(opened: Callable[[], sqlite3.Connection], pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(
        "sqlite://",  # the dialect's name only: where the file is, the connection knows
        creator=opened,
        poolclass=StaticPool,
        hide_parameters=True,  # an error must not carry a member's words into a log
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # SQLite's own LIKE knows capitals of ASCII only (sqlite.org/lang_expr.html).
        cast("sqlite3.Connection", connection).create_function(
            "casefold", 1, str.casefold, deterministic=True
        )
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    return engine
