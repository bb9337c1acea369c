"""Reading cases: by number, by search in pages that outlive a restart, by member."""

from dataclasses import dataclass

from bot.casebook.record import Points, Record
from bot.model.dossier import Dossier
from bot.ports import CasePage, CaseQuery, Clock, Store

PER_PAGE = 8
"""Cases on a page of a list; chosen, not measured: a page fits one message."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a search, and the id under which any page of it can be asked for later."""

    id: int
    query: CaseQuery
    page: CasePage

    @property
    def pages(self) -> int:
        """How many pages there are; at least 1."""
        return max(1, -(-self.page.total // PER_PAGE))

    @property
    def number(self) -> int:
        """Which page this is, from 0."""
        return self.page.first // PER_PAGE


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What goes and what stays when a member has their words erased, and why."""

    guild: int
    member: int
    goes: tuple[str, ...]
    """Plain lines; empty if there is nothing to erase."""
    stays: tuple[str, ...]
    """Plain lines, each with its reason."""
    waits: tuple[str, ...]
    """References of cases that are still open: their words go once they close."""


@dataclass(frozen=True, slots=True)
class Erased:
    """An erasure that is committed; what Concord wrote in Discord follows."""

    waits: tuple[str, ...]
    """References of cases whose words go once they close."""
    redactions: int
    """How many of Concord's own messages are changed or deleted."""


class Casebook:
    """Answers what is on record; changes nothing but by :meth:`erase`.

    Who may ask what is for the caller to know: moderators everything of their server, a member what
    :meth:`record` with ``own`` and :meth:`export` hold about themselves.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def case(self, guild: int, number: int) -> Dossier | None:
        """Return the case of a number with all that was decided and done about it."""
        return await self._store.dossier_numbered(guild, number)

    async def search(self, query: CaseQuery, user: int) -> Listing:
        """Begin a search and return its first page; later ones are asked for by its id.

        Args:
            query: what is looked for.
            user: who looks; only they turn its pages.
        """
        raise NotImplementedError

    async def turn(self, listing: int, user: int, number: int) -> Listing | None:
        """Return a page of a search, also after a restart.

        Args:
            listing: the search's id.
            user: who turns the page.
            number: the page, from 0; beyond the last, the last.

        Returns:
            None if there is no such search any more, or it is somebody else's.
        """
        raise NotImplementedError

    async def points(self, guild: int, member: int) -> Points:
        """Return what counts against a member now, and when it runs out."""
        raise NotImplementedError

    async def record(
        self, guild: int, member: int, *, own: bool = False, number: int = 0
    ) -> Record:
        """Return a page of a member's record.

        Args:
            guild: where.
            member: whose.
            own: whether it is for the member: then it names no moderator, holds no internal note
                and leaves out what only a moderator is asked about.
            number: the page, from 0; beyond the last, the last.
        """
        raise NotImplementedError

    async def export(self, guild: int, member: int) -> str:
        """Return all that is held about a member on a server, as JSON for people and machines.

        Nothing of reporters, moderators or internal notes is in it.
        """
        raise NotImplementedError

    async def preview_erasure(self, guild: int, member: int) -> ErasurePreview:
        """Return what would go if a member had their words erased, what stays, and why."""
        raise NotImplementedError

    async def erase(self, guild: int, member: int) -> Erased:
        """Erase a member's words, and have Concord's own messages follow; again, it does no harm.

        Sanctions in force and points that have not run out stay, without the words.
        """
        raise NotImplementedError
