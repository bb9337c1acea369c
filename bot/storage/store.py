"""The store: writes through the writer, reads on connections that cannot write."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Select

from bot.model.action import Action
from bot.model.case import Case
from bot.model.community import Community
from bot.model.dossier import Dossier
from bot.model.intent import Intent
from bot.model.move import Move
from bot.model.ruling import Ruling
from bot.model.sanction import Hold, Sanction, SanctionKind
from bot.ports import (
    CasePage,
    CaseQuery,
    Keepsake,
    Link,
    Observation,
    Pause,
    PostedHead,
    RemovedPost,
    Restoration,
    Transaction,
)
from bot.storage import (
    case_reading,
    chain_rows,
    communities,
    dossiers,
    holds,
    intents,
    keepsakes,
    moves,
    observations,
    pauses,
    posted_heads,
    progress,
    removals,
    restorations,
    ruling_reading,
    sanctions,
    searching,
)
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
        return await self._read(removals.read_removed, guild, since)

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

    async def dossier(self, case: int) -> Dossier | None:
        """Return a case with all that was decided and done about it, by id."""
        return await self._one_dossier(case_reading.one(case))

    async def dossier_numbered(self, guild: int, number: int) -> Dossier | None:
        """Return the case of that number on a guild."""
        return await self._one_dossier(case_reading.numbered(guild, number))

    async def find_cases(self, query: CaseQuery, first: int, limit: int) -> CasePage:
        """Return a page of the cases that a query finds, newest first."""
        return await self._read(searching.find_cases, query, first, limit)

    async def sanction(self, sanction: int) -> Sanction | None:
        """Return a sanction by id."""
        found = await self._read(sanctions.read_sanctions, sanctions.one(sanction))
        return found[0] if found else None

    async def sanctions_of(self, guild: int, user: int) -> tuple[Sanction, ...]:
        """Return all sanctions of a member on a guild, in the order they were decided."""
        return await self._read(sanctions.read_sanctions, sanctions.of_member(guild, user))

    async def sanctions_in_force(
        self, guild: int, kind: SanctionKind | None = None
    ) -> tuple[Sanction, ...]:
        """Return a guild's sanctions in force, of one kind or of all, in order."""
        return await self._read(sanctions.read_sanctions, sanctions.in_force(guild, kind))

    async def removals_of(self, guild: int, user: int) -> tuple[RemovedPost, ...]:
        """Return the posts of a member that moderators removed or confirmed, oldest first."""
        return await self._read(removals.read_ruled_on, guild, user)

    async def ruling_keyed(self, guild: int, key: str) -> Ruling | None:
        """Return the ruling that was committed under a key, or None."""
        return await self._one_ruling(ruling_reading.keyed(guild, key))

    async def latest_ruling(self, guild: int, subject: int, since: datetime) -> Ruling | None:
        """Return a member's newest ruling by a moderator since a moment, or None."""
        return await self._one_ruling(ruling_reading.newest_about(guild, subject, since))

    async def automatic_removals(
        self,
        guild: int,
        rule: str | None,
        since: datetime,
        limit: int,
        until: datetime | None = None,
    ) -> tuple[Dossier, ...]:
        """Return cases with removals that stand and that no moderator decided, newest first."""
        chosen = removals.automatic(guild, rule, since, limit, until)
        return await self._read(dossiers.read_dossiers, chosen)

    async def members_ruled_on(self, guild: int, by: int, since: datetime) -> frozenset[int]:
        """Return the members whom a moderator's rulings touched."""
        return await self._read(ruling_reading.read_touched, guild, by, since)

    async def holds_of(self, guild: int, user: int) -> tuple[Hold, ...]:
        """Return what is held of a member."""
        return await self._read(holds.read_holds, holds.of_member(guild, user))

    async def holds_on(self, guild: int, target: int) -> tuple[Hold, ...]:
        """Return what is held on a channel or by a role."""
        return await self._read(holds.read_holds, holds.on_target(guild, target))

    async def keepsake(self, keepsake: int) -> Keepsake | None:
        """Return a draft or view, or None if there is none of that id any more."""
        return await self._read(keepsakes.read_keepsake, keepsake)

    async def unfinished_moves(self) -> tuple[Move, ...]:
        """Return the moves about which something is left to be done, oldest first."""
        return await self._read(moves.read_moves, moves.unfinished())

    async def moves_of(self, guild: int, author: int) -> tuple[Move, ...]:
        """Return the moves of a member's posts on a guild, oldest first."""
        return await self._read(moves.read_moves, moves.of_author(guild, author))

    async def move_quoted_as(self, quote: int) -> Move | None:
        """Return the move whose quote a message is."""
        found = await self._read(moves.read_moves, moves.quoted_as(quote))
        return found[0] if found else None

    async def members_moved(self, guild: int, by: int, since: datetime) -> frozenset[int]:
        """Return the members whose posts a moderator has moved since a moment."""
        return await self._read(moves.read_authors, guild, by, since)

    async def pauses(self, guild: int) -> tuple[Pause, ...]:
        """Return what is paused on a guild."""
        return await self._read(pauses.read_pauses, guild)

    async def untold(self, guild: int, user: int | None = None) -> tuple[Intent, ...]:
        """Return the notices of rulings that reached nobody, in order."""
        return await self._read(intents.read_untold, guild, user)

    async def restorations(self) -> tuple[Restoration, ...]:
        """Return what is still being given back, oldest first."""
        return await self._read(restorations.read_restorations)

    async def audit_log_read(self, guild: int) -> int | None:
        """Return the last entry of the audit log that has been read; None for none ever."""
        return await self._read(progress.read_audit_log, guild)

    async def chain(self, guild: int, after: int, limit: int) -> tuple[Link, ...]:
        """Return links of a guild's chain of decisions after a number, in order."""
        return await self._read(chain_rows.read_chain, guild, after, limit)

    async def chain_head(self, guild: int, before: datetime | None = None) -> Link | None:
        """Return the newest link of a guild's chain, or the newest decided before a moment."""
        return await self._read(chain_rows.read_head, guild, before)

    async def posted_head(self, guild: int) -> PostedHead | None:
        """Return the head that was posted last; None if none ever was."""
        return await self._read(posted_heads.read_posted, guild)

    async def intents_of_ruling(self, ruling: int) -> tuple[Intent, ...]:
        """Return what a ruling asks of Discord, in order."""
        return await self._read(intents.read_intents_of_ruling, ruling)

    async def _one_dossier(self, chosen: Select[tuple[int]]) -> Dossier | None:
        found = await self._read(dossiers.read_dossiers, chosen)
        return found[0] if found else None

    async def _one_ruling(self, chosen: Select[tuple[int]]) -> Ruling | None:
        found = await self._read(ruling_reading.read_rulings, chosen)
        return found[0] if found else None

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
