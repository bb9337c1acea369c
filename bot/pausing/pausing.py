"""Turns enforcement into review and back, for one rule or for all."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.activity import Activity
from bot.model.order import Refusal
from bot.model.standing import Person
from bot.moderation.carrying import Carrying
from bot.moderation.setting import Setting
from bot.pausing import announcing
from bot.pausing.holding_back import hold_back
from bot.pausing.restoring import Restoring
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
        self._versions = setting.versions
        self._enforcer = enforcer
        self._carrying = carrying
        self._brake = brake
        self._activity = activity
        self._telling: set[asyncio.Task[None]] = set()
        self._lines: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._resumed = resumed
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.restoring = Restoring(setting, carrying, activity, self._tell)
        """Gives back what was removed by itself."""

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
