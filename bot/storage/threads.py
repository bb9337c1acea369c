"""Where SQL is run: off the event loop, whole functions at a time.

A step to a thread and back costs as much as a statement, and SQLAlchemy's asyncio on aiosqlite
takes about three for each. So a function of ten statements crosses over once: 1.0 to 1.2 ms of
processor time for a case with three intents, against 5.1 to 6.1 ms (aiosqlite 0.22.1, SQLAlchemy
2.1.9, Python 3.11, two shared cores, measured 2026-11-22).
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection, Engine

from bot.errors import StorageError
from bot.storage.engines import READERS
from bot.storage.failure import telling_failures_apart

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class WriterThread:
    """The one connection that writes, and the one thread that uses it."""

    def __init__(self, engine: Engine) -> None:
        """Take the engine; the connection is made on entering."""
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="storage-writer")
        self._connection: Connection | None = None
        self._first: list[str] = []

    async def __aenter__(self) -> Self:
        """Connect.

        Raises:
            StorageError: if the file cannot be used.
        """
        loop = asyncio.get_running_loop()
        try:
            with telling_failures_apart():
                self._connection = await loop.run_in_executor(self._thread, self._engine.connect)
        except BaseException:
            self._thread.shutdown(wait=False)
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connection; SQLite then folds its write-ahead log into the file."""
        self._thread.submit(self._close)
        await asyncio.to_thread(self._thread.shutdown)

    async def run(
        self,
        function: Callable[Concatenate[Connection, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Run a function on the connection, after the statements that were put before it."""
        connection = self._connection
        assert connection is not None, "BUG: not connected"
        first, self._first = self._first, []

        def work() -> Result:
            for statement in first:
                _execute(connection, statement)
            return function(connection, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

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

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()


class ReaderThreads:
    """The connections that read, and as many threads."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine of connections that cannot write."""
        self._engine = engine
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="storage-reader")
        self._closed = False

    async def __aenter__(self) -> Self:
        """Connections are made as they are needed."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Finish what is being read, and close the connections."""
        self._closed = True
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()

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
        return await asyncio.get_running_loop().run_in_executor(
            self._threads,
            self._in_snapshot,
            lambda connection: function(connection, *args, **kwargs),
        )

    def _in_snapshot(self, function: Callable[[Connection], Result]) -> Result:
        with self._engine.connect() as connection:
            _execute(connection, "BEGIN")
            return function(connection)


def _execute(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
