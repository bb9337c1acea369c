"""Turns enforcement into review and back, and gives back what was removed by itself."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.activity import Activity
from bot.model.order import Refusal
from bot.model.standing import Person
from bot.moderation.carrying import Carrying
from bot.moderation.deciding import NOT_SET_UP
from bot.moderation.setting import Setting
from bot.pausing import announcing, giving_back
from bot.pausing.giving_back import Progress, Restored, RestorePreview
from bot.pausing.holding_back import hold_back
from bot.policy.brake import Brake
from bot.ports import BY_ITSELF, Delivery, Enforcer, Pause, Words

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Paused:
    """Enforcement that is turned into review from now on."""

    pause: Pause
    held_back: int
    """Removals that were decided and not yet tried: moderators are asked instead."""
    already: bool
    """Whether it was paused before."""


class Pausing:
    """Turns enforcement into review and back, by rule or as a whole.

    Laws: a pause holds from the moment it is pressed, over restarts, until it is ended; while it
    holds, nothing of its rules is removed without a moderator, but what was tried before.
    """

    def __init__(
        self,
        setting: Setting,
        enforcer: Enforcer,
        carrying: Carrying,
        brake: Brake,
        activity: Activity,
        resumed: Callable[[int, str | None], None] = lambda _guild, _rule: None,
    ) -> None:
        """Take what it works with.

        Args:
            setting: store, time, guidelines and numbers.
            enforcer: tells moderators in their log.
            carrying: told the cases there is something to do about, and what is not to be begun.
            brake: what desks look at; kept in step here and nowhere else.
            activity: counts lines for moderators that are still to be written.
            resumed: told, by server and rule, that a pause was ended.
        """
        self._store = setting.store
        self._clock = setting.clock
        self._guidelines = setting.guidelines
        self._policy = setting.policy
        self._versions = setting.versions
        self._enforcer = enforcer
        self._carrying = carrying
        self._brake = brake
        self._activity = activity
        self._telling: set[asyncio.Task[None]] = set()
        self._lines: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._resumed = resumed
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def load(self) -> None:
        """Bring the brake back after a restart, before anything is judged or carried out.

        Begins nothing: what is to be said of what is held back is taken up with all that is left.
        """
        for guild in await self._store.guilds():
            pauses = await self._store.pauses(guild)
            self._brake.hold(guild, (one.rule for one in pauses))
            if pauses:
                await self._hold_back(guild)

    async def pauses(self, guild: int) -> tuple[Pause, ...]:
        """Return what is paused on a server."""
        return await self._store.pauses(guild)

    async def pause(self, guild: int, rule: str | None, by: Person) -> Paused | Refusal:
        """Turn enforcement into review at once.

        Args:
            guild: where.
            rule: a rule's id; None for all.
            by: who presses, read just now; any moderator may.
        """
        if (refusal := announcing.refused(by) or self._unknown(rule)) is not None:
            return refusal
        paused = await self._put(Pause(guild, rule, by.user, self._clock.now()))
        if not paused.already:
            self._announce(paused.pause, announcing.paused(paused.pause, paused.held_back))
        return paused

    async def fall_back(self, guild: int, rule: str, why: str) -> None:
        """Turn a rule into one that asks, by Concord itself, and say so; a pause stays as it is.

        Args:
            guild: where.
            rule: the rule's id.
            why: a sentence for moderators.
        """
        if self._brake.covers(guild, rule):
            return
        _log.warning("a rule falls back to review", guild=guild, rule=rule, why=why)
        paused = await self._put(Pause(guild, rule, BY_ITSELF, self._clock.now()))
        words = announcing.fell_back(rule, why, paused.held_back)
        self._announce(paused.pause, words)

    async def resume(self, guild: int, rule: str | None, by: Person) -> bool | Refusal:
        """End a pause, and return whether there was one.

        Args:
            guild: where.
            rule: a rule's id; None ends the pause of all rules, not those of single ones.
            by: who presses, read just now; any moderator may.
        """
        if (refusal := announcing.refused(by)) is not None:
            return refusal
        async with self._turns[guild]:
            before = await self._store.pauses(guild)
            if all(one.rule != rule for one in before):
                return False
            await self._store.write(lambda tx: tx.resume(guild, rule))
            await self._brake_as_stored(guild)
            left = await self._store.pauses(guild)
            self._resumed(guild, rule)
        words = announcing.resumed(rule, by.user, left)
        self._announce(Pause(guild, rule, by.user, self._clock.now()), words)
        return True

    async def preview_restore(
        self, guild: int, rule: str | None, since: datetime
    ) -> RestorePreview:
        """Return which automatic removals giving back would undo; changes nothing."""
        found = await giving_back.removals(self._store, guild, rule, since)
        return giving_back.preview(guild, rule, since, found)

    async def restore_all(
        self, guild: int, rule: str | None, since: datetime, by: Person, progress: Progress
    ) -> Restored | Refusal:
        """Void every automatic removal that no moderator has decided; again, it goes on.

        Args:
            guild: where.
            rule: a rule's id; None for all.
            since: removals decided from then on; aware UTC.
            by: who presses, read just now; more members than the mass limit need an admin.
            progress: awaited after each batch.
        """
        if (refusal := announcing.refused(by)) is not None:
            return refusal
        community = await self._store.community(guild)
        if community is None:
            return Refusal((NOT_SET_UP,))
        found = await giving_back.removals(self._store, guild, rule, since)
        most = self._policy.practice.mass_actions.members
        authors = len({one.dossier.case.author for one in found})
        if authors > most and not (by.is_admin or by.is_owner):
            why = f"This is about {authors} members; for more than {most} an admin is needed."
            return Refusal((why,), needs_admin=True)
        cases = posts = 0
        async for one in giving_back.in_batches(found, progress):
            if await giving_back.give_back(
                one,
                by.user,
                community,
                self._store,
                self._clock,
                self._carrying,
                self._versions,
            ):
                cases, posts = cases + 1, posts + len(one.posts)
        if cases:
            words = announcing.restored(by.user, rule, cases, posts)
            self._announce(Pause(guild, rule, by.user, self._clock.now()), words)
        return Restored(cases, posts, failed=len(found) - cases)

    async def _put(self, pause: Pause) -> Paused:
        guild, rule = pause.guild, pause.rule
        async with self._turns[guild]:
            before = await self._store.pauses(guild)
            known = next((one for one in before if one.rule == rule), None)
            # Before it is committed: what is judged meanwhile is held back when it is committed.
            self._brake.hold(guild, (*(one.rule for one in before), rule))
            try:
                await self._store.write(lambda tx: tx.pause(pause))
            finally:
                await self._brake_as_stored(guild)
            held, cases = await self._hold_back(guild)
        self._carrying.carry_out(cases)
        return Paused(known or pause, held, already=known is not None)

    async def _hold_back(self, guild: int) -> tuple[int, tuple[int, ...]]:
        return await hold_back(
            guild, self._brake, self._store, self._clock, self._carrying, self._versions
        )

    async def _brake_as_stored(self, guild: int) -> None:
        pauses = await self._store.pauses(guild)
        self._brake.hold(guild, (one.rule for one in pauses))

    def _announce(self, what: Pause, words: Words) -> None:
        """Begin to tell moderators: in a raid their log is long, and nobody is to wait for it."""
        self._activity.begin()
        task = asyncio.create_task(self._tell(what, words))
        self._telling.add(task)
        task.add_done_callback(self._told)

    def _told(self, task: asyncio.Task[None]) -> None:
        self._telling.discard(task)
        self._activity.end()
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("moderators were not told", exc_info=error)

    async def _tell(self, what: Pause, words: Words) -> None:
        key = announcing.key(words.title, what.guild, what.rule, what.at)
        async with self._lines[what.guild]:  # in the order in which they were pressed
            outcome = await self._enforcer.announce(what.guild, words, key)
        if outcome.delivery is not Delivery.DONE:
            # Whoever pressed reads it in the answer to their command; the others do not.
            _log.warning("moderators were not told", guild=what.guild, words=outcome.words)

    def _unknown(self, rule: str | None) -> Refusal | None:
        if rule is None or any(one.id == rule for one in self._guidelines.rules()):
            return None
        return Refusal((f"The guidelines have no rule {rule!r}; please choose one from the list.",))
