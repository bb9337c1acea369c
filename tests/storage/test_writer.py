"""The writer: commits are shared, failures are not."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.model.post import Part
from bot.ports import Store, Transaction
from bot.storage import open_store
from bot.storage.writer import GROUP_LIMIT
from tests.storage.samples import GUILD, draft, look, post

COUNT = GROUP_LIMIT + 10


def recording(message: int, then: BaseException | None = None) -> object:
    """A use case that records a post, and then perhaps fails."""

    async def work(tx: Transaction) -> int:
        case = await tx.record(draft(post(message)))
        if then is not None:
            raise then
        return case

    return work


@contextmanager
def statements_of(store: Store) -> Iterator[list[str]]:
    """Collect what the writer says of transactions."""
    said: list[str] = []
    thread = store._writer._thread
    original = thread.execute

    async def listening(statement: str) -> None:
        said.append(statement.split(maxsplit=1)[0])
        await original(statement)

    thread.execute = listening
    yield said


async def orphan(tx: Transaction) -> None:
    """Write what only the COMMIT refuses."""
    await tx._thread.execute("PRAGMA defer_foreign_keys = ON")
    await tx._thread.execute(
        "INSERT INTO post_parts VALUES (404, 1, 0, 'content', 'refers to nothing')"
    )


async def test_waiting_use_cases_share_commits(store: Store) -> None:
    """Many at once need as many commits as groups, and each gets its own result."""
    with statements_of(store) as said:
        cases = await asyncio.gather(*(store.write(recording(one)) for one in range(COUNT)))

    assert said.count("COMMIT") == 2
    assert [case.number for case in await store.cases(GUILD, COUNT)] == list(range(COUNT, 0, -1))
    assert len(set(cases)) == COUNT


async def test_use_cases_run_in_the_order_they_were_handed_over(store: Store) -> None:
    """Also within a group."""
    await asyncio.gather(*(store.write(recording(one)) for one in (7, 3, 9, 1)))

    cases = await store.cases(GUILD, 9)
    assert [case.posts[0].message for case in reversed(cases)] == [7, 3, 9, 1]


async def test_one_that_raises_undoes_only_its_own_writes(store: Store) -> None:
    """The others of its group are committed, and only its own caller sees the error."""
    results = await asyncio.gather(
        store.write(recording(1)),
        store.write(recording(2, then=KeyError("mine"))),
        store.write(recording(3)),
        return_exceptions=True,
    )

    assert [type(result) for result in results] == [int, KeyError, int]
    assert [(await store.case_of(one)) is not None for one in (1, 2, 3)] == [True, False, True]


async def test_one_that_raises_alone_undoes_its_writes(store: Store) -> None:
    """A group of one is no exception, and the writer goes on."""
    with pytest.raises(KeyError, match="mine"):
        await store.write(recording(1, then=KeyError("mine")))

    assert await store.case_of(1) is None
    await store.write(recording(2))
    assert await store.case_of(2) is not None


async def test_work_that_was_cancelled_cancels_nobody_else(store: Store) -> None:
    """A use case may end in a cancellation of its own."""
    results = await asyncio.gather(
        store.write(recording(1, then=asyncio.CancelledError())),
        store.write(recording(2)),
        return_exceptions=True,
    )

    assert isinstance(results[0], asyncio.CancelledError)
    assert await store.case_of(1) is None
    assert await store.case_of(2) is not None


async def test_a_commit_that_fails_fails_all_that_shared_it(store: Store, database: Path) -> None:
    """None of their writes stays, all callers learn of it, and the writer goes on."""
    results = await asyncio.gather(
        store.write(recording(1)),
        store.write(orphan),
        store.write(recording(2)),
        return_exceptions=True,
    )

    assert [type(result) for result in results] == [StorageError] * 3
    assert "FOREIGN KEY" in str(results[0])
    assert look(database, "SELECT count(*) FROM cases") == [(0,)]
    assert await store.write(recording(3)) > 0


async def test_a_caller_goes_on_only_after_the_commit(store: Store, database: Path) -> None:
    """At the moment a caller goes on, another connection sees what it wrote."""

    async def see(message: int) -> list[tuple[object, ...]]:
        await store.write(recording(message))
        return look(database, f"SELECT count(*) FROM case_posts WHERE message = {message}")

    assert await asyncio.gather(*map(see, range(8))) == [[(1,)]] * 8


async def test_a_caller_that_gives_up_waiting_is_skipped(store: Store) -> None:
    """Its turn has not come yet, so nothing of it is done."""
    first = asyncio.create_task(store.write(recording(1)))
    given_up = asyncio.create_task(store.write(recording(2)))
    await asyncio.sleep(0)
    given_up.cancel()
    await first

    await store.write(recording(3))

    assert await store.case_of(2) is None
    assert await store.case_of(3) is not None


async def test_a_caller_that_gives_up_in_its_turn_is_committed(store: Store) -> None:
    """What has begun is finished, since nobody could say how far it got."""
    begun = asyncio.Event()

    async def work(tx: Transaction) -> None:
        begun.set()
        await tx.record(draft(post(1)))

    caller = asyncio.create_task(store.write(work))
    await begun.wait()
    caller.cancel()
    await store.write(recording(2))

    assert caller.cancelled()
    assert await store.case_of(1) is not None


async def test_leaving_finishes_what_waits_and_takes_nothing_more(database: Path) -> None:
    """A write handed over before the end is committed; what comes after it is refused in words."""
    async with open_store(database) as store:
        waiting = [asyncio.create_task(store.write(recording(one))) for one in range(20)]
        await asyncio.sleep(0)

    assert len({await one for one in waiting}) == 20
    assert look(database, "SELECT count(*) FROM cases") == [(20,)]
    with pytest.raises(StorageError, match="being closed"):
        await store.write(recording(99))
    with pytest.raises(StorageError, match="closed"):
        await store.case(1)


async def test_leaving_because_of_a_cancellation_still_finishes_what_waits(database: Path) -> None:
    """However often the one who leaves is cancelled."""

    async def run() -> None:
        async with open_store(database) as store:
            for one in range(200):
                waiting.append(asyncio.create_task(store.write(recording(one))))
            await asyncio.sleep(0)
            opened.set()
            await asyncio.Event().wait()

    waiting: list[asyncio.Task[int]] = []
    opened = asyncio.Event()
    running = asyncio.create_task(run())
    await opened.wait()
    for _ in range(3):
        running.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await running

    assert len(set(await asyncio.gather(*waiting))) == 200
    assert look(database, "SELECT count(*) FROM cases") == [(200,)]


async def test_a_write_inside_a_write_is_a_defect_not_a_standstill(store: Store) -> None:
    """It would wait for itself for ever."""

    async def nested(_tx: Transaction) -> None:
        await store.write(recording(1))

    with pytest.raises(AssertionError, match="wait for itself"):
        await store.write(nested)


async def test_errors_of_the_database_carry_nobodys_words(store: Store) -> None:
    """Neither the sentence nor what caused it repeats what was to be stored."""
    secret = "never-in-a-log"
    broken = replace(post(), parts=(Part("wall", secret),))

    with pytest.raises(StorageError, match="FOREIGN KEY") as caught:
        await store.write(lambda tx: tx.record(draft(broken)))

    assert secret not in f"{caught.value} {caught.value.__cause__!s}"


async def test_readers_cannot_write(store: Store) -> None:
    """Whatever a read runs, the file stays as it is."""
    with pytest.raises(StorageError, match="readonly"):
        await store._read(lambda connection: connection.exec_driver_sql("DELETE FROM cases"))


async def test_a_read_sees_one_state_of_the_database(store: Store) -> None:
    """A commit between two statements of one read changes nothing of what it sees."""
    loop = asyncio.get_running_loop()

    def count_twice(connection: object) -> tuple[int, int]:
        count = "SELECT count(*) FROM cases"
        before = connection.exec_driver_sql(count).scalar()
        asyncio.run_coroutine_threadsafe(store.write(recording(1)), loop).result(timeout=10)
        return before, connection.exec_driver_sql(count).scalar()

    assert await store._read(count_twice) == (0, 0)
    assert await store.case_of(1) is not None


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 5000),
    ],
)
async def test_the_writer_is_set_to_lose_nothing(store: Store, pragma: str, value: object) -> None:
    """Each pragma is in force on the connection that writes."""

    def ask(connection: object) -> object:
        return connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()

    assert await store._writer._thread.run(ask) == value
