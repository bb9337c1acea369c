"""An aiosqlite connection, and whole functions of SQLAlchemy on its thread.

aiosqlite opens and closes the file and owns both the connection and the one thread that uses it.
Its public methods run one statement each. What they all go through, ``Connection._execute``, runs
any function on that thread, and is used here; so are ``_conn``, SQLite's own connection, and
``_thread``. They are private: this is the only file that knows them, and SQLAlchemy's dialect for
aiosqlite leans on the same ones. Tested with 0.22.0 and 0.22.1; in 0.21 a connection *is* a
thread and has no ``_thread``, hence the bounds in ``pyproject.toml``.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, Engine

from bot.storage.uninterrupted import uninterrupted

Argument = TypeVar("Argument")
Result = TypeVar("Result")


class EngineOver(Protocol):
    """Makes an engine whose only connection is one that is open already."""

    def __call__(self, opened: Callable[[], sqlite3.Connection]) -> Engine:
        """Return the engine; it is used on one thread only."""
        ...


class AiosqliteThread:
    """One connection to the database, and the thread that aiosqlite runs for it.

    Laws: functions run one after the other, in the order in which they were handed over; one
    that has been handed over is run to its end, also when its caller is cancelled. SQLite itself
    refuses to let another thread use the connection. A process that ends without closing is not
    held up; what it had committed is safe.
    """

    def __init__(self, database: Path, engine_over: EngineOver) -> None:
        """Take the file and the kind of connection; it is made on entering."""
        self._database = database
        self._engine_over = engine_over
        self._opened: aiosqlite.Connection | None = None
        self._connection: Connection | None = None

    async def __aenter__(self) -> Self:
        """Open the file; whatever fails or cancels this, nothing of it stays open.

        Raises:
            sqlite3.Error, DBAPIError: if the file cannot be used.
        """
        try:
            await uninterrupted(self._open())
        except BaseException:
            await uninterrupted(self._close())
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Finish what was handed over, undo what is not committed, and close the file."""
        await uninterrupted(self._close())

    async def run(self, function: Callable[[Connection], Result]) -> Result:
        """Run a function on the thread; this is the one step there and back.

        Args:
            function: aiosqlite may log how it prints, so it must not be a ``partial`` that
                carries a member's words.
        """
        assert self._connection is not None, "BUG: not open"
        return await self._call(function, self._connection)

    async def _open(self) -> None:
        opening = aiosqlite.connect(self._database, isolation_level=None)  # every BEGIN is ours
        opening._thread.daemon = True  # noqa: SLF001 - see above
        self._opened = await opening
        self._connection = await self._call(self._connect, opening._conn)  # noqa: SLF001

    def _connect(self, opened: sqlite3.Connection) -> Connection:
        return self._engine_over(lambda: opened).connect()

    async def _close(self) -> None:
        if self._opened is None:
            return
        try:
            if self._connection is not None:
                await self._call(Connection.close, self._connection)
        finally:
            await self._opened.close()

    async def _call(self, function: Callable[[Argument], Result], argument: Argument) -> Result:
        assert self._opened is not None, "BUG: not open"
        execute = cast(
            "Callable[[Callable[[Argument], Result], Argument], Awaitable[Result]]",
            self._opened._execute,  # noqa: SLF001
        )
        return await execute(function, argument)
