"""Drafts: orders that wait for Confirm or Change, also over a restart."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.keepsakes import Purpose, UnreadableError, from_text, to_text
from bot.model.order import AmendmentOrder, Order
from bot.model.unechoed import unechoed
from bot.ports import Clock, Keepsake, Store, Transaction

WAITS: Final = timedelta(hours=24)
"""How long a draft may be confirmed; chosen, not measured: what was seen then is old news."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An order that somebody has been shown and may confirm."""

    id: int
    guild: int
    user: int
    """Whose order it is."""
    subject: int
    """Whom it is about."""
    order: Order | AmendmentOrder
    for_admin: bool
    """Whether an admin has to confirm it, because one person did too much in a short time."""
    until: datetime
    """When it runs out; aware UTC."""

    def may_be_pressed_by(self, user: int, *, is_admin: bool) -> bool:
        """Whether somebody may confirm or change it: its owner, or an admin where one is asked."""
        return is_admin if self.for_admin else user == self.user


@dataclass(frozen=True, slots=True)
class _Kept:
    """A draft as it is written down; one of the two orders is given."""

    subject: int
    """A change to a case does not name its member; by this it is found when they are forgotten."""
    order: Order | None = None
    amendment: AmendmentOrder | None = None
    for_admin: bool = False


class Drafts:
    """Keeps orders between the preview and the button.

    Laws: what is taken out is what was put in, but for words and files of posts that may show a
    child, which are not kept; a draft of 24 hours ago is gone, for everybody. It
    is not the draft but the order's key that makes it happen once: confirm first, discard then, and
    whoever presses twice reads what came of it the first time.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def put(
        self, order: Order | AmendmentOrder, user: int, *, for_admin: bool = False
    ) -> int:
        """Keep an order for its moderator, or for an admin, and return the draft's id."""
        if isinstance(order, Order):
            kept = _Kept(order.subject, order=_as_kept(order), for_admin=for_admin)
        else:
            case = await self._store.case(order.case)
            assert case is not None, "BUG: a change to a case that is not there"
            kept = _Kept(case.author, amendment=order, for_admin=for_admin)
        now = self._clock.now()

        async def work(tx: Transaction) -> int:
            text = to_text(kept)
            return await tx.keep(order.guild, user, Purpose.DRAFT, text, now, now + WAITS)

        return await self._store.write(work)

    async def draft(self, draft: int) -> Draft | None:
        """Return a draft; None if there is none of that id any more, or it has run out."""
        keepsake = await self._store.keepsake(draft)
        if keepsake is None or keepsake.until <= self._clock.now():
            return None
        return _read(keepsake)

    async def order_of(self, draft: int) -> Order | AmendmentOrder | None:
        """Return the order of a draft, as :meth:`draft`."""
        found = await self.draft(draft)
        return found.order if found is not None else None

    async def take(self, draft: int) -> Draft | None:
        """Return a draft and drop it, for what is to be changed rather than confirmed."""
        found = await self.draft(draft)
        if found is not None:
            await self.discard(draft)
        return found

    async def discard(self, draft: int) -> None:
        """Drop a draft; one that is gone already changes nothing."""
        await self._store.write(lambda tx: tx.discard(draft))


def _as_kept(order: Order) -> Order:
    """Return an order without what may not be written down, not even for a day."""
    return replace(
        order,
        removes=tuple(unechoed(post, order.rule) for post in order.removes),
        evidence=tuple(unechoed(post, order.rule) for post in order.evidence),
    )


def _read(keepsake: Keepsake) -> Draft | None:
    if keepsake.purpose != Purpose.DRAFT:
        return None
    try:
        kept = from_text(_Kept, keepsake.text)
    except UnreadableError:  # written by a version whose orders had another shape
        return None
    order = kept.order or kept.amendment
    if order is None:
        return None
    return Draft(
        id=keepsake.id,
        guild=keepsake.guild,
        user=keepsake.user,
        subject=kept.subject,
        order=order,
        for_admin=kept.for_admin,
        until=keepsake.until,
    )
