"""Moves posts: remembered, quoted elsewhere, removed here, told; and has quotes taken away.

Discord cannot move a post. Steps, of which none loses anything if it is the last: what is to be
moved is remembered, the quote is posted, the original is removed, the author and the moderators'
log are told. What a crash left undone is taken up at the next start.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import structlog

from bot.activity import Activity
from bot.errors import StorageError
from bot.model.case import CasePost
from bot.model.move import Move, MoveDraft
from bot.model.standing import Standing
from bot.model.unechoed import is_unechoed, rules_on
from bot.policy.authority import refusals
from bot.policy.practice import MassActions
from bot.ports import Clock, Delivery, Outcome, Quotes, Store

_log = structlog.get_logger(__name__)

AGAIN: Final = timedelta(hours=1)
"""Wait before what could not be done for now is tried again; chosen, not measured."""

_OPEN = frozenset({Delivery.UNCERTAIN, Delivery.LATER})

_UNECHOED: Final = (
    "This post may show a child in danger, so nothing of it is copied. Please remove it instead; "
    "its case says where to report it."
)

Post = Callable[[Move], Awaitable[Outcome]]
"""Posts the quote of a move, with its nonce and its token."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A post is quoted elsewhere and gone where it stood."""

    move: Move
    told: bool
    """Whether its author was told."""


@dataclass(frozen=True, slots=True)
class HalfMoved:
    """A post is quoted elsewhere, and still stands where it stood."""

    move: Move
    why: str


@dataclass(frozen=True, slots=True)
class NotMoved:
    """Nothing was removed."""

    why: str


