"""Connections to the database file, and the pragmas each kind of them needs."""

from pathlib import Path

from sqlalchemy import URL, event
from sqlalchemy.engine import Engine, create_engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

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


def writing_engine(database: Path) -> Engine:
    """Return the engine of the one connection that writes."""
    return _engine(database, 1, (*_WRITING, "PRAGMA foreign_keys = ON"))


def reading_engine(database: Path) -> Engine:
    """Return the engine of the connections that read, and cannot write."""
    return _engine(
        database,
        READERS,
        (f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}", "PRAGMA query_only = ON"),
    )


def migrating_engine(database: Path) -> Engine:
    """Return the engine of a migration.

    Foreign keys are off, since rebuilding a table with them on empties the tables that refer to
    it with a cascade; whoever migrates checks them before the commit.
    """
    return _engine(database, 1, (*_WRITING, "PRAGMA foreign_keys = OFF"))


def _engine(database: Path, connections: int, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(database)),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # an error must not carry a member's words into a log
        connect_args={
            "isolation_level": None,  # every BEGIN is ours
            "check_same_thread": False,  # the pool hands a connection to one thread at a time
        },
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    return engine
