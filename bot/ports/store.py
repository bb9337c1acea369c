"""The one home of everything that outlives the process; ``bot.storage`` implements it."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from bot.model.action import Action
from bot.model.case import Case
from bot.model.community import Community
from bot.model.dossier import Dossier
from bot.model.intent import Intent
from bot.model.move import Move
from bot.model.ruling import Ruling
from bot.model.sanction import Hold, Sanction, SanctionKind
from bot.ports.drafts import (
    CasePage,
    CaseQuery,
    Keepsake,
    Link,
    Observation,
    Pause,
    PostedHead,
    RemovedPost,
    Restoration,
)
from bot.ports.transaction import Transaction

Result = TypeVar("Result")


class Store(Protocol):
    """The one home of everything that outlives the process."""

    async def write(self, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run one use case's writes and return once they are committed.

        Waiting calls may share one commit; one that raises undoes its own writes only and raises
        to its own caller.
        """
        ...

    async def case(self, case: int) -> Case | None:
        """Return a case by id."""
        ...

    async def case_of(self, message: int) -> Case | None:
        """Return the case a message belongs to."""
        ...

    async def cases(self, guild: int, limit: int) -> tuple[Case, ...]:
        """Return a guild's cases, newest first."""
        ...

    async def digest_of(self, message: int) -> str | None:
        """Return the digest of the latest judged version of a message that has a case."""
        ...

    async def latest_case(self, guild: int, author: int, rule: str, least: Action) -> Case | None:
        """Return an author's newest case with a finding of that rule asking for ``least`` or more.

        The newest is the one with the newest post.
        """
        ...

    async def unsettled(self) -> tuple[Intent, ...]:
        """Return all intents still to be carried out, in the order they were decided."""
        ...

    async def intents(self, case: int) -> tuple[Intent, ...]:
        """Return a case's intents in the order they were decided."""
        ...

    async def judged_until(self, guild: int) -> Mapping[int, int]:
        """Return, per channel, the highest message id up to which everything has been judged."""
        ...

    async def removed_since(self, guild: int, since: datetime) -> tuple[RemovedPost, ...]:
        """Return posts whose removal stands and whose evidence is still held, oldest first."""
        ...

    async def community(self, guild: int) -> Community | None:
        """Return a guild's community, or None if no admin has set one."""
        ...

    async def community_since(self, guild: int) -> datetime | None:
        """Return since when what is screened now is screened: earlier posts are nobody's business.

        The moment the community was first set, or last changed so that more is screened: a board
        more, an exclusion less, unmapped channels too. What was screened before and has been judged
        up to some message goes on from there.
        """
        ...

    async def guilds(self) -> Iterable[int]:
        """Return the guilds that have a community."""
        ...

    async def observations(
        self, guild: int, since: datetime, limit: int
    ) -> tuple[Observation, ...]:
        """Return a guild's observations, newest first."""
        ...

    async def dossier(self, case: int) -> Dossier | None:
        """Return a case with all that was decided and done about it, by id."""
        ...

    async def dossier_numbered(self, guild: int, number: int) -> Dossier | None:
        """Return the case of that number on a guild."""
        ...

    async def find_cases(self, query: CaseQuery, first: int, limit: int) -> CasePage:
        """Return a page of the cases that a query finds, newest first."""
        ...

    async def sanction(self, sanction: int) -> Sanction | None:
        """Return a sanction by id."""
        ...

    async def sanctions_of(self, guild: int, user: int) -> tuple[Sanction, ...]:
        """Return all sanctions of a member on a guild, in the order they were decided."""
        ...

    async def sanctions_in_force(
        self, guild: int, kind: SanctionKind | None = None
    ) -> tuple[Sanction, ...]:
        """Return a guild's sanctions in force, of one kind or of all, in order."""
        ...

    async def removals_of(self, guild: int, user: int) -> tuple[RemovedPost, ...]:
        """Return the posts of a member that moderators removed or confirmed, oldest first."""
        ...

    async def ruling_keyed(self, guild: int, key: str) -> Ruling | None:
        """Return the ruling that was committed under a key, or None."""
        ...

    async def latest_ruling(self, guild: int, subject: int, since: datetime) -> Ruling | None:
        """Return a member's newest ruling by a moderator since a moment, or None.

        A mere note decides nothing and does not count.
        """
        ...

    async def automatic_removals(
        self,
        guild: int,
        rule: str | None,
        since: datetime,
        limit: int,
        until: datetime | None = None,
    ) -> tuple[Dossier, ...]:
        """Return cases with removals that stand and that no moderator decided, newest first."""
        ...

    async def members_ruled_on(self, guild: int, by: int, since: datetime) -> frozenset[int]:
        """Return the members whom a moderator's rulings touched.

        Who was sanctioned, had posts removed, or had something changed, lifted or voided.
        """
        ...

    async def holds_of(self, guild: int, user: int) -> tuple[Hold, ...]:
        """Return what is held of a member."""
        ...

    async def holds_on(self, guild: int, target: int) -> tuple[Hold, ...]:
        """Return what is held on a channel or by a role."""
        ...

    async def keepsake(self, keepsake: int) -> Keepsake | None:
        """Return a draft or view, or None if there is none of that id any more."""
        ...

    async def unfinished_moves(self) -> tuple[Move, ...]:
        """Return the moves about which something is left to be done, oldest first."""
        ...

    async def moves_of(self, guild: int, author: int) -> tuple[Move, ...]:
        """Return the moves of a member's posts on a guild, oldest first."""
        ...

    async def move_quoted_as(self, quote: int) -> Move | None:
        """Return the move whose quote a message is."""
        ...

    async def members_moved(self, guild: int, by: int, since: datetime) -> frozenset[int]:
        """Return the members whose posts a moderator has moved since a moment."""
        ...

    async def pauses(self, guild: int) -> tuple[Pause, ...]:
        """Return what is paused on a guild."""
        ...

    async def untold(self, guild: int, user: int | None = None) -> tuple[Intent, ...]:
        """Return the notices of rulings that reached nobody, in order.

        Of a decision only another notice of it says the same; what ended or changed one is said by
        any later notice of its case.

        Args:
            guild: where.
            user: whose; None for everybody's.
        """
        ...

    async def restorations(self) -> tuple[Restoration, ...]:
        """Return what is still being given back, oldest first."""
        ...

    async def audit_log_read(self, guild: int) -> int | None:
        """Return the last entry of the audit log that has been read; None for none ever."""
        ...

    async def chain(self, guild: int, after: int, limit: int) -> tuple[Link, ...]:
        """Return links of a guild's chain of decisions after a number, in order."""
        ...

    async def chain_head(self, guild: int, before: datetime | None = None) -> Link | None:
        """Return the newest link of a guild's chain; None while nothing was decided.

        Args:
            guild: whose chain.
            before: only links decided before this moment; None for all.
        """
        ...

    async def posted_head(self, guild: int) -> PostedHead | None:
        """Return the head that was posted last; None if none ever was."""
        ...

    async def intents_of_ruling(self, ruling: int) -> tuple[Intent, ...]:
        """Return what a ruling asks of Discord, in order."""
        ...
