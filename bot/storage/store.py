"""The store: writes through the writer, reads on connections that cannot write."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model.case import Case
from bot.model.community import Community
from bot.model.intent import Intent
from bot.ports import Observation, RemovedPost, Transaction
from bot.storage import case_reading, communities, intents, observations, progress
from bot.storage.failure import telling_failures_apart
from bot.storage.writer import Writer

Result = TypeVar("Result")


class SqlStore:
    """Implements :class:`bot.ports.Store`.

    Laws: each read sees one state of the database; what a caller's write committed, its next read
    sees. Every method raises StorageError where the database refuses.
    """

    def __init__(self, writer: Writer, readers: AsyncEngine) -> None:
        """Take the writer and the engine of the connections that read."""
        self._writer = writer
        self._readers = readers

    async def write(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run one use case's writes and return once they are committed."""
        return await self._writer.write(work)

    async def case(self, case: int) -> Case | None:
        """Return a case by id."""
        return await self._one_case(case_reading.one(case))

    async def case_of(self, message: int) -> Case | None:
        """Return the case a message belongs to."""
        return await self._one_case(case_reading.holding(message))

    async def cases(self, guild: int, limit: int) -> tuple[Case, ...]:
        """Return a guild's cases, newest first."""
        async with self._snapshot() as connection:
            return await case_reading.read_cases(connection, case_reading.newest(guild, limit))

    async def digest_of(self, message: int) -> str | None:
        """Return the digest of the latest judged version of a message that has a case."""
        async with self._snapshot() as connection:
            return await case_reading.read_digest(connection, message)

    async def latest_case(self, guild: int, author: int, rule: str) -> Case | None:
        """Return an author's newest case with a finding of that rule that acted or asked."""
        return await self._one_case(case_reading.newest_about(guild, author, rule))

    async def unsettled(self) -> tuple[Intent, ...]:
        """Return all intents still to be carried out, in the order they were decided."""
        async with self._snapshot() as connection:
            return await intents.read_unsettled(connection)

    async def intents(self, case: int) -> tuple[Intent, ...]:
        """Return a case's intents in the order they were decided."""
        async with self._snapshot() as connection:
            return await intents.read_intents(connection, case)

    async def judged_until(self, guild: int) -> Mapping[int, int]:
        """Return, per channel, the highest message id up to which everything has been judged."""
        async with self._snapshot() as connection:
            return await progress.read_progress(connection, guild)

    async def removed_since(self, guild: int, since: datetime) -> tuple[RemovedPost, ...]:
        """Return posts that Concord removed and whose evidence is still held, oldest first."""
        async with self._snapshot() as connection:
            return await case_reading.read_removed(connection, guild, since)

    async def community(self, guild: int) -> Community | None:
        """Return a guild's community, or None if no admin has set one."""
        async with self._snapshot() as connection:
            return await communities.read_community(connection, guild)

    async def community_since(self, guild: int) -> datetime | None:
        """Return when a guild's community was first set."""
        async with self._snapshot() as connection:
            return await communities.read_since(connection, guild)

    async def guilds(self) -> Iterable[int]:
        """Return the guilds that have a community, in the order of their ids."""
        async with self._snapshot() as connection:
            return await communities.read_guilds(connection)

    async def observations(
        self, guild: int, since: datetime, limit: int
    ) -> tuple[Observation, ...]:
        """Return a guild's observations, newest first."""
        async with self._snapshot() as connection:
            return await observations.read_observations(connection, guild, since, limit)

    async def _one_case(self, chosen: Select[tuple[int]]) -> Case | None:
        async with self._snapshot() as connection:
            found = await case_reading.read_cases(connection, chosen)
        return found[0] if found else None

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator[AsyncConnection]:
        """Read one state of the database, whatever is committed meanwhile."""
        with telling_failures_apart():
            async with self._readers.connect() as connection:
                await connection.exec_driver_sql("BEGIN")
                yield connection
