"""A rule that removes too much, or what moderators give back, only asks from then on."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.model.action import Action
from bot.model.order import Amendment, AmendmentOrder
from bot.ports import BY_ITSELF
from tests.braking import Room
from tests.making import GUILD, NOON, policy
from tests.moderating import FIRST, MEMBER, opened, order, standing

LIMITS = policy().falling_back
MINUTE = timedelta(minutes=1)


@pytest_asyncio.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """Open a fresh database with a desk, a brake, and somebody who watches over rules."""
    async with opened(tmp_path) as office:
        one = Room(office.store, office.clock)
        one.start()
        task = asyncio.create_task(one.watching.run(one.pausing.fall_back))
        yield one
        assert not task.done()
        task.cancel()


async def seen(room: Room, *cases: int) -> None:
    """Let cases be carried out, and looked at."""
    room.watching.carry_out(cases)
    async with asyncio.timeout(10):  # a watcher that has died would never be quiet
        await room.activity.until_quiet()


async def test_a_rule_that_removes_posts_of_too_many_members_only_asks(room: Room) -> None:
    """And says so, once, with what it did; other rules go on."""
    for number in range(LIMITS.members):
        await seen(room, await room.found(number, author=700 + number))
    before = await room.pausing.pauses(GUILD)

    await seen(room, await room.found(990, author=990))
    await seen(room, await room.found(991, author=991))

    (pause,) = await room.pausing.pauses(GUILD)
    assert before == ()
    assert (pause.rule, pause.by) == ("vulgarity", BY_ITSELF)
    assert not room.brake.covers(GUILD, "solicitation")
    (said,) = room.discord.words.values()
    assert "more than 60 members within 10 minutes" in said.paragraphs[0]
    assert said.alert


async def test_few_accounts_that_flood_a_server_are_what_removal_is_for(room: Room) -> None:
    """Members are counted, not posts."""
    for number in range(LIMITS.members + 20):
        await seen(room, await room.found(number, author=700 + number % 40))

    assert await room.pausing.pauses(GUILD) == ()


async def test_the_same_number_over_a_longer_time_is_no_surge(room: Room) -> None:
    """A busy week is not a bad quarter of an hour."""
    for number in range(LIMITS.members + 5):
        room.clock.advance(MINUTE)
        await seen(room, await room.found(number, author=700 + number))

    assert await room.pausing.pauses(GUILD) == ()


async def test_what_was_resumed_counts_anew(room: Room) -> None:
    """A moderator has looked, and lets the rule act."""
    for number in range(LIMITS.members + 1):
        await seen(room, await room.found(number, author=700 + number))
    await room.pausing.resume(GUILD, "vulgarity", FIRST)

    await seen(room, await room.found(990, author=990))

    assert await room.pausing.pauses(GUILD) == ()


async def test_a_rule_whose_removals_are_given_back_only_asks(room: Room) -> None:
    """Three of a few are too many; the line says how many."""
    cases = [await room.found(number) for number in range(5)]
    await room.removed(*cases)
    for number, case in enumerate(cases[:3]):
        assert await room.pausing.pauses(GUILD) == ()
        await room.amended(case, Amendment.VOID, f"v{number}")
        await seen(room, case)

    (pause,) = await room.pausing.pauses(GUILD)
    assert (pause.rule, pause.by) == ("vulgarity", BY_ITSELF)
    (said,) = room.discord.words.values()
    assert "Of 5 posts that it removed, moderators gave 3 back." in said.paragraphs[0]


async def test_a_few_mistakes_among_many_removals_are_no_reason(room: Room) -> None:
    """Three of forty: it is right more often than the ratio asks."""
    cases = [await room.found(number, author=700 + number % 20) for number in range(40)]
    await room.removed(*cases)
    for number, case in enumerate(cases[:3]):
        wanted = AmendmentOrder(f"v{number}", GUILD, FIRST.user, case, Amendment.VOID)
        about = replace(MEMBER, user=700 + number)
        await room.moderation.amend(wanted, standing(subject=about))
        await seen(room, case)

    assert await room.pausing.pauses(GUILD) == ()


async def test_a_decision_of_a_moderator_that_is_voided_says_nothing_of_a_rule(
    room: Room,
) -> None:
    """People err as well."""
    for number in range(4):
        case = await room.found(number, Action.REVIEW)
        asked = (await room.dossier(case)).case.posts
        await room.carried(order(removes=asked, key=f"i{number}"))
        await room.amended(case, Amendment.VOID, f"v{number}")
        await seen(room, case)

    assert await room.pausing.pauses(GUILD) == ()


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 100)), max_size=150),
    st.tuples(st.integers(0, 30), st.integers(1, 100)),
)
def test_a_further_removal_never_makes_it_less(
    removals: list[tuple[int, int]], more: tuple[int, int]
) -> None:
    """Too much stays too much, in whatever order it is told."""
    told = [(NOON - n * MINUTE, member) for n, member in removals]
    extra = (NOON - more[0] * MINUTE, more[1])

    before = LIMITS.removes_too_much(told, NOON)

    assert LIMITS.removes_too_much(reversed(told), NOON) == before
    assert LIMITS.removes_too_much([*told, extra], NOON) >= before


@given(st.integers(0, 500), st.integers(0, 500))
def test_more_given_back_is_never_better(removed: int, restored: int) -> None:
    """Monotone in what was given back; never on fewer than the least number."""
    bad = LIMITS.is_given_back_too_often(removed, restored)

    assert LIMITS.is_given_back_too_often(removed, restored + 1) >= bad
    assert not bad or restored >= LIMITS.restored
