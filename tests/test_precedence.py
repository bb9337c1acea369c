"""Worst first, then older first; what a moderator ordered before all; and nobody waits for ever."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.enforcement import ACTING
from bot.model.guidelines import Guidelines, Severity
from bot.model.intent import IntentKind, IntentState
from bot.precedence import PATIENCE, Precedence, Slots, precedence_of
from bot.wording import Wording
from tests.enforcing import Scene, opened
from tests.fakes import until
from tests.making import GUILD, NOON, case, case_post, finding, guidelines, intent

moments = st.integers(0, 7200).map(lambda seconds: NOON + timedelta(seconds=seconds))
grades = st.integers(0, 4)


@given(since=moments, other=moments, grade=grades, worse=grades)
def test_within_patience_the_worse_comes_first_and_of_equals_the_older(
    since: datetime, other: datetime, grade: int, worse: int
) -> None:
    """The law of the order."""
    one, two = Precedence.of(1, since, grade), Precedence.of(2, other, worse)

    if grade == worse:
        assert (one < two) == (since <= other)
    elif abs(since - other) < PATIENCE:
        assert (one < two) == (grade < worse)


@given(since=moments, grade=grades, later=st.timedeltas(timedelta(), timedelta(days=30)))
def test_whoever_has_waited_long_enough_comes_before_anything_new(
    since: datetime, grade: int, later: timedelta
) -> None:
    """However bad it is: nobody's matter starves."""
    waits, new = Precedence.of(1, since, grade), Precedence.of(2, since + later, 0)

    if later > grade * PATIENCE:
        assert waits < new


def _severe() -> Guidelines:
    """Return a document in which hate is critical, and all else moderate."""
    document = guidelines()
    return replace(
        document,
        guidelines=tuple(
            replace(
                one,
                rules=tuple(
                    replace(rule, severity=Severity.CRITICAL) if rule.id == "hate" else rule
                    for rule in one.rules
                ),
            )
            for one in document.guidelines
        ),
    )


def test_a_case_is_as_bad_as_the_worst_rule_it_was_decided_by() -> None:
    """Findings that only asked for less do not count; a rule that is gone counts as moderate."""
    severe = _severe()
    waiting = [replace(intent(state=IntentState.PENDING), not_before=NOON)]

    def place(rule: str) -> Precedence:
        held = case(case_post(findings=(finding(rule_id=rule),)))
        return precedence_of(held, waiting, severe, NOON)

    assert place("hate") < place("vulgarity")
    assert place("vulgarity") == place("gone")
    ordered = [replace(waiting[0], ruling=1)]
    assert precedence_of(case(), ordered, severe, NOON) < place("hate")


def test_what_waits_for_its_time_makes_no_case_urgent() -> None:
    """A sanction's end next month is no moderator's order of today."""
    scheduled = replace(
        intent(IntentKind.END, IntentState.PENDING), ruling=1, not_before=NOON + timedelta(days=30)
    )
    waiting = replace(intent(state=IntentState.PENDING), not_before=NOON)

    assert precedence_of(case(), [waiting, scheduled], guidelines(), NOON) == precedence_of(
        case(), [waiting], guidelines(), NOON
    )


@given(
    at_once=st.integers(1, 4),
    places=st.lists(st.tuples(moments, grades), min_size=1, max_size=20),
    cancelled=st.sets(st.integers(0, 19)),
    hastened=st.dictionaries(st.integers(0, 19), moments, max_size=5),
)
def test_whoever_waits_is_let_in_by_precedence(
    at_once: int,
    places: list[tuple[datetime, int]],
    cancelled: set[int],
    hastened: dict[int, datetime],
) -> None:
    """Never more at once than slots; those who go away take none along."""

    async def live() -> tuple[list[int], int]:
        slots, order, inside, most = Slots(at_once), [], 0, 0
        doors = [asyncio.Event() for _ in places]

        async def enter(case_id: int, place: Precedence) -> None:
            nonlocal inside, most
            async with slots.slot(place):
                order.append(case_id)
                inside += 1
                most = max(most, inside)
                await doors[case_id].wait()
                inside -= 1

        tasks = []
        for number, (since, grade) in enumerate(places):
            tasks.append(asyncio.create_task(enter(number, Precedence.of(number, since, grade))))
            await asyncio.sleep(0)
        waiting = {
            number: Precedence.of(number, since, grade)
            for number, (since, grade) in enumerate(places)
            if number not in order
        }
        for number in cancelled & set(waiting):
            tasks[number].cancel()
            del waiting[number]
        for number in set(hastened) & set(waiting):
            place = Precedence.of(number, hastened[number] - timedelta(days=1), 0)
            slots.hasten(place)
            waiting[number] = min(place, waiting[number])
        await asyncio.sleep(0)
        expected = sorted(waiting, key=waiting.__getitem__)
        first = list(order)
        for _ in places:  # those inside go out one by one, in the order they came in
            for number in order:
                if not doors[number].is_set():
                    doors[number].set()
                    break
            for _ in range(6):
                await asyncio.sleep(0)
        await asyncio.gather(*tasks, return_exceptions=True)
        assert order[len(first) :] == expected
        assert slots.idle
        return order, most

    _, most = asyncio.run(live())
    assert most <= at_once


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """A fresh database and a well-behaved Discord."""
    async with opened(tmp_path) as one:
        yield one


