"""Connections to the database file, and the pragmas each kind of them needs."""

from pathlib import Path

from sqlalchemy import URL, event
from sqlalchemy.engine import Engine, create_engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

BUSY_MILLISECONDS = 5_000
"""How long to wait for somebody who looks at the file with another tool; chosen, not measured."""
READERS = 3
"""Connections for reading: one for each use that may wait for another; chosen, not measured."""

_SAFE = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA journal_mode = WAL",
    # FULL: in WAL mode NORMAL may lose the last commits at power loss (sqlite.org/pragma.html).
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
)


def writing_engine(database: Path) -> AsyncEngine:
    """Return the engine of the one connection that writes."""
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(database)),
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,  # errors must not carry members' words into a log
        connect_args={"isolation_level": None},  # every BEGIN is ours
    )
    _run_on_connect(engine.sync_engine, (*_SAFE, "PRAGMA foreign_keys = ON"))
    return engine


def reading_engine(database: Path) -> AsyncEngine:
    """Return the engine of the connections that read, and cannot write."""
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(database)),
        pool_size=READERS,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"isolation_level": None},
    )
    _run_on_connect(
        engine.sync_engine,
        (f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}", "PRAGMA query_only = ON"),
    )
    return engine


def migrating_engine(database: Path) -> Engine:
    """Return the engine of a migration.

    Foreign keys are off, since rebuilding a table with them on empties the tables that refer to
    it with a cascade; whoever migrates checks them before the commit.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(database)),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"isolation_level": None},
    )
    _run_on_connect(engine, (*_SAFE, "PRAGMA foreign_keys = OFF"))
    return engine


def _run_on_connect(engine: Engine, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()
