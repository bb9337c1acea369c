"""What was removed by itself is given back: previewed, once, and gone on with after a crash."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.intent import IntentKind
from bot.model.order import Refusal
from bot.model.ruling import RulingKind
from bot.pausing.giving_back import BATCH, Looked, Restored
from tests.braking import Room
from tests.fakes import Sent
from tests.making import GUILD, NOON
from tests.moderating import ADMIN, FIRST, SECOND, opened, order, rude

HOUR = timedelta(hours=1)
LOOKED = Looked(GUILD, None, NOON - HOUR)


@pytest_asyncio.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """Open a fresh database with a desk and a brake."""
    async with opened(tmp_path) as office:
        one = Room(office.store, office.clock)
        one.start()
        yield one


async def nobody(_done: int, _of: int) -> None:
    """Nobody looks how far it got."""


async def test_giving_back_is_previewed(room: Room) -> None:
    """How many, since when, which; nothing is changed by looking."""
    cases = [await room.found(number) for number in range(5)]
    await room.removed(*cases)

    preview = await room.pausing.restoring.preview(LOOKED, FIRST)

    assert (preview.cases, preview.posts, preview.oldest) == (5, 5, NOON)
    assert [one.case.id for one in preview.examples] == cases[:1:-1]
    assert (await room.dossier(cases[0])).case.action is Action.REMOVE


async def test_everything_is_given_back_once(room: Room) -> None:
    """Each case is voided, its member told, its post posted again; pressed again, nothing is."""
    cases = [await room.found(number) for number in range(BATCH + 2)]
    await room.removed(*cases)

    done = await room.restored()
    told = room.progress
    again = await room.restored()

    assert done == Restored(BATCH + 2, BATCH + 2, 0)
    assert again == Restored(0, 0, 0)
    assert told == [(BATCH, BATCH + 2), (BATCH + 2, BATCH + 2)]
    for case in cases:
        dossier = await room.dossier(case)
        assert dossier.case.state is CaseState.CLOSED
        assert [one.kind for one in dossier.rulings] == [RulingKind.REMOVED, RulingKind.VOIDED]
        kinds = [one.kind for one in dossier.intents]
        assert kinds.count(IntentKind.RESTORE) == 1
        assert kinds.count(IntentKind.PUBLIC_LOG) == 0
    assert len(room.discord.words) == 1


async def crash(_done: int, _of: int) -> None:
    """Stop in the middle, as a kill does."""
    raise KeyboardInterrupt


async def test_a_crash_in_the_middle_is_gone_on_with(room: Room) -> None:
    """By the next process, without anybody pressing again; then the log says it, in one line."""
    cases = [await room.found(number) for number in range(BATCH + 5)]
    await room.removed(*cases)
    with pytest.raises(KeyboardInterrupt):
        await room.pausing.restoring.restore_all(LOOKED, FIRST, crash)

    room.start()
    room.clock.advance(HOUR)
    later = await room.found(99)
    for _ in range(2):  # Discord greets more than once
        await room.pausing.restoring.go_on()
    await room.activity.until_quiet()

    for case in cases:
        kinds = [one.kind for one in (await room.dossier(case)).rulings]
        assert kinds == [RulingKind.REMOVED, RulingKind.VOIDED]
    (line,) = room.discord.words.values()
    assert f"gave back {BATCH + 5} posts in {BATCH + 5} cases" in line.paragraphs[0]
    assert await room.store.restorations() == ()
    # Nobody has looked at what was removed since.
    assert (await room.dossier(later)).case.action is Action.REMOVE


async def test_a_crash_before_the_line_is_written_writes_it_once(room: Room) -> None:
    """Whether it had arrived or not."""
    await room.found(1)
    room.discord.plan("announce", Sent.LOST)
    await room.restored()
    await room.activity.until_quiet()
    order = await room.store.write(
        lambda tx: tx.begin_restoration(GUILD, None, LOOKED.since, FIRST.user, room.clock.now())
    )
    await room.store.write(lambda tx: tx.gave_back(order, 1))

    await room.pausing.restoring.go_on()
    await room.activity.until_quiet()

    assert len(room.discord.words) == 1
    assert await room.store.restorations() == ()


async def test_what_is_under_way_is_not_begun_a_second_time(room: Room) -> None:
    """A new session of the gateway is no restart; who presses meanwhile waits."""
    cases = [await room.found(number) for number in range(BATCH + 1)]
    await room.removed(*cases)
    again: list[asyncio.Task[Restored | Refusal]] = []

    async def meanwhile(_done: int, _of: int) -> None:
        await room.pausing.restoring.go_on()
        press = room.pausing.restoring.restore_all(LOOKED, SECOND, crash)
        again.append(asyncio.create_task(press))
        raise ValueError("Discord takes no more edits")

    done = await room.pausing.restoring.restore_all(LOOKED, FIRST, meanwhile)

    assert done == Restored(BATCH + 1, BATCH + 1, 0)
    assert [await one for one in again] == [Restored(0, 0, 0)]


async def test_one_rule_gives_back_its_own_posts_only(room: Room) -> None:
    """A post that another rule would have had removed as well stays removed."""
    cases = []
    for text in ("a bad post", "a bad post, hire me", "hire me"):
        cases.append(await room.judged(text))
        room.clock.advance(timedelta(minutes=5))  # no burst
    own, both, other = cases

    done = await room.restored("vulgarity")

    actions = {
        case: [one.action for one in (await room.dossier(case)).case.posts]
        for case in (own, both, other)
    }
    assert done.posts == 1
    assert actions == {
        own: [Action.ALLOW],
        both: [Action.REMOVE],
        other: [Action.REMOVE],
    }


async def test_what_a_moderator_decided_is_not_undone(room: Room) -> None:
    """A person stood up for it."""
    confirmed = await room.found(1)
    await room.carried(order(case=confirmed))
    await room.carried(order(removes=(rude(2),), key="i2"))

    assert await room.restored() == Restored(0, 0, 0)


async def test_many_members_need_an_admin(room: Room) -> None:
    """Giving back three hundred spam posts is a mass action too; the preview says so."""
    for number in range(11):
        await room.found(number, author=700 + number)

    preview = await room.pausing.restoring.preview(LOOKED, FIRST)
    refusal = await room.pausing.restoring.restore_all(LOOKED, FIRST, nobody)
    for_admins = await room.pausing.restoring.preview(LOOKED, ADMIN)
    done = await room.restored(by=ADMIN)

    assert isinstance(refusal, Refusal)
    assert refusal.needs_admin
    assert refusal.reasons == (preview.waits,)
    assert for_admins.waits is None
    assert done.cases == 11


async def test_members_decided_about_just_before_count_as_well(room: Room) -> None:
    """Six and six are twelve; a member who was among the first six is one."""
    for number in range(6):
        await room.found(number, author=700 + number)
    await room.restored()
    for number in range(6, 13):
        await room.found(number, author=699 + number)

    refusal = await room.pausing.restoring.restore_all(LOOKED, FIRST, nobody)
    room.clock.advance(timedelta(minutes=11))
    done = await room.restored()

    assert isinstance(refusal, Refusal)
    assert "12 members" in refusal.reasons[0]
    assert done.cases == 7


async def test_nobody_gives_their_own_posts_back(room: Room) -> None:
    """The case is left to another moderator."""
    await room.found(1, author=FIRST.user)

    assert await room.restored() == Restored(0, 0, 1)
