"""Every entry of the audit log is considered once: as it comes, or by reading the log."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from structlog.testing import capture_logs

from bot.model.manual_act import ActKind, ManualAct
from bot.model.snowflake import first_at
from bot.oversight.watch import CAPACITY, DAILY, PATIENCE, STEADY, Entry, Watch
from bot.ports import AuditLog, AuditPage, Delivery, Outcome
from tests.fakes import Sent, until
from tests.making import GUILD
from tests.overseeing import Hall

DAY = timedelta(days=1)
PAGE = 3


class FakeAuditLog(AuditLog):
    """A log of one guild, by pages of three; answers what it is told to first."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.answers: list[Outcome] = []
        self.asked: list[int] = []

    async def page(self, guild: int, after: int) -> AuditPage | Outcome:
        """Return the entries after one."""
        assert guild == GUILD
        self.asked.append(after)
        await asyncio.sleep(0)
        if self.answers:
            return self.answers.pop(0)
        found = [one for one in self.entries if one.id > after][:PAGE]
        return AuditPage(
            tuple(one.act for one in found if one.act is not None),
            found[-1].id if found else None,
            len(found),
            more=len(found) == PAGE,
        )


class Post:
    """A watch over a hall's log."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.log = FakeAuditLog()
        self.activity = hall.enforcement.activity
        self.stumbles: list[int] = []
        self.watch = Watch(
            hall.oversight,
            self.log,
            hall.store,
            hall.discord,
            hall.clock,
            self.activity,
            self._pause,
        )

    async def _pause(self, stumbles: int) -> None:
        self.stumbles.append(stumbles)

    def ban(self, number: int) -> ManualAct:
        """Return a ban by hand of somebody else each time."""
        return self.hall.act(ActKind.BAN, number, target=9_000 + number)

    def happens(self, act: ManualAct, *, heard: bool = True) -> None:
        """Enter something in the log; let it be heard of, or not."""
        entry = Entry(act.entry, act)
        self.log.entries.append(entry)
        if heard:
            self.watch.saw(GUILD, entry)

    async def settled(self) -> None:
        """Return once nothing is under way."""
        await self.activity.until_quiet()

    async def banned(self) -> list[int]:
        """Return who was banned, in the order of cases."""
        return [one.case.author - 9_000 for one in await self.hall.dossiers()]

    async def read_until(self) -> int | None:
        """Return how far the log counts as read."""
        return await self.hall.store.audit_log_read(GUILD)


@asynccontextmanager
async def watching(hall: Hall, post: Post | None = None) -> AsyncIterator[Post]:
    """Watch a log from a new session on."""
    post = post or Post(hall)
    running = asyncio.create_task(post.watch.run())
    try:
        yield post
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_who_needs_to_know_waits_until_the_log_is_read(hall: Hall) -> None:
    """From the first event of a session on, until what was done in between is considered."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        await post.watch.until_read(GUILD)

        post.watch.hold(GUILD)
        post.happens(post.ban(1), heard=False)
        waiting = asyncio.create_task(post.watch.until_read(GUILD))
        await post.settled()
        assert not waiting.done()

        post.watch.catch_up(GUILD)
        await waiting
        assert await post.banned() == [1]


async def test_who_needs_to_know_does_not_wait_for_ever(hall: Hall) -> None:
    """While Discord does not show the log, what holds has to be put in force all the same."""
    async with watching(hall) as post:
        post.watch.hold(GUILD)
        waiting = asyncio.create_task(post.watch.until_read(GUILD))
        await until(lambda: hall.clock.next_wake is not None)
        hall.clock.advance(PATIENCE)

        await asyncio.wait_for(waiting, 10)


async def test_the_first_time_ever_begins_with_the_present(hall: Hall) -> None:
    """What was done before Concord came is nobody's case; what comes then is."""
    async with watching(hall) as post:
        post.happens(post.ban(1), heard=False)
        hall.clock.advance(DAY)
        post.watch.catch_up(GUILD)
        await post.settled()
        assert await post.read_until() == first_at(hall.clock.now())
        assert post.log.asked == []

        post.happens(post.ban(2))
        await post.settled()

        assert await post.banned() == [2]
        assert await post.read_until() == post.ban(2).entry


async def test_what_was_missed_is_read_in_pages_oldest_first(hall: Hall) -> None:
    """From the last entry that was considered; what comes meanwhile waits, and is no second one."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        hall.clock.advance(DAY)
        post.watch.hold(GUILD)
        for number in range(7):
            post.happens(post.ban(number), heard=number > 4)
        assert await post.banned() == []

        post.watch.catch_up(GUILD)
        await post.settled()

        assert await post.banned() == list(range(7))
        assert len(post.log.asked) == 3
        assert await post.read_until() == post.ban(6).entry


async def test_an_event_that_never_came_is_found_at_the_next_session(hall: Hall) -> None:
    """Though later ones came: the log is read from where it was read last, not heard last."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        hall.clock.advance(DAY / 2)
        for number in range(4):
            post.happens(post.ban(number), heard=number != 1)
        await post.settled()
        assert await post.banned() == [0, 2, 3]

        for _ in range(2):
            post.watch.catch_up(GUILD)
            await post.settled()

        assert await post.banned() == [0, 2, 3, 1]
        assert post.log.asked[-1] == post.ban(3).entry


