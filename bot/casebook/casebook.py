"""Reading cases: by number, by search in pages that outlive a restart, by member."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.casebook import erasing, exporting
from bot.casebook.erasing import Erased, ErasurePreview
from bot.casebook.record import Points, Record, for_member, points_of
from bot.errors import UncleanError
from bot.keepsakes import Purpose, UnreadableError, from_text, to_text
from bot.model.dossier import Dossier
from bot.ports import CasePage, CaseQuery, Clock, Observation, Store, Transaction

PER_PAGE = 8
"""Cases on a page of a list; chosen, not measured: a page fits one message."""

OWN_PER_PAGE = 4
"""Cases on a page of one's own record, which quotes what they were about; chosen likewise."""

KEPT: Final = timedelta(days=7)
"""How long the pages of a search can be turned; chosen, not measured."""

_ALL: Final = 1_000_000
"""More cases or observations than a member has on one server."""

_EVER: Final = datetime(2015, 1, 1, tzinfo=UTC)
"""Before Discord had any message."""


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


class Casebook:
    """Answers what is on record; changes nothing but by :meth:`erase`.

    Who may ask what is for the caller to know: moderators everything of their server, a member what
    :meth:`record` with ``own`` and :meth:`export` hold about themselves.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        carry_out: Callable[[tuple[int, ...]], None],
        forget: Callable[[int, int], None],
    ) -> None:
        """Read what is on record.

        Args:
            store: where cases are kept.
            clock: the time.
            carry_out: is told of cases with something to do.
            forget: is told, by guild and user, whose words are to leave the running process.
        """
        self._store = store
        self._clock = clock
        self._begin = carry_out
        self._forget = forget

    async def case(self, guild: int, number: int) -> Dossier | None:
        """Return the case of a number with all that was decided and done about it."""
        return await self._store.dossier_numbered(guild, number)

    async def search(self, query: CaseQuery, user: int) -> Listing:
        """Begin a search and return its first page; later ones are asked for by its id.

        Args:
            query: what is looked for.
            user: who looks; only they turn its pages.
        """
        now = self._clock.now()

        async def work(tx: Transaction) -> int:
            text = to_text(query)
            return await tx.keep(query.guild, user, Purpose.LISTING, text, now, now + KEPT)

        listing = await self._store.write(work)
        return Listing(listing, query, await self._store.find_cases(query, 0, PER_PAGE))

    async def turn(self, listing: int, user: int, number: int) -> Listing | None:
        """Return a page of a search, also after a restart.

        Args:
            listing: the search's id.
            user: who turns the page.
            number: the page, from 0; beyond the last, the last.

        Returns:
            None if there is no such search any more, or it is somebody else's.
        """
        kept = await self._store.keepsake(listing)
        if kept is None or kept.purpose != Purpose.LISTING or kept.user != user:
            return None
        if kept.until <= self._clock.now():
            return None
        try:
            query = from_text(CaseQuery, kept.text)
        except UnreadableError:  # written by a version that looked for something else
            return None
        return Listing(listing, query, await self._page(query, number))

    async def points(self, guild: int, member: int) -> Points:
        """Return what counts against a member now, and when it runs out."""
        return points_of(await self._store.sanctions_of(guild, member), self._clock.now())

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
        sanctions = await self._store.sanctions_of(guild, member)
        if own:
            every = await self._cases(guild, member)
            readable = [one for one in map(for_member, every) if one is not None]
            first = _first(number, len(readable), OWN_PER_PAGE)
            page = CasePage(tuple(readable[first : first + OWN_PER_PAGE]), first, len(readable))
        else:
            page = await self._page(CaseQuery(guild, member=member), number)
        return Record(
            guild=guild,
            member=member,
            own=own,
            points=points_of(sanctions, self._clock.now()),
            in_force=tuple(one for one in sanctions if one.in_force),
            cases=page.cases,
            first=page.first,
            total=page.total,
        )

    async def export(self, guild: int, member: int) -> str:
        """Return all that is held about a member on a server, as JSON for people and machines.

        Nothing of reporters, moderators or internal notes is in it.
        """
        return exporting.export(
            guild,
            member,
            self._clock.now(),
            await self.points(guild, member),
            await self._cases(guild, member),
            await self._observations(guild, member),
            await self._store.moves_of(guild, member),
        )

    async def preview_erasure(self, guild: int, member: int) -> ErasurePreview:
        """Return what would go if a member had their words erased, what stays, and why."""
        return erasing.preview(
            guild,
            member,
            await self._cases(guild, member),
            len(await self._observations(guild, member)),
            await self._store.sanctions_of(guild, member),
            len(await self._store.moves_of(guild, member)),
            self._clock.now(),
        )

    async def erase(self, guild: int, member: int) -> Erased:
        """Erase a member's words on a server; again, it does no harm.

        Concord's own messages there follow, and so does the memory of the running process. What
        other servers hold stays. Sanctions in force and points that have not run out stay, without
        the words.

        Raises:
            UncleanError: after all that has begun, if the words are still in a file beside the
                database.
        """
        now = self._clock.now()

        async def work(tx: Transaction) -> None:
            await tx.ask_erasure(guild, member, now)
            await tx.forget(guild, member, now)

        unclean = None
        try:
            await self._store.write(work)
        except UncleanError as error:  # it is committed: what follows from it must follow
            unclean = error
        self._forget(guild, member)
        cases = await self._cases(guild, member)
        self._begin(tuple(one.case.id for one in cases if erasing.is_to_redact(one)))
        if unclean is not None:
            raise unclean
        moved = len(await self._store.moves_of(guild, member))
        return Erased(erasing.waiting(cases), erasing.redactions(cases) + moved)

    async def _cases(self, guild: int, member: int) -> tuple[Dossier, ...]:
        page = await self._store.find_cases(CaseQuery(guild, member=member), 0, _ALL)
        return page.cases

    async def _observations(self, guild: int, member: int) -> tuple[Observation, ...]:
        every = await self._store.observations(guild, _EVER, _ALL)
        return tuple(one for one in every if one.author == member)

    async def _page(self, query: CaseQuery, number: int) -> CasePage:
        """Return a page of a search; beyond the last, the last."""
        page = await self._store.find_cases(query, max(number, 0) * PER_PAGE, PER_PAGE)
        if page.cases or not page.total:
            return page
        return await self._store.find_cases(query, _first(number, page.total, PER_PAGE), PER_PAGE)


def _first(number: int, total: int, per_page: int) -> int:
    """Return how many cases come before a page; beyond the last, before the last."""
    last = max(0, total - 1) // per_page
    return min(max(number, 0), last) * per_page
