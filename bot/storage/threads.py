"""Where SQL is run: off the event loop, whole functions at a time.

A step to a thread and back costs as much as a statement, and SQLAlchemy's asyncio on aiosqlite
takes about three for each. So a function of ten statements crosses over once, to the thread that
aiosqlite runs for its connection. Processor time, medians of 18 laps: to commit a case with three
intents 1.0 ms (0.8 to 1.3), against 4.2 ms (3.4 to 5.3, 6 laps) with ``sqlalchemy.ext.asyncio``;
to read it 1.0 against 2.7 ms. A thread pool without aiosqlite took the same as this does (aiosqlite
0.22.1, SQLAlchemy 2.1.9, Python 3.11, two shared cores, measured 2026-11-22). Since a removal is a
ruling and a link in the chain as well, it takes 1.4 ms (1.2 to 1.8) where 1.0 (0.85 to 1.4) was
measured beside it without them (8 laps of 200, same day and machine, under load).
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection

from bot.errors import StorageError
from bot.storage.aiosqlite_thread import AiosqliteThread
from bot.storage.engines import READERS, reading_engine, writing_engine
from bot.storage.failure import telling_failures_apart
from bot.storage.uninterrupted import uninterrupted

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class WriterThread:
    """The one connection that writes, and the one thread that uses it."""

    def __init__(self, database: Path) -> None:
        """Take the file; the connection is made on entering."""
        self._thread = AiosqliteThread(database, writing_engine)
        self._first: list[str] = []

    async def __aenter__(self) -> Self:
        """Connect.

        Raises:
            StorageError: if the file cannot be used.
        """
        with telling_failures_apart():
            await self._thread.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connection; the last one folds the write-ahead log into the file."""
        await self._thread.__aexit__(kind, error, traceback)

    async def run(
        self,
        function: Callable[Concatenate[Connection, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run a function on the connection, after the statements that were put before it."""
        first, self._first = self._first, []

        def work(connection: Connection) -> Result:
            for statement in first:
                _execute(connection, statement)
            return function(connection, *args, **kwargs)

        return await self._thread.run(work)

    def put_first(self, statement: str) -> None:
        """Have a statement run before what is run next, in the same step to the thread."""
        self._first.append(statement)

    async def execute(self, statement: str) -> None:
        """Run a statement that ends or divides a transaction, or a pragma."""
        await self.run(_execute, statement)

    async def roll_back(self) -> None:
        """Undo what is not committed, if anything is."""
        self._first.clear()
        await self.run(Connection.rollback)


class ReaderThreads:
    """The connections that read, each with its thread.

    Laws: reads get their turn in the order in which they come; as many run at once as there are
    connections. Leaving waits for all that came before.
    """

    def __init__(self, database: Path) -> None:
        """Take the file; the connections are made on entering."""
        self._threads = [AiosqliteThread(database, reading_engine) for _ in range(READERS)]
        self._idle: deque[AiosqliteThread] = deque()
        self._turn = asyncio.Semaphore(READERS)
        self._open = AsyncExitStack()
        self._closed = False

    async def __aenter__(self) -> Self:
        """Connect.

        Raises:
            StorageError: if the file cannot be used.
        """
        async with AsyncExitStack() as opening:
            with telling_failures_apart():
                for thread in self._threads:
                    self._idle.append(await opening.enter_async_context(thread))
            self._open = opening.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Finish what is being read, and close the connections."""
        self._closed = True
        await uninterrupted(self._close())

    async def run(
        self,
        function: Callable[Concatenate[Connection, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run a function that sees one state of the database, whatever is committed meanwhile.

        Raises:
            StorageError: if the connections are closed.
        """
        if self._closed:
            raise StorageError("The database is closed; nothing more can be read.")

        def in_snapshot(connection: Connection) -> Result:
            try:
                _execute(connection, "BEGIN")
                return function(connection, *args, **kwargs)
            finally:
                connection.rollback()

        async with self._turn:
            thread = self._idle.popleft()
            try:
                return await thread.run(in_snapshot)
            finally:
                self._idle.append(thread)  # behind the others: it is busy if we were cancelled

    async def _close(self) -> None:
        for _ in self._threads:
            await self._turn.acquire()
        await self._open.aclose()


def _execute(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
