"""The brake: what is paused asks, also what was decided before; what was removed is given back."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest_asyncio

from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.intent import IntentKind, IntentState
from bot.model.order import Amendment, Refusal
from bot.model.ruling import RulingKind
from bot.pausing.pausing import Paused
from bot.policy.brake import PAUSED, Brake
from bot.ports import Outcome, Pause, Words
from tests.braking import Room
from tests.making import ADA, GUILD, NOON, finding
from tests.moderating import FIRST, MEMBER, opened, order, rude

HOUR = timedelta(hours=1)


@pytest_asyncio.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """Open a fresh database with a desk and a brake."""
    async with opened(tmp_path) as office:
        one = Room(office.store, office.clock)
        one.start()
        yield one


async def test_who_pauses_does_not_wait_for_the_line_in_the_log(room: Room) -> None:
    """In a raid the log is long: the pause is answered at once, the line comes when it can."""
    never = asyncio.Event()
    announce = room.discord.announce

    async def slow(guild: int, words: Words, key: str) -> Outcome:
        await never.wait()
        return await announce(guild, words, key)

    room.discord.announce = slow  # type: ignore[method-assign]
    done = await asyncio.wait_for(room.pausing.pause(GUILD, None, FIRST), 5)
    assert isinstance(done, Paused)
    assert not room.activity.quiet

    never.set()
    await room.activity.until_quiet()
    assert [words.title for words in room.discord.words.values()] == ["Enforcement is paused"]


async def test_a_paused_rule_asks_and_others_remove(room: Room) -> None:
    """With the words that say why."""
    await room.paused("vulgarity")

    asked = (await room.dossier(await room.judged("a bad post"))).case
    gone = (await room.dossier(await room.judged("hire me", 1))).case

    assert (asked.state, asked.action) == (CaseState.OPEN, Action.REVIEW)
    assert [one.because for one in asked.findings()] == [PAUSED]
    assert gone.action is Action.REMOVE


async def test_a_pause_of_everything_leaves_nothing_to_remove(room: Room) -> None:
    """Every rule asks."""
    await room.paused()

    case = (await room.dossier(await room.judged("a bad post, hire me"))).case

    assert case.action is Action.REVIEW


async def test_what_was_decided_and_not_tried_is_asked_about(room: Room) -> None:
    """The post stands, moderators are asked, and the member is told nothing."""
    case = await room.judged("a bad post")
    other = await room.judged("hire me", 1)

    done = await room.paused("vulgarity")

    assert (done.held_back, done.already) == (1, False)
    dossier = await room.dossier(case)
    assert (dossier.case.state, dossier.case.action) == (CaseState.OPEN, Action.REVIEW)
    assert [one.because for one in dossier.case.findings()] == [PAUSED]
    intents = {one.kind: one for one in dossier.intents}
    assert intents[IntentKind.DELETE].state is IntentState.DROPPED
    assert IntentKind.LOG_EDIT in intents
    assert [one.kind for one in dossier.rulings] == [RulingKind.REMOVED, RulingKind.VOIDED]
    assert case in room.begun
    (standing,) = (await room.dossier(other)).case.posts
    assert standing.action is Action.REMOVE


async def test_what_is_under_way_is_left_alone(room: Room) -> None:
    """It happens all the same: the case must not say that it did not."""
    case = await room.judged("a bad post")
    (delete,) = [one for one in await room.store.intents(case) if one.kind is IntentKind.DELETE]
    room.carrying.under_way = {delete.id}

    done = await room.paused()

    assert done.held_back == 0
    assert (await room.dossier(case)).case.action is Action.REMOVE


async def test_what_a_moderator_removes_is_not_held_back(room: Room) -> None:
    """The brake is for what Concord does by itself."""
    gone = rude()
    done = await room.carried(order(removes=(gone,)))

    paused = await room.paused()

    assert paused.held_back == 0
    intents = await room.intents(done.case)
    assert intents[f"delete:{gone.message}"].state is IntentState.PENDING


async def test_a_case_that_was_held_back_can_be_decided(room: Room) -> None:
    """Kept, or removed after all: as any case that asks."""
    kept, gone = await room.judged("a bad post"), await room.judged("hire me", 1)
    await room.paused()
    asked = (await room.dossier(gone)).case.posts

    await room.amended(kept, Amendment.KEEP)
    await room.carried(order(removes=asked, rule="solicitation"))

    assert (await room.dossier(kept)).case.state is CaseState.CLOSED
    dossier = await room.dossier(gone)
    assert [one.action for one in dossier.case.posts] == [Action.REMOVE]
    (delete,) = [one for one in dossier.intents if one.kind is IntentKind.DELETE]
    assert delete.state is IntentState.PENDING


async def test_nothing_of_it_is_in_the_members_record(room: Room) -> None:
    """They were told nothing, for nothing happened."""
    await room.judged("a bad post")
    await room.paused()

    assert (await room.casebook.record(GUILD, ADA, own=True)).cases == ()
    assert '"decisions": []' in await room.casebook.export(GUILD, ADA)


async def test_a_pause_outlives_a_restart(room: Room) -> None:
    """Also what was still to be removed when the process died."""
    await room.paused("vulgarity")
    case = await room.judged("hire me")
    await room.store.write(lambda tx: tx.pause(Pause(GUILD, None, FIRST.user, NOON)))

    room.begun.clear()
    room.start()
    await room.pausing.load()

    assert room.begun == []  # Discord is not known yet
    assert (await room.dossier(case)).case.action is Action.REVIEW
    later = await room.judged("a bad post", 1)
    assert (await room.dossier(later)).case.action is Action.REVIEW


async def test_what_was_judged_a_moment_before_is_held_back_when_it_is_committed(
    room: Room,
) -> None:
    """Nothing slips through between judging and committing."""
    write = room.store.write

    async def pausing_first(work: object) -> object:
        room.brake.hold(GUILD, [None])
        return await write(work)  # type: ignore[arg-type]

    room.store.write = pausing_first  # type: ignore[method-assign, assignment]
    case = await room.judged("a bad post")

    dossier = await room.dossier(case)
    assert dossier.case.action is Action.REVIEW
    assert {one.kind for one in dossier.intents} == {IntentKind.LOG}
    assert dossier.rulings == ()


async def test_a_pause_is_announced_once_and_a_second_one_says_so(room: Room) -> None:
    """The line names who pressed it."""
    await room.paused("vulgarity")
    again = await room.paused("vulgarity")

    assert again.already
    (said,) = room.discord.words.values()
    assert f"<@{FIRST.user}>" in said.paragraphs[0]
    assert "vulgarity" in said.paragraphs[0]


async def test_ending_a_pause_lets_rules_act_again(room: Room) -> None:
    """What was asked about meanwhile stays a question."""
    await room.paused()
    asked = await room.judged("a bad post")

    ended = await room.pausing.resume(GUILD, None, FIRST)
    again = await room.pausing.resume(GUILD, None, FIRST)

    assert (ended, again) == (True, False)
    assert (await room.dossier(await room.judged("hire me", 1))).case.action is Action.REMOVE
    assert (await room.dossier(asked)).case.state is CaseState.OPEN
    assert await room.pausing.pauses(GUILD) == ()


async def test_the_pause_of_one_rule_outlives_that_of_all(room: Room) -> None:
    """They are two."""
    await room.paused("vulgarity")
    await room.paused()

    await room.pausing.resume(GUILD, None, FIRST)
    await room.activity.until_quiet()

    *_, line = room.discord.words.values()
    assert "Paused still: the rule **vulgarity**" in line.paragraphs[1]
    assert room.brake.covers(GUILD, "vulgarity")
    assert not room.brake.covers(GUILD, "hate")


async def test_only_moderators_pull_the_brake_and_only_for_rules_there_are(room: Room) -> None:
    """In a sentence each."""
    stranger = await room.pausing.pause(GUILD, None, MEMBER)
    unknown = await room.pausing.pause(GUILD, "no-such", FIRST)
    ended = await room.pausing.resume(GUILD, None, MEMBER)

    assert isinstance(stranger, Refusal)
    assert isinstance(unknown, Refusal)
    assert isinstance(ended, Refusal)
    assert await room.pausing.pauses(GUILD) == ()


def test_a_brake_lowers_what_it_covers_and_nothing_else() -> None:
    """Findings of other rules, and what a moderator decided, stay as they are."""
    brake = Brake()
    brake.hold(GUILD, ["vulgarity"])
    theirs = replace(rude(), action=Action.REMOVE, ruling=7, findings=(finding(),))
    ours = replace(theirs, ruling=None)
    mixed = replace(ours, findings=(finding(), finding(rule_id="hate")))

    assert brake.held_back(GUILD, theirs) == theirs
    assert brake.held_back(GUILD, ours).action is Action.REVIEW
    assert brake.held_back(GUILD, mixed).action is Action.REMOVE
    assert brake.held_back(GUILD + 1, ours) == ours
