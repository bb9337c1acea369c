"""Whoever observes a desk sees each decision, once it is committed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.model.action import Action
from bot.model.post import Post
from bot.model.report import Report
from bot.ports import Store
from bot.storage import open_store
from tests.fakes import FakeClock
from tests.making import GUILD, VERSIONS, community, post, screener


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty database."""
    async with open_store(tmp_path / "concord.sqlite3") as opened:
        yield opened


async def test_every_decision_is_shown_with_its_post(store: Store) -> None:
    """In order, found or not; a version that was judged is not shown again."""
    shown: list[tuple[int, Action]] = []

    def observe(one: Post, report: Report) -> None:
        shown.append((one.id, report.decision.action))

    desk = Desk(GUILD, community(), screener(), store, FakeClock(), VERSIONS, observe)
    plain, rude = post("hello there", number=1), post("this is bad", number=2)

    await desk.judge([plain, rude])
    await desk.judge([rude])

    assert shown == [(plain.id, Action.ALLOW), (rude.id, Action.REMOVE)]


async def test_a_decision_is_shown_only_after_it_is_committed(store: Store) -> None:
    """What an observer is shown, a crash cannot undo."""
    cases: list[bool] = []

    def observe(one: Post, report: Report) -> None:
        cases.append(committed)

    class Committing:
        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        async def write(self, work: object) -> object:
            nonlocal committed
            result = await store.write(work)  # type: ignore[arg-type]
            committed = True
            return result

    committed = False
    desk = Desk(
        GUILD,
        community(),
        screener(),
        Committing(),
        FakeClock(),
        VERSIONS,
        observe,  # type: ignore[arg-type]
    )

    await desk.judge([post("this is bad")])

    assert cases == [True]