async def test_an_entry_about_something_else_moves_on_what_is_read(hall: Hall) -> None:
    """Or every start would read it again."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        other = first_at(hall.clock.now() + DAY)

        post.watch.saw(GUILD, Entry(other, None))
        await post.settled()

        assert await post.read_until() == other
        assert await hall.dossiers() == []


async def test_what_was_not_answered_is_read_again(hall: Hall) -> None:
    """After pauses, and what came meanwhile in its place."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        hall.clock.advance(DAY)
        post.happens(post.ban(1), heard=False)
        post.log.answers = [Outcome(Delivery.UNCERTAIN, "Discord did not answer")] * 2
        with capture_logs() as logs:
            post.watch.catch_up(GUILD)
            post.happens(post.ban(2))
            await post.settled()

        assert await post.banned() == [1, 2]
        assert post.stumbles == [1, 2]
        assert logs[0]["words"] == "Discord did not answer"


async def test_an_act_that_needs_an_answer_is_considered_again(hall: Hall) -> None:
    """Read from the log: how far it counts as read has not moved past it."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        hall.clock.advance(DAY)
        hall.measures.plan("member", Sent.LOST)
        with capture_logs():
            post.happens(hall.act(ActKind.AUTOMOD_TIMEOUT, target=9_001))
            post.happens(post.ban(2))
            await post.settled()

        assert await post.banned() == [1, 2]


async def test_without_the_permission_it_says_what_is_lost_and_goes_on(hall: Hall) -> None:
    """Nothing is tried for ever; once it is given, the log is read from where it was."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        hall.clock.advance(DAY)
        post.happens(post.ban(1), heard=False)
        post.log.answers = [Outcome(Delivery.REFUSED, "Concord lacks the permission")]
        with capture_logs() as logs:
            post.watch.catch_up(GUILD)
            await post.settled()
        assert [one["event"] for one in logs] == ["Concord lacks the permission"]
        assert post.stumbles == []

        post.watch.fall_behind(GUILD)
        await post.settled()

        assert await post.banned() == [1]


async def test_a_gap_is_told_once(hall: Hall) -> None:
    """Away for longer than Discord keeps the log: what is left of it is read all the same."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        since = hall.clock.now()
        hall.clock.advance(60 * DAY)
        post.happens(replace(post.ban(1), at=hall.clock.now()), heard=False)
        hall.discord.plan("announce", Sent.LOST)
        with capture_logs():
            for _ in range(2):
                post.watch.catch_up(GUILD)
                await post.settled()

        gaps = [line for line in hall.log() if "not known" in line]
        assert len(gaps) == 1
        assert f"<t:{int(since.timestamp())}:f>" in gaps[0]
        assert await post.banned() == [1]


async def test_more_than_is_read_is_told_as_a_gap(hall: Hall, monkeypatch: object) -> None:
    """And it goes on with the present."""
    import bot.oversight.watch as module

    monkeypatch.setattr(module, "MOST", 2 * PAGE)  # type: ignore[attr-defined]
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        hall.clock.advance(DAY)
        for number in range(8):
            post.happens(post.ban(number), heard=False)
        hall.clock.advance(DAY)

        post.watch.catch_up(GUILD)
        await post.settled()

        assert await post.banned() == list(range(6))
        assert len([line for line in hall.log() if "not known" in line]) == 1
        assert await post.read_until() == first_at(hall.clock.now())


async def test_what_finds_no_room_is_read_from_the_log(hall: Hall) -> None:
    """The queue is bounded; the log holds everything."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        hall.clock.advance(DAY)
        post.watch.waiting += CAPACITY

        post.happens(post.ban(1))
        post.watch.waiting -= CAPACITY
        await post.settled()

        assert len(post.log.asked) == 1
        assert await post.banned() == [1]


async def test_an_act_nobody_foresaw_hides_none_after_it(hall: Hall) -> None:
    """It is logged, and the next one is considered."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        hall.clock.advance(DAY)
        with capture_logs() as logs:
            post.happens(hall.act(ActKind.OVERWRITE, target=9_001))  # in no channel
            post.happens(post.ban(2))
            await post.settled()

        assert await post.banned() == [2]
        assert logs[0]["event"] == "an act by hand became no case"


async def test_once_closed_it_takes_nothing_in(hall: Hall) -> None:
    """What comes while the bot stops is read at its next start."""
    async with watching(hall) as post:
        post.watch.close()
        post.watch.hold(GUILD)
        post.watch.catch_up(GUILD)
        post.watch.fall_behind(GUILD)
        post.happens(post.ban(1))

        assert post.activity.quiet
        assert await hall.dossiers() == []


async def test_a_log_in_which_nothing_happens_is_no_absence(hall: Hall) -> None:
    """Read every day, it counts as read; a second's restart after months asks nobody anything."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        for _ in range(50):
            hall.clock.advance(DAILY)
            await until(lambda: hall.clock.next_wake is not None)
            await post.settled()
        assert await post.read_until() == first_at(hall.clock.now() - STEADY)

    async with watching(hall) as again:
        again.watch.catch_up(GUILD)
        await again.settled()
        assert hall.discord.requests("announce") == []

        again.happens(again.ban(3))
        await again.settled()
        assert await again.banned() == [3]


async def test_what_was_not_heard_of_is_found_within_a_day(hall: Hall) -> None:
    """An entry whose event was dropped, without a new session."""
    async with watching(hall) as post:
        post.watch.catch_up(GUILD)
        await post.settled()
        post.happens(post.ban(1), heard=False)

        hall.clock.advance(DAILY)
        await until(lambda: hall.clock.next_wake is not None)
        await post.settled()

        assert await post.banned() == [1]
