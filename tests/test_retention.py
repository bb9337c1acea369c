"""What was kept long enough goes every day, and our messages with it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.docket import draft
from bot.errors import StorageError
from bot.model.intent import IntentKind, IntentState
from bot.model.report import Report
from bot.ports import Store
from bot.retention import Retention
from bot.storage import open_store
from tests.fakes import FakeClock, until
from tests.making import NOON, VERSIONS, finding, policy, post

DAY = timedelta(days=1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A database with one removal, told of and logged at noon."""
    async with open_store(tmp_path / "concord.db") as opened:
        report = Report((finding(start=2, end=5),))
        held = draft(
            post("a bad post"),
            report,
            VERSIONS,
            NOON,
            earlier=None,
            log=True,
            burst=policy().burst,
        )
        await opened.write(lambda tx: tx.record(held))
        for number, intent in enumerate(await opened.unsettled()):
            done = replace(intent, state=IntentState.DONE, result=900 + number)
            await opened.write(lambda tx, done=done: tx.settle(done, NOON))
        yield opened


async def test_every_day_what_has_run_out_is_erased(store: Store) -> None:
    """Not before its days are over; and then our messages about it are redacted."""
    clock = FakeClock()
    cases: list[int] = []
    work = asyncio.create_task(Retention(store, clock, cases.extend, 90, 30).run())
    await until(lambda: clock.next_wake is not None)
    clock.advance(89 * DAY)
    await until(lambda: clock.next_wake == NOON + 90 * DAY)
    early = list(cases)

    clock.advance(DAY)
    await until(lambda: clock.next_wake == NOON + 91 * DAY)

    assert (early, cases) == ([], [1])
    assert (await store.case(1)).posts[0].parts == ()
    redactions = [one for one in await store.intents(1) if one.kind is IntentKind.REDACT]
    assert [(one.target, one.message) for one in redactions] == [(2, 901), (3, 902)]
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


class Refusing:
    """A store whose writes fail."""

    def __init__(self) -> None:
        self.asked = 0

    async def write(self, _work: object) -> None:
        """Refuse."""
        self.asked += 1
        raise StorageError("the disk is full")


async def test_a_database_that_refuses_is_asked_again_the_next_day() -> None:
    """What should be erased waits a day longer; the bot goes on."""
    clock, refusing = FakeClock(), Refusing()
    work = asyncio.create_task(Retention(refusing, clock, list, 90, 30).run())  # type: ignore[arg-type]
    await until(lambda: clock.next_wake == NOON + DAY)

    clock.advance(DAY)
    await until(lambda: clock.next_wake == NOON + 2 * DAY)

    assert refusing.asked == 2
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
