"""Events are taken in order, wait for history, and are brought back by it after overflow."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot import intake as intake_module
from bot.activity import Activity
from bot.catchup import CaughtUp, catch_up
from bot.desk import Desk
from bot.errors import StorageError
from bot.intake import Arrival, Departure, Intake
from bot.model.post import Post
from bot.ports import Store
from bot.storage import open_store
from tests.fakes import FakeClock, FakeHistory, until
from tests.making import GUILD, NOON, VERSIONS, community, post, screener, written

OTHER_GUILD = 901


class FailingStore:
    """A store that fails to write when told to."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.failures = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    async def write(self, work: Callable[..., Awaitable[object]]) -> object:
        """Write, or fail."""
        if self.failures:
            self.failures -= 1
            raise StorageError("The disk is full.")
        return await self._store.write(work)


class Service:
    """An intake with a guild's history, database and desk behind it."""

    def __init__(self, store: Store) -> None:
        self.failing = FailingStore(store)
        self.store: Store = self.failing  # type: ignore[assignment]
        self.history = FakeHistory()
        self.clock = FakeClock()
        self.activity = Activity()
        self.acted: list[int] = []
        self.readings = 0
        self.stumbles = 0
        self.failures: list[Exception] = []
        self.before_reading = asyncio.Event()
        self.before_reading.set()
        self.has_read = asyncio.Event()
        self.after_reading = asyncio.Event()
        self.after_reading.set()
        self.intake = Intake(self.activity, self.prepare, self.act, self.pause)

    async def prepare(self, guild: int, earlier: Desk | None) -> tuple[Desk, CaughtUp] | None:
        """Read history, holding still before and after if a test wants it."""
        self.readings += 1
        if guild != GUILD:
            return None
        await self.before_reading.wait()
        if self.failures:
            raise self.failures.pop()
        one = screener()
        desk = Desk(GUILD, community(), one, self.store, self.clock, VERSIONS)
        caught_up = await catch_up(desk, self.history, self.store, self.clock, one.policy, earlier)
        self.has_read.set()
        await self.after_reading.wait()
        return desk, caught_up

    def act(self, cases: tuple[int, ...]) -> None:
        """Note what is to be acted on."""
        self.acted.extend(cases)

    async def pause(self, stumbles: int) -> None:
        """Note how often in a row a lane stumbled."""
        self.stumbles = stumbles
        await asyncio.sleep(0)

    def says(self, text: str, number: int, at: timedelta = timedelta(seconds=1)) -> Post:
        """Post a message: it stands in the channel, and an event comes."""
        one = post(text, number=number, at=NOON + at, author=1000 + number)
        self.history.write(one)
        self.intake.put(Arrival(written(one)))
        return one

    async def cases(self) -> list[int]:
        """Return the messages that have a case, in the order of the cases."""
        found = await self.store.cases(GUILD, 1000)
        return [case.posts[0].message for case in reversed(found)]


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Service]:
    """Run an intake on a fresh database."""
    async with open_store(folder / "concord.sqlite3") as store:
        await store.write(lambda tx: tx.set_community(GUILD, community(), NOON))
        service = Service(store)
        running = asyncio.create_task(service.intake.run())
        try:
            yield service
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    """A running intake whose guild has just come up."""
    async with serving(tmp_path) as one:
        yield one


async def quiet(service: Service) -> None:
    """Wait until nothing is under way."""
    await asyncio.wait_for(service.activity.until_quiet(), 10)


async def test_posts_are_judged_in_order_and_their_cases_acted_on(service: Service) -> None:
    """Each case once, in the order of the posts."""
    service.intake.catch_up(GUILD)
    posts = [service.says("a bad post", number) for number in range(3)]
    await quiet(service)

    assert await service.cases() == [one.id for one in posts]
    assert sorted(set(service.acted)) == [1, 2, 3]


async def test_events_wait_until_history_has_been_read(service: Service) -> None:
    """And what history brought is not judged again."""
    service.before_reading.clear()
    service.intake.catch_up(GUILD)
    service.says("a bad post", 0)
    for _ in range(20):
        await asyncio.sleep(0)
    assert await service.cases() == []
    assert not service.activity.quiet

    service.before_reading.set()
    await quiet(service)
    assert len(await service.cases()) == 1
    assert service.readings == 1


