"""The one writer: use cases wait in line, and those that wait together share one commit."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from bot.ports import Transaction
from bot.storage.erasure import Erased
from bot.storage.failure import storage_error
from bot.storage.transaction import SqlTransaction

Result = TypeVar("Result")

GROUP_LIMIT = 64
"""The most use cases in one commit; a burst then delays nobody for long. Chosen, not measured."""


class _Job(Generic[Result]):
    """One use case's writes, and the caller who waits for them."""

    def __init__(self, work: Callable[[Transaction], Awaitable[Result]]) -> None:
        self._work = work
        self._result: Result | None = None
        self.erased: Erased | None = None
        self.caller: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    async def run(self, connection: AsyncConnection) -> None:
        """Do the writes; what they return is kept until they are committed."""
        transaction = SqlTransaction(connection)
        self._result = await self._work(transaction)
        self.erased = transaction.erased

    def committed(self) -> None:
        """Let the caller go on, unless it has failed or gone."""
        if not self.caller.done():
            self.caller.set_result(self._result)

    def failed(self, error: BaseException) -> None:
        """Raise to the caller, unless it has gone."""
        if self.caller.done():
            return
        if isinstance(error, DBAPIError):
            ours = storage_error(error)
            ours.__cause__ = error
            error = ours
        self.caller.set_exception(error)


class Writer:
    """Runs use cases one after the other in transactions on its own connection.

    Laws: use cases are run in the order in which they were handed over; a caller goes on only
    after its writes are committed; one that raises undoes its own writes only, and only its
    caller learns of it; when a commit fails, all that shared it fail and none of their writes
    stays. A caller that is cancelled while it waits is skipped if its turn has not come; else its
    writes are committed without it.
    """

    def __init__(
        self, connection: AsyncConnection, after_erasure: Callable[[Erased], Awaitable[None]]
    ) -> None:
        """Write on a connection that nobody else uses.

        Args:
            connection: in autocommit: every BEGIN and COMMIT is the writer's.
            after_erasure: awaited after each commit that erased something, before its caller
                goes on.
        """
        self._connection = connection
        self._after_erasure = after_erasure
        self._waiting: deque[_Job[Any]] = deque()
        self._arrived = asyncio.Event()
        self._closing = False
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to take work."""
        self._task = asyncio.create_task(self._run(), name="storage writer")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Finish all that waits, and take nothing more."""
        assert self._task is not None, "BUG: the writer was never started"
        self._closing = True
        self._arrived.set()
        await asyncio.shield(self._task)

    async def write(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run one use case's writes and return once they are committed.

        Raises:
            StorageError: if the database refused, or is closed.
        """
        assert asyncio.current_task() is not self._task, (
            "BUG: a write inside a write would wait for itself"
        )
        if self._closing:
            raise StorageError("The database is being closed; nothing more can be written.")
        job = _Job(work)
        self._waiting.append(job)
        self._arrived.set()
        result: Result = await job.caller
        return result

    async def _run(self) -> None:
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                group = self._next_group()
                if group:
                    await self._commit(group)
            if self._closing:
                return

    def _next_group(self) -> list[_Job[Any]]:
        group: list[_Job[Any]] = []
        while self._waiting and len(group) < GROUP_LIMIT:
            job = self._waiting.popleft()
            if not job.caller.cancelled():
                group.append(job)
        return group

    async def _commit(self, group: list[_Job[Any]]) -> None:
        try:
            await self._connection.exec_driver_sql("BEGIN IMMEDIATE")
            if len(group) == 1:
                await group[0].run(self._connection)
            else:
                for job in group:
                    await self._run_apart(job)
            await self._connection.exec_driver_sql("COMMIT")
        except BaseException as error:  # whatever it was, nothing of this group may stay
            await self._connection.rollback()
            for job in group:
                job.failed(error)
            if isinstance(error, asyncio.CancelledError) and self._is_being_cancelled():
                raise
            return
        for job in group:
            if job.erased is not None:
                await self._after_erasure(job.erased)
        for job in group:
            job.committed()

    async def _run_apart(self, job: _Job[Any]) -> None:
        """Run a job so that it can be undone without those before it."""
        await self._connection.exec_driver_sql("SAVEPOINT use_case")
        try:
            await job.run(self._connection)
        except Exception as error:  # noqa: BLE001 - work is the caller's: it may raise anything
            job.failed(error)
            await self._connection.exec_driver_sql("ROLLBACK TO use_case")
        await self._connection.exec_driver_sql("RELEASE use_case")

    @staticmethod
    def _is_being_cancelled() -> bool:
        task = asyncio.current_task()
        return task is not None and task.cancelling() > 0
