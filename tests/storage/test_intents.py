"""Intents: stored once per key, moved on by whoever saw them last, read in order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import StaleVersionError, StorageError
from bot.model.intent import SETTLED, Intent, IntentDraft, IntentKind, IntentState
from bot.ports import Store
from tests.storage.samples import CHANNEL, GUILD, NOON, draft, post

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
async def intent(store: Store) -> Intent:
    """The first intent of a case with three."""
    await store.write(lambda tx: tx.record(draft()))
    return (await store.unsettled())[0]


async def test_intents_are_committed_with_their_case_in_order(store: Store) -> None:
    """They are pending, due at once, and come in the order they were decided."""
    case = await store.write(lambda tx: tx.record(draft()))

    intents = await store.unsettled()

    assert intents == await store.intents(case)
    assert [one.key for one in intents] == ["delete:1", "notice", "log"]
    assert intents[0] == Intent(
        id=intents[0].id,
        case=case,
        guild=GUILD,
        kind=IntentKind.DELETE,
        key="delete:1",
        channel=CHANNEL,
        message=1,
        user=None,
        state=IntentState.PENDING,
        attempts=0,
        not_before=NOON,
        outcome="",
        result=None,
        version=1,
    )


async def test_unsettled_intents_come_in_order_over_all_cases(store: Store) -> None:
    """What was decided first is first, whichever case it belongs to."""
    first = await store.write(lambda tx: tx.record(draft(post(2))))
    second = await store.write(lambda tx: tx.record(draft(post(1))))
    await store.write(lambda tx: tx.add_intent(first, IntentDraft(IntentKind.LOG_EDIT, "e"), NOON))

    assert [(one.case, one.key) for one in await store.unsettled()] == [
        (first, "delete:2"),
        (first, "notice"),
        (first, "log"),
        (second, "delete:1"),
        (second, "notice"),
        (second, "log"),
        (first, "e"),
    ]


async def test_a_second_intent_of_a_key_is_left_alone(store: Store, intent: Intent) -> None:
    """Neither a new version of the post nor an addition repeats what the case already has."""
    before = await store.intents(intent.case)

    await store.write(lambda tx: tx.record(draft(post(digest="second"))))
    again = IntentDraft(IntentKind.NOTICE, "notice", user=1)
    await store.write(lambda tx: tx.add_intent(intent.case, again, LATER))

    assert await store.intents(intent.case) == before


TAKEN_UP = [
    ("delete:1", IntentState.FAILED),
    ("delete:1", IntentState.UNKNOWN),
    ("delete:1", IntentState.DROPPED),
    ("notice", IntentState.DROPPED),
]


@pytest.mark.parametrize("key", ["delete:1", "notice", "log"])
@pytest.mark.parametrize("state", sorted(SETTLED))
async def test_what_came_to_nothing_is_taken_up_again_by_a_new_version(
    store: Store, intent: Intent, key: str, state: IntentState
) -> None:
    """A dropped notice and a failed removal; never a message that may have arrived."""
    one = next(other for other in await store.intents(intent.case) if other.key == key)
    tried = await store.write(lambda tx: tx.attempt(one, NOON))
    ended = replace(tried, state=state, outcome="so it went")
    settled = await store.write(lambda tx: tx.settle(ended, NOON))

    second = draft(post(digest="second"), opened_at=LATER)
    await store.write(lambda tx: tx.record(second))

    (after,) = (other for other in await store.intents(intent.case) if other.key == key)
    if (key, state) not in TAKEN_UP:
        assert after == settled
        return
    assert (after.id, after.version) == (one.id, settled.version + 1)
    assert (after.state, after.attempts, after.attempted_at) == (IntentState.PENDING, 0, None)
    assert (after.not_before, after.outcome) == (LATER, "")
    assert after in await store.unsettled()
    with pytest.raises(StaleVersionError):
        await store.write(lambda tx: tx.settle(settled, LATER))


async def test_an_intent_of_no_case_is_refused(store: Store) -> None:
    """A side effect always has its case."""
    with pytest.raises(StorageError, match="FOREIGN KEY"):
        await store.write(lambda tx: tx.add_intent(77, IntentDraft(IntentKind.LOG, "log"), NOON))


async def test_an_attempt_is_counted_and_its_first_time_kept(store: Store, intent: Intent) -> None:
    """What comes back is what is stored."""
    once = await store.write(lambda tx: tx.attempt(intent, NOON))
    twice = await store.write(lambda tx: tx.attempt(once, LATER))

    assert (once.state, once.attempts, once.attempted_at) == (IntentState.ATTEMPTED, 1, NOON)
    assert (twice.attempts, twice.attempted_at, twice.version) == (2, NOON, 3)
    assert (await store.intents(intent.case))[0] == twice


@pytest.mark.parametrize("attempted", [False, True])
async def test_postponing_keeps_the_state(store: Store, intent: Intent, attempted: bool) -> None:
    """An attempted intent stays attempted, so that it is read back before it is repeated."""
    if attempted:
        intent = await store.write(lambda tx: tx.attempt(intent, NOON))

    later = await store.write(lambda tx: tx.postpone(intent, LATER, "Discord is busy"))

    assert later.state is intent.state
    assert (later.not_before, later.outcome) == (LATER, "Discord is busy")
    assert (await store.intents(intent.case))[0] == later


@pytest.mark.parametrize("state", sorted(SETTLED))
async def test_a_settled_intent_is_not_to_be_done(
    store: Store, intent: Intent, state: IntentState
) -> None:
    """State, outcome and result are stored, and it is no longer among the unsettled."""
    carried = replace(intent, state=state, outcome="told", result=123)

    settled = await store.write(lambda tx: tx.settle(carried, LATER))

    assert settled == replace(carried, version=2)
    assert (await store.intents(intent.case))[0] == settled
    assert intent.key not in {one.key for one in await store.unsettled()}


async def test_whoever_saw_an_older_version_is_refused(store: Store, intent: Intent) -> None:
    """Every change names the version it saw."""
    await store.write(lambda tx: tx.attempt(intent, NOON))

    for change in (
        lambda tx: tx.attempt(intent, NOON),
        lambda tx: tx.postpone(intent, LATER, "no"),
        lambda tx: tx.settle(replace(intent, state=IntentState.DONE), NOON),
    ):
        with pytest.raises(StaleVersionError, match="delete:1"):
            await store.write(change)


async def test_no_execution_leaves_a_settled_state(store: Store, intent: Intent) -> None:
    """Even who saw the newest version cannot undo that it is settled."""
    done = replace(intent, state=IntentState.DONE)
    settled = await store.write(lambda tx: tx.settle(done, NOON))

    with pytest.raises(StaleVersionError):
        await store.write(lambda tx: tx.attempt(settled, LATER))
