"""The one writer: use cases wait in line, and those that wait together share one commit."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from sqlalchemy.exc import DBAPIError

from bot.errors import StorageError
from bot.ports import Transaction
from bot.storage.erasure import Erased
from bot.storage.failure import storage_error
from bot.storage.threads import WriterThread
from bot.storage.transaction import SqlTransaction
from bot.storage.uninterrupted import uninterrupted

Result = TypeVar("Result")

GROUP_LIMIT = 64
"""The most use cases in one commit; a burst then delays nobody for long. Chosen, not measured."""

_CLOSED = "The database is being closed; nothing more can be written."


class _Job(Generic[Result]):
    """One use case's writes, and the caller who waits for them."""

    def __init__(self, work: Callable[[Transaction], Awaitable[Result]]) -> None:
        self._work = work
        self._result: Result | None = None
        self.erased: Erased | None = None
        self.caller: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    async def run(self, thread: WriterThread) -> None:
        """Do the writes; what they return is kept until they are committed."""
        transaction = SqlTransaction(thread)
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
        self, thread: WriterThread, after_erasure: Callable[[Erased], Awaitable[None]]
    ) -> None:
        """Write on a connection that nobody else uses.

        Args:
            thread: the connection's; every BEGIN and COMMIT on it is the writer's.
            after_erasure: awaited after each commit that erased something, before its caller
                goes on.
        """
        self._thread = thread
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
        await uninterrupted(self._task)

    async def write(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run one use case's writes and return once they are committed.

        Raises:
            StorageError: if the database refused, or is closed.
        """
        assert asyncio.current_task() is not self._task, (
            "BUG: a write inside a write would wait for itself"
        )
        if self._closing:
            raise StorageError(_CLOSED)
        job = _Job(work)
        self._waiting.append(job)
        self._arrived.set()
        result: Result = await job.caller
        return result

    async def _run(self) -> None:
        try:
            while not self._closing or self._waiting:
                await self._arrived.wait()
                self._arrived.clear()
                while self._waiting:
                    await self._commit(self._next_group())
        finally:  # whatever ends this task, nobody waits for ever
            self._closing = True
            for job in self._waiting:
                job.failed(StorageError(_CLOSED))

    def _next_group(self) -> list[_Job[Any]]:
        group: list[_Job[Any]] = []
        while self._waiting and len(group) < GROUP_LIMIT:
            job = self._waiting.popleft()
            if not job.caller.cancelled():
                group.append(job)
        return group

    async def _commit(self, group: list[_Job[Any]]) -> None:
        if not group:
            return
        try:
            self._thread.put_first("BEGIN IMMEDIATE")
            if len(group) == 1:
                await group[0].run(self._thread)
            else:
                for job in group:
                    await self._run_apart(job)
            await self._thread.execute("COMMIT")
        except BaseException as error:  # whatever it was, nothing of this group may stay
            # SQLite may have undone it already; what else could fail here, fails the next BEGIN.
            with suppress(DBAPIError):
                await self._thread.roll_back()
            for job in group:
                job.failed(error)
            if _is_being_cancelled():
                raise
            return
        for job in group:
            if job.erased is not None:
                await self._clean_up(job, job.erased)
            job.committed()

    async def _clean_up(self, job: _Job[Any], erased: Erased) -> None:
        try:
            await self._after_erasure(erased)
        except Exception as error:  # noqa: BLE001 - files and disks: its caller must learn of it
            job.failed(error)

    async def _run_apart(self, job: _Job[Any]) -> None:
        """Run a job so that it can be undone without those before it."""
        self._thread.put_first("SAVEPOINT use_case")
        try:
            await job.run(self._thread)
        except BaseException as error:  # work is the caller's: it may raise anything
            if _is_being_cancelled():
                raise
            job.failed(error)
            await self._thread.execute("ROLLBACK TO use_case")
        self._thread.put_first("RELEASE use_case")


def _is_being_cancelled() -> bool:
    """Whether it is the writer that is to stop, not some work that was cancelled."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