async def test_before_a_guild_has_come_up_history_is_enough(service: Service) -> None:
    """An event before READY is dropped, and the first reading brings it."""
    service.says("a bad post", 0)
    await quiet(service)
    assert await service.cases() == []

    service.intake.catch_up(GUILD)
    await quiet(service)
    assert len(await service.cases()) == 1


async def test_what_finds_no_room_is_brought_back_by_history(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Overflow loses nothing and ends nothing."""
    monkeypatch.setattr(intake_module, "CAPACITY", 5)
    service.intake.catch_up(GUILD)
    await quiet(service)
    posts = [service.says("a bad post", number) for number in range(23)]
    await quiet(service)

    assert sorted(await service.cases()) == [one.id for one in posts]
    assert service.intake.waiting == 0


async def test_what_finds_no_room_while_history_is_read_is_not_lost(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reading may have passed it already, so there is another one."""
    monkeypatch.setattr(intake_module, "CAPACITY", 2)
    service.after_reading.clear()
    service.intake.catch_up(GUILD)
    await service.has_read.wait()
    posts = [service.says("a bad post", number) for number in range(4)]
    service.after_reading.set()
    await quiet(service)

    assert sorted(await service.cases()) == [one.id for one in posts]


async def test_a_session_that_begins_anew_while_history_is_read_has_it_read_again(
    service: Service,
) -> None:
    """The events in between are gone for good; only history has them."""
    service.after_reading.clear()
    service.intake.catch_up(GUILD)
    await service.has_read.wait()
    missed = post("a bad post", at=NOON + timedelta(seconds=1))
    service.history.write(missed)
    service.intake.catch_up(GUILD)
    service.after_reading.set()
    await quiet(service)

    assert service.readings == 2
    assert await service.cases() == [missed.id]


async def test_a_flood_that_never_ends_does_not_keep_a_lane_reading_history(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reading makes room, so that one overflow costs one more reading and not one each event."""
    monkeypatch.setattr(intake_module, "CAPACITY", 10)
    service.intake.catch_up(GUILD)
    service.before_reading.clear()
    for number in range(40):
        service.says("hello", number)
    service.before_reading.set()
    await quiet(service)
    assert service.readings <= 3


async def test_a_lane_outlives_a_failure_and_catches_up(service: Service) -> None:
    """Whatever history raises, it is read again after a pause; nothing looks settled before."""
    service.failures = [RuntimeError("unexpected"), StorageError("The disk is full.")]
    service.intake.catch_up(GUILD)
    one = service.says("a bad post", 0)
    await quiet(service)

    assert service.stumbles == 2
    assert await service.cases() == [one.id]


async def test_nothing_looks_settled_while_a_lane_pauses(service: Service) -> None:
    """A failure's pause counts as work."""
    paused = asyncio.Event()
    go_on = asyncio.Event()

    async def pause(_stumbles: int) -> None:
        paused.set()
        await go_on.wait()

    service.intake.pause = pause
    service.failures = [RuntimeError("unexpected")]
    service.intake.catch_up(GUILD)
    await paused.wait()
    assert not service.activity.quiet

    go_on.set()
    await quiet(service)


async def test_a_failing_commit_loses_nothing_that_was_decided(service: Service) -> None:
    """Posts of the failed commit are judged again, cases of earlier ones are still acted on."""
    service.intake.catch_up(GUILD)
    await quiet(service)
    service.acted.clear()

    # One author twice in a batch: the first post's case is committed on its own.
    first = post("a bad post", number=1, at=NOON + timedelta(seconds=1))
    second = post("a bad post again", number=2, at=NOON + timedelta(minutes=30))
    service.clock.advance(timedelta(minutes=31))
    write = service.failing.write
    calls = 0

    async def second_fails(work: Callable[..., Awaitable[object]]) -> object:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise StorageError("The disk is full.")
        return await write(work)

    service.failing.write = second_fails  # type: ignore[method-assign]
    service.history.write(first, second)
    for one in (first, second):
        service.intake.put(Arrival(written(one)))
    await quiet(service)

    assert service.stumbles == 1
    assert await service.cases() == [first.id, second.id]
    assert sorted(set(service.acted)) == [1, 2]


@pytest.mark.parametrize(("goes", "count"), [("a post", 0), ("an author", 0), ("elsewhere", 1)])
async def test_what_is_deleted_or_erased_is_forgotten_in_its_turn(
    service: Service, goes: str, count: int
) -> None:
    """After the posts before it, before the posts after it: a third copy becomes a second one."""
    service.intake.catch_up(GUILD)
    await quiet(service)
    texts = [post("buy this now", number=n, at=NOON + timedelta(seconds=1)) for n in range(3)]
    service.history.write(*texts)
    service.intake.put(Arrival(written(texts[0])))
    service.intake.put(Arrival(written(texts[1])))
    if goes == "a post":
        await quiet(service)
        service.history.remove(texts[0].id)
        service.intake.put(Departure(GUILD, (texts[0].id,)))
    else:
        service.intake.forget(GUILD if goes == "an author" else OTHER_GUILD, texts[0].author)
    service.intake.put(Arrival(written(texts[2])))
    await quiet(service)

    assert len(await service.cases()) == count


async def test_a_guild_that_nobody_has_set_up_is_not_screened(service: Service) -> None:
    """Its events pass, and nothing waits for ever."""
    service.intake.catch_up(OTHER_GUILD)
    service.intake.put(Departure(OTHER_GUILD, (1,)))
    await quiet(service)
    assert service.intake.waiting == 0


async def test_one_guild_does_not_wait_for_another(service: Service) -> None:
    """Each has a lane of its own."""
    service.before_reading.clear()
    service.intake.catch_up(GUILD)
    service.intake.catch_up(OTHER_GUILD)
    await until(lambda: service.readings == 2)
    service.before_reading.set()
    await quiet(service)

    assert service.readings == 2


async def test_a_closed_intake_takes_nothing_more(service: Service) -> None:
    """What comes after is left to the next start."""
    service.intake.catch_up(GUILD)
    await quiet(service)
    service.intake.close()
    service.says("a bad post", 0)
    service.intake.catch_up(GUILD)
    assert service.activity.quiet
    assert service.readings == 1


async def test_lanes_that_were_there_before_it_ran_are_worked_on(tmp_path: Path) -> None:
    """Events may come before the task group has begun."""
    async with open_store(tmp_path / "concord.sqlite3") as store:
        await store.write(lambda tx: tx.set_community(GUILD, community(), NOON))
        service = Service(store)
        service.intake.catch_up(GUILD)
        one = service.says("a bad post", 0)
        running = asyncio.create_task(service.intake.run())
        await quiet(service)
        assert await service.cases() == [one.id]
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running


steps = st.lists(
    st.sampled_from(("says", "says", "says", "turns", "ready", "fails", "commit fails")),
    max_size=15,
)


async def _flood(folder: Path, happenings: list[str]) -> None:
    async with serving(folder) as service:
        service.intake.catch_up(GUILD)
        posts = []
        for number, happening in enumerate(happenings):
            match happening:
                case "says":
                    posts.append(service.says("a bad post", number))
                case "turns":
                    for _ in range(number):
                        await asyncio.sleep(0)
                case "ready":
                    service.intake.catch_up(GUILD)
                case "fails":
                    service.failures.append(RuntimeError("unexpected"))
                case "commit fails":
                    service.failing.failures += 1
        await quiet(service)
        assert sorted(await service.cases()) == [one.id for one in posts]
        assert {case.id for case in await service.store.cases(GUILD, 1000)} <= set(service.acted)
        assert service.intake.waiting == 0


@given(happenings=steps, capacity=st.integers(1, 6))
@settings(
    max_examples=15 if os.environ.get("CONCORD_LONG") != "1" else 500,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_post_is_judged_once_whatever_floods_and_fails(
    tmp_path_factory: pytest.TempPathFactory, happenings: list[str], capacity: int
) -> None:
    """Each bad post has one case, each case is acted on, nothing is left waiting."""
    with pytest.MonkeyPatch.context() as patch, capture_logs():
        patch.setattr(intake_module, "CAPACITY", capacity)
        asyncio.run(_flood(tmp_path_factory.mktemp("flood"), happenings))
