"""Sanctions, holds, and what else moderators' work leaves in the tables."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StaleVersionError, StorageError
from bot.model.intent import IntentDraft, IntentKind, IntentState
from bot.model.sanction import Hold, SanctionDraft, SanctionKind, SanctionState
from bot.ports import Keepsake, Pause, PostedHead, Store
from tests.storage.samples import (
    AUTHOR,
    GUILD,
    MODERATOR,
    NOON,
    change,
    days,
    draft,
    post,
    ruling,
    timeout,
)

LATER = NOON + timedelta(hours=1)


async def ordered(store: Store, *drafts: SanctionDraft, key: str = "order:1") -> tuple[int, ...]:
    """Order sanctions, and return their ids."""
    wanted = ruling(key, sanctions=drafts)
    return (await store.write(lambda tx: tx.rule(wanted))).sanctions


@pytest.mark.parametrize("state", SanctionState)
async def test_a_sanction_moves_on_and_knows_when_it_ended(
    store: Store, state: SanctionState
) -> None:
    """What is returned is what is stored; what was ordered stays."""
    (one,) = await ordered(store, timeout())
    seen = await store.sanction(one)
    until = NOON + days(3)

    moved = await store.write(lambda tx: tx.move_sanction(seen, state, until, LATER))

    assert moved == await store.sanction(one)
    assert (moved.state, moved.until, moved.version) == (state, until, 2)
    assert moved.ended_at == (None if moved.in_force else LATER)
    assert moved.ordered == seen.ordered


async def test_who_saw_an_older_sanction_changes_nothing(store: Store) -> None:
    """Of two that move it, the second is told."""
    (one,) = await ordered(store, timeout())
    seen = await store.sanction(one)
    await store.write(lambda tx: tx.move_sanction(seen, SanctionState.ACTIVE, None, LATER))

    with pytest.raises(StaleVersionError, match="no longer as it was read"):
        await store.write(lambda tx: tx.move_sanction(seen, SanctionState.FAILED, None, LATER))

    assert (await store.sanction(one)).state is SanctionState.ACTIVE


async def test_a_sanction_that_ended_keeps_its_first_end(store: Store) -> None:
    """A void that comes later does not move it."""
    (one,) = await ordered(store, timeout())
    for state, at in ((SanctionState.EXPIRED, LATER), (SanctionState.VOIDED, LATER + days(1))):
        seen = await store.sanction(one)
        await store.write(
            lambda tx, seen=seen, state=state, at=at: tx.move_sanction(seen, state, None, at)
        )

    assert (await store.sanction(one)).ended_at == LATER


async def test_sanctions_are_found_by_member_and_by_being_in_force(store: Store) -> None:
    """In the order they were decided; other members' and other servers' are not among them."""
    warning = SanctionDraft(SanctionKind.WARNING)
    a, b = await ordered(store, timeout(), warning)
    other = ruling("other", subject=AUTHOR + 1, sanctions=(timeout(),))
    c = (await store.write(lambda tx: tx.rule(other))).sanctions[0]
    elsewhere = ruling(guild=GUILD + 1, sanctions=(timeout(),))
    await store.write(lambda tx: tx.rule(elsewhere))
    seen = await store.sanction(a)
    await store.write(lambda tx: tx.move_sanction(seen, SanctionState.EXPIRED, None, LATER))

    assert [one.id for one in await store.sanctions_of(GUILD, AUTHOR)] == [a, b]
    assert [one.id for one in await store.sanctions_in_force(GUILD)] == [b, c]
    assert [one.id for one in await store.sanctions_in_force(GUILD, SanctionKind.TIMEOUT)] == [c]
    assert await store.sanction(99) is None


async def test_a_hold_is_remembered_replaced_and_released(store: Store) -> None:
    """One for each member, kind and thing."""
    board = Hold(GUILD, SanctionKind.BOARD_REMOVAL, AUTHOR, 77, "0 0", "0 2048")
    both = Hold(GUILD, SanctionKind.BOARD_REMOVAL, AUTHOR, 78, "1 0", "1 2048")
    ban = Hold(GUILD, SanctionKind.BAN, AUTHOR, 0, "", "banned")
    other = replace(board, user=AUTHOR + 1)
    for one in (board, ban, both, other):
        await store.write(lambda tx, one=one: tx.hold(one))
    anew = replace(board, before="8 0")

    await store.write(lambda tx: tx.hold(anew))
    held = await store.holds_of(GUILD, AUTHOR)
    on_channel = await store.holds_on(GUILD, 77)
    for _ in range(2):  # again, it changes nothing
        await store.write(lambda tx: tx.release(board))

    assert held == (ban, anew, both)
    assert on_channel == (anew, other)
    assert await store.holds_of(GUILD, AUTHOR) == (ban, both)
    assert await store.holds_on(GUILD + 1, 77) == ()


async def test_a_keepsake_is_kept_until_its_time(store: Store) -> None:
    """Then nobody can press it any more; discarded twice is discarded."""
    until = NOON + days(1)
    one = await store.write(lambda tx: tx.keep(GUILD, MODERATOR, "draft", "{}", NOON, until))
    two = await store.write(lambda tx: tx.keep(GUILD, MODERATOR, "page", "[1]", NOON, until))
    held = await store.keepsake(one)
    for _ in range(2):
        await store.write(lambda tx: tx.discard(one))

    await store.write(lambda tx: tx.expire(until - timedelta(microseconds=1), 90, 30))
    before = await store.keepsake(two)
    await store.write(lambda tx: tx.expire(until, 90, 30))

    assert held == Keepsake(one, GUILD, MODERATOR, "draft", "{}", NOON, until)
    assert await store.keepsake(one) is None
    assert before is not None
    assert await store.keepsake(two) is None


async def test_pauses_hold_until_they_are_ended(store: Store) -> None:
    """One for all rules and one for each; who paused first stays."""
    everything = Pause(GUILD, None, MODERATOR, NOON)
    hate = Pause(GUILD, "hate", MODERATOR, NOON)
    for one in (hate, everything, replace(everything, by=9), replace(hate, by=9)):
        await store.write(lambda tx, one=one: tx.pause(one))
    held = await store.pauses(GUILD)

    await store.write(lambda tx: tx.resume(GUILD, None))

    assert held == (everything, hate)
    assert await store.pauses(GUILD) == (hate,)
    for rule in ("threat", "hate", "hate"):
        await store.write(lambda tx, rule=rule: tx.resume(GUILD, rule))
    assert await store.pauses(GUILD) == ()


async def test_the_audit_log_is_read_once(store: Store) -> None:
    """Never back; each server by itself."""
    assert await store.audit_log_read(GUILD) is None
    for entry in (5, 9, 7):
        await store.write(lambda tx, entry=entry: tx.read_audit_log(GUILD, entry))

    assert await store.audit_log_read(GUILD) == 9
    assert await store.audit_log_read(GUILD + 1) is None


async def test_the_head_posted_last_is_remembered(store: Store) -> None:
    """Whatever was posted earlier, also of more decisions."""
    assert await store.posted_head(GUILD) is None
    for number in range(2):
        await store.write(lambda tx, number=number: tx.rule(ruling(f"order:{number}")))
    first, second = await store.chain(GUILD, 0, 2)
    for head, at in ((second, LATER), (first, LATER + timedelta(days=1))):
        await store.write(lambda tx, head=head, at=at: tx.head_posted(head, at))

    last = PostedHead(GUILD, 1, LATER + timedelta(days=1), first.hash)
    assert await store.posted_head(GUILD) == last


async def test_intents_know_their_ruling_sanction_time_and_target(store: Store) -> None:
    """And are found by their ruling."""
    done = await store.write(lambda tx: tx.rule(ruling(sanctions=(timeout(),))))
    sanction = done.sanctions[0]
    wanted = [
        IntentDraft(IntentKind.APPLY, "apply", sanction=sanction, ruling=done.ruling),
        IntentDraft(
            IntentKind.END,
            "end",
            sanction=sanction,
            ruling=done.ruling,
            not_before=NOON + days(1),
        ),
        IntentDraft(IntentKind.REDACT, "redact", target=1),
    ]
    for one in wanted:
        await store.write(lambda tx, one=one: tx.add_intent(done.case, one, NOON))

    apply, end, redact = await store.intents(done.case)
    assert (apply.sanction, apply.ruling, apply.not_before) == (sanction, done.ruling, NOON)
    assert end.not_before == NOON + days(1)
    assert (redact.target, redact.ruling) == (apply.id, None)
    assert await store.intents_of_ruling(done.ruling) == (apply, end)


async def test_an_intent_may_be_due_at_another_time(store: Store) -> None:
    """Unless it has changed, or is settled."""
    case = await store.write(lambda tx: tx.record(draft()))
    seen = (await store.intents(case))[0]

    moved = await store.write(lambda tx: tx.reschedule(seen, LATER))

    assert moved == (await store.intents(case))[0]
    assert (moved.not_before, moved.state) == (LATER, IntentState.PENDING)
    with pytest.raises(StaleVersionError):
        await store.write(lambda tx: tx.reschedule(seen, NOON))
    done = replace(moved, state=IntentState.DONE)
    settled = await store.write(lambda tx: tx.settle(done, LATER))
    with pytest.raises(StaleVersionError):
        await store.write(lambda tx: tx.reschedule(settled, NOON))


async def test_a_redaction_is_done_again_when_words_go_again(store: Store) -> None:
    """The message it is about may have been brought up to date with later words."""
    case = await store.write(lambda tx: tx.record(draft()))
    redact = IntentDraft(IntentKind.REDACT, "redact:3", target=3)
    await store.write(lambda tx: tx.add_intent(case, redact, NOON))
    first = (await store.intents(case))[-1]
    await store.write(lambda tx: tx.settle(replace(first, state=IntentState.DONE), NOON))

    await store.write(lambda tx: tx.add_intent(case, redact, LATER))

    again = (await store.intents(case))[-1]
    assert (again.id, again.state, again.not_before) == (first.id, IntentState.PENDING, LATER)


async def test_a_removal_taken_up_again_belongs_to_the_ruling(store: Store) -> None:
    """What Concord could not remove by itself, a moderator may order after all."""
    case = await store.write(lambda tx: tx.record(draft()))
    failed = replace((await store.intents(case))[0], state=IntentState.FAILED)
    await store.write(lambda tx: tx.settle(failed, NOON))
    done = await store.write(lambda tx: tx.rule(ruling(case=case, removes=(1,))))
    again = IntentDraft(IntentKind.DELETE, "delete:1", 30, 1, ruling=done.ruling)

    await store.write(lambda tx: tx.add_intent(case, again, LATER))

    (taken_up,) = await store.intents_of_ruling(done.ruling)
    assert (taken_up.id, taken_up.state) == (failed.id, IntentState.PENDING)


@pytest.mark.parametrize(
    "statement",
    [
        # a board belongs to a board removal
        "UPDATE sanctions SET board = 'art'",
        "UPDATE sanctions SET role = 5",
        # a warning has no end
        "UPDATE sanctions SET kind = 'warning'",
        # over without a time, and the other way round
        "UPDATE sanctions SET state = 'lifted'",
        "UPDATE sanctions SET ended_at = 5",
        "UPDATE sanctions SET delete_message_seconds = 604801",
        "UPDATE sanctions SET points = -1",
        # only Concord removes by itself
        "UPDATE rulings SET kind = 'removed'",
        "UPDATE rulings SET kind = 'guessed'",
        "UPDATE rulings SET key = ''",
        "UPDATE cases SET origin = 'rumour'",
        # what was ruled comes from a ruling
        "UPDATE case_posts SET ruled_action = NULL",
        # the first link follows nothing, any other something
        "UPDATE chain_links SET previous = hash",
        "UPDATE chain_links SET number = 2",
        "UPDATE chain_links SET salt = 'short'",
        # one pause for everything
        "INSERT INTO pauses VALUES (10, NULL, 1, 1), (10, NULL, 2, 2)",
    ],
)
async def test_the_schema_refuses_what_the_values_refuse(
    store: Store, database: Path, statement: str
) -> None:
    """Whoever writes to the file."""
    wanted = ruling(posts=(post(),), removes=(1,), sanctions=(timeout(),))
    await store.write(lambda tx: tx.rule(wanted))

    with pytest.raises(sqlite3.IntegrityError):
        change(database, "PRAGMA foreign_keys = ON", statement)


async def test_an_intent_of_a_sanction_that_is_not_there_is_refused(store: Store) -> None:
    """Foreign keys hold."""
    case = await store.write(lambda tx: tx.record(draft()))
    wanted = IntentDraft(IntentKind.APPLY, "apply:404", sanction=404)

    with pytest.raises(StorageError, match="FOREIGN KEY"):
        await store.write(lambda tx: tx.add_intent(case, wanted, NOON))
