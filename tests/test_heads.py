"""The head of each chain is posted once a day, whatever happens in between."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.activity import Activity
from bot.heads import HeadPosting, head_line
from bot.model.ruling import RulingKind
from bot.ports import RulingDraft, Store, Words
from bot.storage import open_store
from bot.storage.verifying import verify_chains
from tests.fakes import FakeClock, FakeEnforcer, Sent, until
from tests.making import ADA, GUILD, NOON, community

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Scene:
    """A guild with a database, and a Discord that takes lines."""

    def __init__(self, store: Store, database: Path) -> None:
        self.store = store
        self.database = database
        self.clock = FakeClock()
        self.discord = FakeEnforcer()
        self.activity = Activity()
        self.posting = self.begin()
        self.decided = 0

    def begin(self) -> HeadPosting:
        """Return the work as a new process has it."""
        return HeadPosting(self.store, self.discord, self.clock, self.activity)

    async def decide(self, ago: timedelta = timedelta()) -> None:
        """Let a moderator decide something now; with a time, it is learnt of only now."""
        self.decided += 1
        at = self.clock.now() - ago
        wanted = RulingDraft(GUILD, f"order:{self.decided}", RulingKind.DECIDED, at, 5, ADA)
        await self.store.write(lambda tx: tx.rule(wanted))

    async def look(self) -> bool:
        """Post what is due."""
        return await self.posting.post_due(self.clock.now())

    def lines(self) -> list[Words]:
        """What was posted, in order."""
        return list(self.discord.words.values())


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """A guild that is set up, at noon."""
    database = tmp_path / "concord.db"
    async with open_store(database) as store:
        await store.write(lambda tx: tx.set_community(GUILD, community(), NOON))
        yield Scene(store, database)


async def test_what_was_decided_today_is_posted_tomorrow(scene: Scene) -> None:
    """The newest decision before midnight, with its number and its hash."""
    await scene.decide()
    await scene.decide()
    head = await scene.store.chain_head(GUILD)
    today = await scene.look()

    scene.clock.advance(DAY)
    await scene.decide()
    tomorrow = await scene.look()

    assert (today, tomorrow) == (True, True)
    assert scene.lines() == [head_line(head)]
    assert f"--guild {GUILD} --head {head.hash}" in scene.lines()[0].paragraphs[1]
    assert (await scene.store.posted_head(GUILD)).number == 2


async def test_nothing_new_is_no_line(scene: Scene) -> None:
    """And where nothing was ever decided, there is nothing to post."""
    await scene.look()
    await scene.decide()
    for _ in range(4):
        scene.clock.advance(DAY)
        await scene.look()

    assert len(scene.lines()) == 1


async def test_a_restart_does_not_post_it_again(scene: Scene) -> None:
    """Nor does a crash between the line and its being remembered: its key is the same."""
    await scene.decide()
    scene.clock.advance(DAY)
    scene.discord.plan("announce", Sent.LOST)

    lost = await scene.look()
    scene.posting = scene.begin()
    found = await scene.look()
    again = await scene.look()

    assert (lost, found, again) == (False, True, True)
    assert len(scene.lines()) == 1
    assert len({key for _, key in scene.discord.asked}) == 1
    assert len(scene.discord.asked[0][1]) <= 25


async def test_days_without_the_bot_are_made_up_for_in_one_line(scene: Scene) -> None:
    """The newest head covers all before it."""
    for _ in range(3):
        await scene.decide()
        scene.clock.advance(DAY)

    await scene.look()

    assert [line.reference for line in scene.lines()] == ["Decision 3"]


async def test_what_is_learnt_of_later_is_in_the_head_of_the_next_day(scene: Scene) -> None:
    """What others ended by hand has its own time, before that of a head posted already.

    Each head is one that the chain has, and covers all before it, whatever their times.
    """
    await scene.decide()
    scene.clock.advance(DAY)
    await scene.look()
    first = await scene.store.chain_head(GUILD)
    await scene.decide()
    await scene.decide(ago=DAY)

    scene.posting = scene.begin()
    await scene.look()
    today = [line.reference for line in scene.lines()]
    scene.clock.advance(DAY)
    await scene.decide()
    await scene.look()

    assert today == ["Decision 1"]
    assert [line.reference for line in scene.lines()] == ["Decision 1", "Decision 3"]
    second = (await scene.store.chain(GUILD, 2, 1))[0]
    assert f"--head {second.hash}" in scene.lines()[1].paragraphs[1]
    for head in (first, second):
        (seen,) = verify_chains(scene.database, GUILD, head.hash)
        assert seen.is_sound
        assert seen.inspection.head_at == head.number


async def test_a_chain_that_was_cut_off_has_its_head_posted_again(scene: Scene) -> None:
    """Whoever has the earlier line sees that this one differs, of fewer decisions or of as many."""
    for _ in range(3):
        await scene.decide()
    scene.clock.advance(DAY)
    await scene.look()
    with closing(sqlite3.connect(scene.database)) as other, other:
        other.execute("DELETE FROM chain_links WHERE number >= 2")
        other.execute("DELETE FROM rulings WHERE id >= 2")

    scene.clock.advance(DAY)
    await scene.look()
    for _ in range(2):
        await scene.decide()
    scene.clock.advance(DAY)
    await scene.look()

    assert [line.reference for line in scene.lines()] == ["Decision 3", "Decision 1", "Decision 3"]
    assert len({line.paragraphs[1] for line in scene.lines()}) == 3


async def test_a_guild_that_takes_no_lines_waits_for_the_next_day(scene: Scene) -> None:
    """No log channel, or no right to write there: nothing that another try would change."""
    await scene.decide()
    scene.clock.advance(DAY)
    scene.discord.plan("announce", Sent.REFUSED)

    refused = await scene.look()
    scene.clock.advance(DAY)
    await scene.look()

    assert refused
    assert len(scene.lines()) == 1


async def test_the_work_goes_on_from_midnight_to_midnight(scene: Scene) -> None:
    """And an hour after a failure."""
    await scene.decide()
    work = asyncio.create_task(scene.posting.run())
    await until(lambda: scene.clock.next_wake is not None)
    assert scene.clock.next_wake == NOON + 12 * HOUR
    scene.discord.plan("announce", Sent.LATER)

    scene.clock.advance(12 * HOUR)
    await until(lambda: scene.clock.next_wake == NOON + 13 * HOUR)
    assert scene.lines() == []
    scene.clock.advance(HOUR)
    await until(lambda: scene.clock.next_wake == NOON + 36 * HOUR)

    assert len(scene.lines()) == 1
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


async def test_a_single_decision_is_said_in_the_singular(scene: Scene) -> None:
    """Words for people."""
    await scene.decide()
    head = await scene.store.chain_head(GUILD)

    assert head_line(head).paragraphs[0].startswith("1 decision so far.")