async def test_removals_do_not_wait_for_notices_and_lines(scene: Scene) -> None:
    """The log takes a line a second: meanwhile every post goes."""
    held = asyncio.Event()
    tell = scene.discord.tell

    async def slow(*args: object) -> object:
        await held.wait()
        return await tell(*args)  # type: ignore[arg-type]

    scene.discord.tell = slow  # type: ignore[method-assign, assignment]
    cases = [await scene.decide(number=number, author=600 + number) for number in range(30)]
    scene.enforcement.carry_out(cases)

    await until(lambda: len(scene.discord.deleted) == 30)
    assert scene.discord.requests("log") == []
    held.set()
    await scene.enforcement.activity.until_quiet()
    assert await scene.store.unsettled() == ()


async def test_the_worst_of_those_that_wait_goes_first(scene: Scene) -> None:
    """With all slots taken, the one critical case of many overtakes the others."""
    scene.wording = Wording(_severe())
    scene.enforcement = scene.begin()
    gate = asyncio.Semaphore(0)
    delete, begun = scene.discord.delete, []

    async def slow(one: object) -> object:
        begun.append(one.case)  # type: ignore[attr-defined]
        await gate.acquire()
        return await delete(one)  # type: ignore[arg-type]

    scene.discord.delete = slow  # type: ignore[method-assign, assignment]
    minor = [
        await scene.decide(number=number, author=600 + number, rule="spam-repeat")
        for number in range(ACTING + 5)
    ]
    scene.enforcement.carry_out(minor)
    await until(lambda: len(begun) == ACTING)
    worst = await scene.decide(number=99, author=700, rule="hate")
    scene.enforcement.carry_out((worst,))
    slots = scene.enforcement._slots[GUILD, "acting"]
    await until(lambda: set(slots._futures) == {*minor, worst} - set(begun))
    gate.release()  # one slot, for one of those that wait
    await until(lambda: len(begun) > ACTING)
    assert begun[ACTING] == worst
    for _ in minor:
        gate.release()
    await scene.enforcement.activity.until_quiet()
    assert sorted(begun) == sorted([*minor, worst])


async def test_a_case_that_a_moderator_decides_while_it_waits_moves_up(scene: Scene) -> None:
    """It need not wait for those that were worse before."""
    gate = asyncio.Semaphore(0)
    delete, begun = scene.discord.delete, []

    async def slow(one: object) -> object:
        begun.append(one.case)  # type: ignore[attr-defined]
        await gate.acquire()
        return await delete(one)  # type: ignore[arg-type]

    scene.discord.delete = slow  # type: ignore[method-assign, assignment]
    others = [
        await scene.decide(number=number, author=600 + number) for number in range(ACTING + 5)
    ]
    scene.enforcement.carry_out(others)
    await until(lambda: len(begun) == ACTING)
    slots = scene.enforcement._slots[GUILD, "acting"]
    await until(lambda: len(slots._futures) == 5)
    last = max(slots._futures)
    (delete_intent, *_) = await scene.store.intents(last)
    ordered = replace(delete_intent, ruling=1)
    intents = scene.store.intents

    async def decided(case_id: int) -> object:
        found = await intents(case_id)
        if case_id != last:
            return found
        return tuple(ordered if one.id == ordered.id else one for one in found)

    # A ruling would write this; what matters here is that it is read anew.
    scene.enforcement.store = _Reading(scene.enforcement.store, decided)  # type: ignore[assignment]
    scene.enforcement.carry_out((last,))
    await until(lambda: not scene.enforcement._hastening)
    scene.enforcement.store = scene.enforcement.store.inner  # type: ignore[attr-defined]
    gate.release()  # one slot, for one of those that wait
    await until(lambda: len(begun) > ACTING)
    assert begun[ACTING] == last
    for _ in others:
        gate.release()
    await scene.enforcement.activity.until_quiet()


class _Reading:
    """A store that reads intents in another way."""

    def __init__(self, inner: object, intents: object) -> None:
        self.inner = inner
        self.intents = intents

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)