class Moves:
    """Moves posts, one at a time each.

    Laws: a post is quoted once, however often it is asked for, also after a crash or a lost answer;
    a post is removed only while its quote stands; an erased member's quotes go, whatever was under
    way.
    """

    def __init__(
        self, store: Store, quotes: Quotes, clock: Clock, activity: Activity, mass: MassActions
    ) -> None:
        self._store = store
        self._quotes = quotes
        self._clock = clock
        self._activity = activity
        self._mass = mass
        self._under_way: set[int] = set()
        self._woken = asyncio.Event()

    async def refusals(self, guild: int, standing: Standing, post: CasePost) -> tuple[str, ...]:
        """Return why a moderator must not move a member's post, as sentences; empty if they may.

        Args:
            guild: where.
            standing: who asks and whose post it is, read just now.
            post: the post, with what is found in it now.
        """
        if reasons := refusals(standing, removes=True):
            return reasons
        case = await self._store.case_of(post.message)
        dossier = await self._store.dossier(case.id) if case is not None else None
        if is_unechoed(post, *(rules_on(dossier, post.message) if dossier is not None else ())):
            return (_UNECHOED,)
        by = standing.actor
        if by.is_admin or by.is_owner:
            return ()
        since = self._clock.now() - self._mass.within
        touched = await self._store.members_moved(guild, by.user, since)
        touched |= await self._store.members_ruled_on(guild, by.user, since)
        if standing.subject.user in touched or len(touched) < self._mass.members:
            return ()
        minutes = int(self._mass.within.total_seconds() // 60)
        return (
            (
                f"You have decided about {self._mass.members} members within {minutes} minutes, so "
                "an admin has to do this."
            ),
        )

    async def move(self, draft: MoveDraft, post: Post) -> Moved | HalfMoved | NotMoved:
        """Move a post; what was begun before is finished, to where it was begun.

        Args:
            draft: what is moved, from where to where.
            post: posts the quote; asked at most once.
        """
        if draft.message in self._under_way:
            return NotMoved("It is being moved at this moment.")
        self._under_way.add(draft.message)
        try:
            return await self._move(draft, post)
        finally:
            self._under_way.discard(draft.message)
            self.wake()

    async def withdrawn(self, quote: int) -> None:
        """Forget a move whose quote was taken away."""
        move = await self._store.move_quoted_as(quote)
        if move is not None:
            await self._drop(move)

    def wake(self) -> None:
        """Have what is left to be done taken up now."""
        self._woken.set()

    async def run(self) -> None:
        """Take up what is left to be done, at once, when woken and every hour, until cancelled."""
        while True:
            self._woken.clear()
            now = self._clock.now()
            with self._activity.work():
                try:
                    await self.take_up()
                except StorageError as error:
                    _log.error("moved posts could not be looked after", words=str(error))
            waits: list[asyncio.Task[object]] = [
                asyncio.create_task(self._woken.wait()),
                asyncio.create_task(self._clock.sleep_until(now + AGAIN)),
            ]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()

    async def take_up(self) -> None:
        """Finish what a crash left undone, and take away quotes of who had their words erased."""
        for move in await self._store.unfinished_moves():
            message = move.draft.message
            if message in self._under_way:
                continue
            self._under_way.add(message)
            try:
                await (self._withdraw(move) if move.erasing else self._resume(move))
            finally:
                self._under_way.discard(message)

    async def _move(self, draft: MoveDraft, post: Post) -> Moved | HalfMoved | NotMoved:
        move, known = await self._store.write(lambda tx: tx.begin_move(draft))
        if move.erasing:
            return NotMoved("Its author has just had their words erased.")
        if known:
            found = await self._quotes.find(move)
            if found.delivery is Delivery.DONE:
                return await self._finish(move, found.result, again=True)
            if found.delivery is not Delivery.LATER:
                return NotMoved(
                    "It was to be moved before, and it cannot be seen whether its quote stands: "
                    f"{found.words}."
                )
            if move.quote is not None or move.draft.target != draft.target:
                # Of a quote that is gone Discord may still know the nonce: the next has another.
                await self._drop(move)
                move, _ = await self._store.write(lambda tx: tx.begin_move(draft))
        outcome = await post(move)
        if outcome.delivery is Delivery.UNCERTAIN:
            outcome = await self._quotes.find(move)
            if outcome.delivery is not Delivery.DONE:  # it may still arrive, and is remembered
                return NotMoved("Discord did not answer. Please look, and move it once more.")
        if outcome.delivery is not Delivery.DONE:
            await self._drop(move)
            return NotMoved(f"{outcome.words[:1].upper()}{outcome.words[1:]}.")
        return await self._finish(move, outcome.result, again=False)

    async def _resume(self, move: Move) -> None:
        found = await self._quotes.find(move)
        if found.delivery is Delivery.DONE:
            await self._finish(move, found.result, again=True)
        elif found.delivery is Delivery.LATER:
            if self._clock.now() - move.draft.at >= AGAIN:  # nothing arrives as late as that
                await self._drop(move)  # it was never quoted, and stands where it stood
        else:
            _log.warning("a moved post waits", message=move.draft.message, words=found.words)

    async def _finish(
        self, move: Move, quote: int | None, *, again: bool
    ) -> Moved | HalfMoved | NotMoved:
        assert quote is not None, "BUG: a quote without its id"
        now = await self._store.write(lambda tx: tx.quoted(move, quote))
        if now is None or now.erasing:
            await self._withdraw(now or move)
            return NotMoved("Its author has just had their words erased.")
        removed = await self._quotes.remove_original(now)
        if removed.delivery is not Delivery.DONE:
            if removed.delivery is Delivery.REFUSED:
                await self._store.write(lambda tx: tx.moved(now))
            return HalfMoved(now, removed.words)
        told = await self._quotes.tell(now, again=again)
        noted = await self._quotes.note(now, again=again)
        if not {told.delivery, noted.delivery} & _OPEN:
            await self._store.write(lambda tx: tx.moved(now))
        return Moved(now, told.delivery is Delivery.DONE)

    async def _withdraw(self, move: Move) -> None:
        if move.quote is None:
            found = await self._quotes.find(move)
            if found.delivery is Delivery.LATER:
                await self._drop(move)
                return
            if found.delivery is not Delivery.DONE or found.result is None:
                _log.warning("a quote is not taken away", words=found.words)
                return
            move = replace(move, quote=found.result)
        outcome = await self._quotes.withdraw(move)
        if outcome.delivery is Delivery.DONE:
            await self._drop(move)
        else:
            _log.warning("a quote is not taken away", quote=move.quote, words=outcome.words)

    async def _drop(self, move: Move) -> None:
        await self._store.write(lambda tx: tx.drop_move(move))
