"""What was removed by itself is given back: previewed, once, and gone on with after a crash."""

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
from bot.pausing.giving_back import BATCH, Restored
from tests.braking import Room
from tests.making import GUILD, NOON
from tests.moderating import ADMIN, FIRST, opened, order, rude

HOUR = timedelta(hours=1)


@pytest_asyncio.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """Open a fresh database with a desk and a brake."""
    async with opened(tmp_path) as office:
        one = Room(office.store, office.clock)
        one.start()
        yield one


async def test_giving_back_is_previewed(room: Room) -> None:
    """How many, since when, which; nothing is changed by looking."""
    cases = [await room.found(number) for number in range(5)]
    await room.removed(*cases)

    preview = await room.pausing.preview_restore(GUILD, None, NOON - HOUR)

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


async def test_a_crash_in_the_middle_is_gone_on_with(room: Room) -> None:
    """What is voided is voided; the rest follows when it is pressed again."""
    cases = [await room.found(number) for number in range(BATCH + 5)]
    await room.removed(*cases)

    async def crash(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await room.pausing.restore_all(GUILD, None, NOON - HOUR, FIRST, crash)
    rest = await room.restored()

    assert rest.cases == 5
    for case in cases:
        assert len((await room.dossier(case)).rulings) == 2


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
    """Giving back three hundred spam posts is a mass action too."""
    for number in range(11):
        await room.found(number, author=700 + number)

    async def progress(_done: int, _of: int) -> None:
        return

    refusal = await room.pausing.restore_all(GUILD, None, NOON - HOUR, FIRST, progress)
    done = await room.restored(by=ADMIN)

    assert isinstance(refusal, Refusal)
    assert refusal.needs_admin
    assert done.cases == 11


async def test_nobody_gives_their_own_posts_back(room: Room) -> None:
    """The case is left to another moderator."""
    await room.found(1, author=FIRST.user)

    assert await room.restored() == Restored(0, 0, 1)
