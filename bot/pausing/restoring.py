"""Gives back what was removed by itself: ordered once, and gone on with after a restart."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine

import structlog

from bot.activity import Activity
from bot.model.order import Refusal
from bot.model.standing import Person
from bot.moderation.carrying import Carrying
from bot.moderation.deciding import NOT_SET_UP
from bot.moderation.setting import Setting
from bot.pausing import announcing, giving_back
from bot.pausing.giving_back import Looked, Progress, Removal, Restored, RestorePreview
from bot.ports import Pause, Restoration, Words

_log = structlog.get_logger(__name__)

Announce = Callable[[Pause, Words], Awaitable[None]]
"""Writes a line of the moderators' log, once; does not raise where Discord will not have it."""


class Restoring:
    """Voids automatic removals that no moderator has decided, case by case.

    Laws: what was confirmed is carried out over restarts, each case once; on a server one
    restoration comes after the other; more members than the mass limit need an admin, and those
    whom the moderator has just decided about are counted among them.
    """

    def __init__(
        self, setting: Setting, carrying: Carrying, activity: Activity, announce: Announce
    ) -> None:
        """Take what it works with.

        Args:
            setting: store, time and numbers.
            carrying: told the cases there is something to do about, and what is not to be begun.
            activity: counts what goes on beside whoever pressed.
            announce: tells moderators.
        """
        self._store = setting.store
        self._clock = setting.clock
        self._mass = setting.policy.practice.mass_actions
        self._versions = setting.versions
        self._carrying = carrying
        self._activity = activity
        self._announce = announce
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._known: set[int] = set()
        """Ids of restorations that this process has begun or gone on with."""
        self._tasks: set[asyncio.Task[None]] = set()

    async def preview(self, looked: Looked, by: Person) -> RestorePreview:
        """Return which automatic removals giving back would undo; changes nothing."""
        found = await giving_back.removals(self._store, looked)
        return giving_back.preview(looked, found, await self._waits(looked.guild, by, found))

    async def restore_all(
        self, looked: Looked, by: Person, progress: Progress
    ) -> Restored | Refusal:
        """Void every automatic removal that no moderator has decided; again, it goes on.

        Args:
            looked: which.
            by: who presses, read just now; more members than the mass limit need an admin.
            progress: awaited after each batch; where it raises, it is not awaited any more.
        """
        if (refusal := announcing.refused(by)) is not None:
            return refusal
        async with self._turns[looked.guild]:
            if await self._store.community(looked.guild) is None:
                return Refusal((NOT_SET_UP,))
            found = await giving_back.removals(self._store, looked)
            if not found:
                return Restored(0, 0, failed=0)
            if (waits := await self._waits(looked.guild, by, found)) is not None:
                return Refusal((waits,), needs_admin=True)
            at = self._clock.now()
            order = await self._store.write(
                lambda tx: tx.begin_restoration(
                    looked.guild, looked.rule, looked.since, by.user, at
                )
            )
            self._known.add(order.id)
            restored = await self._give_back(order, found, _patient(progress))
        self._spawn(self._finish(order, restored.failed))
        return restored

    async def go_on(self) -> None:
        """Begin to go on with what an earlier process left undone; more than once, it is harmless.

        To be called once Discord can be asked.
        """
        for order in await self._store.restorations():
            if order.id not in self._known:
                self._known.add(order.id)
                _log.info("going on with giving back", guild=order.guild, done=order.cases)
                self._spawn(self._go_on(order))

    async def _go_on(self, order: Restoration) -> None:
        looked = Looked(order.guild, order.rule, order.since, until=order.at)
        async with self._turns[order.guild]:
            found = await giving_back.removals(self._store, looked)
            restored = await self._give_back(order, found, _nobody_looks)
        await self._finish(order, restored.failed)

    async def _give_back(
        self, order: Restoration, found: tuple[Removal, ...], progress: Progress
    ) -> Restored:
        community = await self._store.community(order.guild)
        cases = posts = 0
        if community is not None:
            async for one in giving_back.in_batches(found, progress):
                if await giving_back.give_back(
                    one, order, community, self._store, self._clock, self._carrying, self._versions
                ):
                    cases, posts = cases + 1, posts + len(one.posts)
        return Restored(cases, posts, failed=len(found) - cases)

    async def _finish(self, order: Restoration, failed: int) -> None:
        """Tell moderators what was given back, also before a restart; then it is over."""
        stored = await self._store.restorations()
        done = next((one for one in stored if one.id == order.id), order)
        if done.cases:
            words = announcing.restored(done.by, done.rule, done.cases, done.posts, failed)
            # The time of the order: after a crash the same line is not written twice.
            await self._announce(Pause(done.guild, done.rule, done.by, done.at), words)
        await self._store.write(lambda tx: tx.end_restoration(done))

    async def _waits(self, guild: int, by: Person, found: tuple[Removal, ...]) -> str | None:
        """Return why an admin is needed, as a sentence, or None."""
        if by.is_admin or by.is_owner:
            return None
        within = self._mass.within
        own = {one.dossier.case.author for one in found}
        before = await self._store.members_ruled_on(guild, by.user, self._clock.now() - within)
        most = self._mass.members
        if len(own | before) <= most:
            return None
        if len(own) > most:
            return f"This is about {len(own)} members; for more than {most} an admin is needed."
        minutes = int(within.total_seconds() // 60)
        return (
            f"With those you have decided about within {minutes} minutes this is about "
            f"{len(own | before)} members; for more than {most} an admin is needed."
        )

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        self._activity.begin()
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._activity.end()
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("giving back stopped; it goes on after a restart", exc_info=error)


async def _nobody_looks(_done: int, _of: int) -> None:
    return


def _patient(progress: Progress) -> Progress:
    """Return a progress that tells as long as it can: after a while Discord takes no more edits."""
    over = False

    async def told(done: int, of: int) -> None:
        nonlocal over
        if over:
            return
        try:
            await progress(done, of)
        except Exception as error:  # noqa: BLE001 - whoever looks must not stop what is confirmed
            _log.warning("progress is not told any more", error=type(error).__name__)
            over = True

    return told
