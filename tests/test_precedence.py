"""Worst first, then older first; what a moderator ordered before all; and nobody waits for ever."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.enforcement import ACTING, REMOVED_TOGETHER, Phase
from bot.model.case import Case, CasePost
from bot.model.guidelines import Guidelines, Severity
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.post import PostFile
from bot.model.sanction import SanctionKind
from bot.ports import Outcome
from bot.precedence import PATIENCE, Precedence, Slots, precedence_of, precedence_of_removal
from bot.wording import Wording
from tests.enforcing import Scene, opened
from tests.fakes import until
from tests.making import ADA, GENERAL, GUILD, NOON, case, case_post, finding, guidelines, intent
from tests.rulings import Bench
from tests.sanctioning import draft

FILE = PostFile(9, "cat.png", "https://cdn.example/cat.png", 10, "image/png")

moments = st.integers(0, 7200).map(lambda seconds: NOON + timedelta(seconds=seconds))
grades = st.integers(0, 4)


@given(since=moments, other=moments, grade=grades, worse=grades)
def test_within_patience_the_worse_comes_first_and_of_equals_the_older(
    since: datetime, other: datetime, grade: int, worse: int
) -> None:
    """The law of the order."""
    one, two = Precedence.at(1, since, grade), Precedence.at(2, other, worse)

    if grade == worse:
        assert (one < two) == (since <= other)
    elif abs(since - other) < PATIENCE:
        assert (one < two) == (grade < worse)


@given(since=moments, grade=grades, later=st.timedeltas(timedelta(), timedelta(days=30)))
def test_whoever_has_waited_long_enough_comes_before_anything_new(
    since: datetime, grade: int, later: timedelta
) -> None:
    """However bad it is: nobody's matter starves."""
    waits, new = Precedence.at(1, since, grade), Precedence.at(2, since + later, 0)

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


def test_a_removal_is_as_bad_as_its_own_post() -> None:
    """A rude post of a case that is also about hate waits for hateful ones of other cases."""
    posts = tuple(
        case_post(message=number, findings=(finding(rule_id=rule),))
        for number, rule in ((1, "hate"), (2, "vulgarity"))
    )
    held, severe = case(*posts), _severe()

    def place(message: int, **changes: object) -> Precedence:
        one = replace(intent(message=message), **changes)  # type: ignore[arg-type]
        return precedence_of_removal(one, held, severe)

    assert place(1) < place(2)
    assert place(2, ruling=1) < place(1)


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
            tasks.append(asyncio.create_task(enter(number, Precedence.at(number, since, grade))))
            await asyncio.sleep(0)
        waiting = {
            number: Precedence.at(number, since, grade)
            for number, (since, grade) in enumerate(places)
            if number not in order
        }
        for number in cancelled & set(waiting):
            tasks[number].cancel()
            del waiting[number]
        for number in set(hastened) & set(waiting):
            place = Precedence.at(number, hastened[number] - timedelta(days=1), 0)
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


async def test_the_worst_removal_of_a_channel_goes_first(scene: Scene) -> None:
    """With all of them under way that Discord takes, a critical one overtakes the others."""
    scene.wording = Wording(_severe())
    scene.enforcement = scene.begin()
    gate = asyncio.Semaphore(0)
    delete, begun = scene.discord.delete, []

    async def slow(one: Intent) -> Outcome:
        begun.append(one.case)
        await gate.acquire()
        return await delete(one)

    scene.discord.delete = slow  # type: ignore[method-assign]
    others = [
        await scene.decide(number=number, author=600 + number, rule="spam-repeat")
        for number in range(REMOVED_TOGETHER + 5)
    ]
    scene.enforcement.carry_out(others)
    lanes = scene.enforcement._casework._lanes
    await until(lambda: GENERAL in lanes and len(lanes[GENERAL]._futures) == 5)
    worst = await scene.decide(number=99, author=700, rule="hate")
    scene.enforcement.carry_out((worst,))
    await until(lambda: len(lanes[GENERAL]._futures) == 6)
    gate.release()  # one slot, for one of those that wait
    await until(lambda: len(begun) > REMOVED_TOGETHER)
    assert begun[REMOVED_TOGETHER] == worst
    for _ in others:
        gate.release()
    await scene.enforcement.activity.until_quiet()

    assert sorted(begun) == sorted([*others, worst])
    assert lanes == {}


async def test_a_case_that_a_moderator_decides_while_it_waits_moves_up(scene: Scene) -> None:
    """It need not wait for those that were worse before."""
    gate = asyncio.Semaphore(0)
    keep, begun = scene.discord.keep_files, []

    async def slow(one: Intent, held: Case, post: CasePost) -> Outcome:
        begun.append(one.case)
        await gate.acquire()
        return await keep(one, held, post)

    scene.discord.keep_files = slow  # type: ignore[method-assign]
    others = [
        await scene.decide(number=number, author=600 + number, files=(FILE,))
        for number in range(ACTING + 5)
    ]
    scene.enforcement.carry_out(others)
    await until(lambda: len(begun) == ACTING)
    slots = scene.enforcement._slots[GUILD, Phase.ACTING, False]
    await until(lambda: len(slots._futures) == 5)
    last = max(slots._futures)
    held = await scene.store.case(last)
    assert held is not None
    bench = Bench(scene)
    ruled = await bench.decide(draft(), user=held.author, removes=held.posts)
    assert ruled.case == last
    scene.enforcement.carry_out((last,))
    await until(lambda: not scene.enforcement._hastening)
    gate.release()  # one slot, for one of those that wait
    await until(lambda: len(begun) > ACTING)
    assert begun[ACTING] == last
    for _ in others:
        gate.release()
    await scene.enforcement.activity.until_quiet()


async def test_what_a_moderator_orders_does_not_wait_for_removals_that_hang(
    tmp_path: Path,
) -> None:
    """Discord answers no removal, and as many cases as act at once wait for that: the ban comes."""
    async with opened(tmp_path) as scene:
        never = asyncio.Event()
        hanging = 0

        async def hang(intent: Intent) -> Outcome:
            nonlocal hanging
            hanging += 1
            await never.wait()
            raise AssertionError("it was cancelled before")

        scene.discord.delete = hang  # type: ignore[method-assign]
        removals = [await scene.decide(number, author=1000 + number) for number in range(ACTING)]
        scene.enforcement.carry_out(removals)
        await until(lambda: hanging == REMOVED_TOGETHER)
        ruled = await Bench(scene).decide(draft(SanctionKind.BAN))
        scene.enforcement.carry_out((ruled.case,))

        await until(lambda: ADA in scene.measures.bans)
