"""The store: writes through the writer, reads on connections that cannot write."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Select

from bot.model.action import Action
from bot.model.case import Case
from bot.model.community import Community
from bot.model.intent import Intent
from bot.ports import Observation, RemovedPost, Transaction
from bot.storage import case_reading, communities, intents, observations, progress
from bot.storage.failure import telling_failures_apart
from bot.storage.threads import ReaderThreads
from bot.storage.writer import Writer

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class SqlStore:
    """Implements :class:`bot.ports.Store`.

    Laws: each read sees one state of the database; what a caller's write committed, its next read
    sees. Every method raises StorageError where the database refuses.
    """

    def __init__(self, writer: Writer, readers: ReaderThreads) -> None:
        """Take the writer and the connections that read."""
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
        return await self._read(case_reading.read_cases, case_reading.newest(guild, limit))

    async def digest_of(self, message: int) -> str | None:
        """Return the digest of the latest judged version of a message that has a case."""
        return await self._read(case_reading.read_digest, message)

    async def latest_case(self, guild: int, author: int, rule: str, least: Action) -> Case | None:
        """Return an author's newest case with a finding of that rule asking for that at least."""
        return await self._one_case(case_reading.newest_about(guild, author, rule, least))

    async def unsettled(self) -> tuple[Intent, ...]:
        """Return all intents still to be carried out, in the order they were decided."""
        return await self._read(intents.read_unsettled)

    async def intents(self, case: int) -> tuple[Intent, ...]:
        """Return a case's intents in the order they were decided."""
        return await self._read(intents.read_intents, case)

    async def judged_until(self, guild: int) -> Mapping[int, int]:
        """Return, per channel, the highest message id up to which everything has been judged."""
        return await self._read(progress.read_progress, guild)

    async def removed_since(self, guild: int, since: datetime) -> tuple[RemovedPost, ...]:
        """Return posts that Concord removed and whose evidence is still held, oldest first."""
        return await self._read(case_reading.read_removed, guild, since)

    async def community(self, guild: int) -> Community | None:
        """Return a guild's community, or None if no admin has set one."""
        return await self._read(communities.read_community, guild)

    async def community_since(self, guild: int) -> datetime | None:
        """Return since when what a guild's community screens now is screened."""
        return await self._read(communities.read_since, guild)

    async def guilds(self) -> Iterable[int]:
        """Return the guilds that have a community, in the order of their ids."""
        return await self._read(communities.read_guilds)

    async def observations(
        self, guild: int, since: datetime, limit: int
    ) -> tuple[Observation, ...]:
        """Return a guild's observations, newest first."""
        return await self._read(observations.read_observations, guild, since, limit)

    async def _one_case(self, chosen: Select[tuple[int]]) -> Case | None:
        found = await self._read(case_reading.read_cases, chosen)
        return found[0] if found else None

    async def _read(
        self,
        function: Callable[Concatenate[Connection, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        with telling_failures_apart():
            return await self._readers.run(function, *args, **kwargs)
