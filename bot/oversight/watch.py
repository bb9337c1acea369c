"""Brings every entry of the audit logs to oversight once: as it comes, or by reading the log.

Long, for how a log is read and how entries wait for that belong together.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final

import structlog

from bot.activity import Activity
from bot.errors import ConcordError
from bot.lanes import Lanes
from bot.model.manual_act import ManualAct
from bot.model.snowflake import first_at, time_of
from bot.oversight.oversight import Oversight
from bot.ports import AuditLog, Clock, Delivery, Enforcer, Outcome, Store, Words

_log = structlog.get_logger(__name__)

CAPACITY: Final = 10_000
"""Entries waiting over all guilds, at most; what finds no room is read from the log. Chosen."""

TOGETHER: Final = 100
"""Entries considered before how far the log was read is committed; chosen, not measured."""

DAILY: Final = timedelta(days=1)
"""How often every log is read though nothing called for it: one in which nothing happens for longer
than entries are kept would else look like an absence. Chosen."""

PATIENCE: Final = timedelta(minutes=5)
"""How long whoever needs to know what was done by hand waits for it at most; chosen."""

STEADY: Final = timedelta(minutes=5)
"""How old what a reading did not show must be to count as not there; chosen, not measured."""

KEPT: Final = timedelta(days=45)
"""How long Discord keeps entries (its documentation, resource "Audit Log", August 2026)."""

MOST: Final = 20_000
"""Entries read after one absence, two hundred requests; what is beyond is told as a gap. Chosen."""


class NotReadError(ConcordError):
    """The log could not be read, or moderators not be told of a gap; it is tried again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it came."""

    id: int
    act: ManualAct | None
    """None for one that concerns no sanction."""


class Watch:
    """All guilds' logs.

    Laws: how far a log was read moves only past entries that were considered; while a log is still
    to be read, entries that come wait; what is lost on the way marks the log as to be read again.
    An entry whose event Discord dropped is found at the next session of the same process; after a
    restart only if no later one was considered meanwhile.
    """

    def __init__(
        self,
        oversight: Oversight,
        log: AuditLog,
        store: Store,
        enforcer: Enforcer,
        clock: Clock,
        activity: Activity,
        pause: Callable[[int], Awaitable[None]],
    ) -> None:
        """Take what is watched with.

        Args:
            oversight: considers what was done.
            log: reads the logs.
            store: remembers how far.
            enforcer: tells moderators of a gap.
            clock: the time of the world.
            activity: counts what is waiting or under way.
            pause: waits after so many failures in a row.
        """
        self.oversight = oversight
        self.log = log
        self.store = store
        self.enforcer = enforcer
        self.clock = clock
        self.activity = activity
        self.pause = pause
        self.waiting = 0
        self._lanes = Lanes(lambda guild: _Lane(guild, self), "audit log")

    async def run(self) -> None:
        """Own the logs' tasks until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._lanes.run())
            group.create_task(self._read_daily())

    async def _read_daily(self) -> None:
        while True:
            await self.clock.sleep_until(self.clock.now() + DAILY)
            for guild in self._lanes.guilds():
                self.fall_behind(guild)

    def close(self) -> None:
        """Take in nothing more."""
        self._lanes.close()

    def hold(self, guild: int) -> None:
        """Let entries wait until :meth:`catch_up`: a new session has only just begun."""
        if (lane := self._lanes.of(guild)) is not None:
            lane.hold()

    def catch_up(self, guild: int) -> None:
        """Have the log read from where it was read last, and let entries wait no longer."""
        if (lane := self._lanes.of(guild)) is not None:
            lane.held = False
            lane.fall_behind()

    def fall_behind(self, guild: int) -> None:
        """Have the log read before the next entry: one was lost."""
        if (lane := self._lanes.of(guild)) is not None:
            lane.fall_behind()

    async def until_read(self, guild: int) -> None:
        """Return once all that was done by hand until now is known, or once it takes too long."""
        lane = self._lanes.of(guild)
        if lane is None:
            return
        known = asyncio.create_task(lane.idle.wait())
        alarm = asyncio.create_task(self.clock.sleep_until(self.clock.now() + PATIENCE))
        try:
            await asyncio.wait({known, alarm}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            known.cancel()
            alarm.cancel()

    def saw(self, guild: int, entry: Entry) -> None:
        """Take in an entry as it comes."""
        if (lane := self._lanes.of(guild)) is not None:
            lane.put(entry)


class _Lane:
    """One guild's entries in order, and the task that works on them."""

    def __init__(self, guild: int, watch: Watch) -> None:
        self.held = False
        self.idle = asyncio.Event()
        """Whether every entry up to now is considered."""
        self.idle.set()
        self._guild = guild
        self._watch = watch
        self._waiting: deque[Entry] = deque()
        self._woken = asyncio.Event()
        self._behind = False
        self._stumbles = 0
        self._read_to: int | None = None
        self._heard: set[int] = set()

    def hold(self) -> None:
        """Let entries wait."""
        self.held = True
        self.idle.clear()

    def fall_behind(self) -> None:
        """Read the log before the next entry."""
        self.idle.clear()
        if not self._behind:
            self._behind = True
            self._watch.activity.begin()
        self._woken.set()

    def put(self, entry: Entry) -> None:
        """Let an entry wait its turn; where there is no room for it, the log holds it."""
        if self._watch.waiting >= CAPACITY:
            self.fall_behind()
            return
        self._watch.waiting += 1
        self._watch.activity.begin()
        self.idle.clear()
        self._waiting.append(entry)
        self._woken.set()

    async def run(self) -> None:
        """Work until cancelled; a failure is logged, and the log is read again."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                await self._work()
                self._stumbles = 0
            except Exception as error:  # noqa: BLE001 - it must outlive whatever one entry brings
                expected = isinstance(error, ConcordError)
                _log.warning(
                    "the audit log will be read again",
                    guild=self._guild,
                    words=str(error) if expected else type(error).__name__,
                    exc_info=None if expected else error,
                )
                self.fall_behind()
                self._stumbles += 1
                await self._watch.pause(self._stumbles)

    async def _work(self) -> None:
        while not self.held and (self._behind or self._waiting):
            if self._behind:
                # What is asked for from here on needs another reading.
                self._behind = False
                try:
                    await self._read()
                finally:
                    self._watch.activity.end()
                continue
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), TOGETHER))]
            self._watch.waiting -= len(batch)
            try:
                for entry in batch:
                    if entry.act is not None:
                        await self._learn(entry.act)
                        self._hear(entry.id)
                await self._remember(max(entry.id for entry in batch))
            finally:
                for _ in batch:
                    self._watch.activity.end()
        if not self.held:
            self.idle.set()

    async def _read(self) -> None:
        """Read the log from where it was read last; the first time ever, begin with the present."""
        now = self._watch.clock.now()
        after = await self._watch.store.audit_log_read(self._guild)
        if after is None:
            await self._remember(first_at(now))
            self._is_read_to(first_at(now))
            return
        if self._read_to is not None:
            after = min(after, self._read_to)  # of what came since, some may never have come
        oldest = first_at(now - KEPT)
        if after < oldest:
            await self._tell_of_gap(after, time_of(oldest))
            after = oldest
        await self._read_from(after, now)

    async def _read_from(self, after: int, now: datetime) -> None:
        entries = 0
        while True:
            page = await self._watch.log.page(self._guild, after)
            if isinstance(page, Outcome):
                if page.delivery is Delivery.REFUSED:
                    # Without the permission there is nothing to read; it was said at the start.
                    _log.warning(page.words, guild=self._guild)
                    return
                raise NotReadError(page.words)
            for act in page.acts:
                if act.entry not in self._heard:
                    await self._learn(act)
            if page.last is not None:
                after = page.last
                await self._remember(after)
            if not page.more:
                if (steady := first_at(now - STEADY)) > after:
                    after = steady
                    await self._remember(after)
                self._is_read_to(after)
                return
            entries += page.entries
            if entries >= MOST:
                await self._tell_of_gap(after, now)
                after, entries = first_at(now), 0

    def _hear(self, entry: int) -> None:
        if len(self._heard) >= CAPACITY:  # too many to remember: then the mark alone counts
            self._heard.clear()
            self._read_to = None
        self._heard.add(entry)

    def _is_read_to(self, entry: int) -> None:
        self._read_to = entry
        self._heard.clear()

    async def _learn(self, act: ManualAct) -> None:
        try:
            await self._watch.oversight.learn(act)
        except ConcordError:
            raise  # it may go well later
        except Exception:  # noqa: BLE001 - one act nobody foresaw must not hide all after it
            _log.exception("an act by hand became no case", guild=self._guild, entry=act.entry)

    async def _tell_of_gap(self, after: int, until: datetime) -> None:
        """Say once in the moderators' log what nobody can know, and go on behind it."""
        since = time_of(after)
        key = blake2b(f"{self._guild}/audit/{after}".encode(), digest_size=12).hexdigest()
        outcome = await self._watch.enforcer.announce(self._guild, gap(since, until), key)
        if outcome.delivery in (Delivery.UNCERTAIN, Delivery.LATER):
            raise NotReadError(outcome.words)
        if outcome.delivery is not Delivery.DONE:
            # No moderator can be told, today or later: only the operator's log is left.
            _log.error("a part of the audit log was not read", guild=self._guild)
        await self._remember(first_at(until))

    async def _remember(self, entry: int) -> None:
        await self._watch.store.write(lambda tx: tx.read_audit_log(self._guild, entry))


def gap(since: datetime, until: datetime) -> Words:
    """Return the line that tells of a time of which the audit log was not read."""
    return Words(
        "Some of what was done by hand is not known",
        (
            (
                "Concord was away for longer than Discord's audit log can tell. Bans, timeouts, "
                "kicks and roles that moderators, other bots or AutoMod gave or took between "
                f"<t:{int(since.timestamp())}:f> and <t:{int(until.timestamp())}:f> have become no "
                "cases, and Concord did not notice if somebody ended what it upholds."
            ),
            "What was done since then has. Please have a look yourselves if that time matters.",
        ),
        reference="audit log",
        alert=True,
    )
