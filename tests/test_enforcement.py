"""Intents are carried out in order, once, and what went wrong is said."""

import asyncio
from datetime import timedelta

import pytest

from bot.enforcement import AT_A_TIME, PAUSES
from bot.model.action import Action
from bot.model.intent import SETTLED, Intent, IntentKind, IntentState
from bot.ports import Outcome
from tests.enforcing import Scene
from tests.fake_crashes import Gate
from tests.fakes import Seen, Sent, sent, until
from tests.making import NOON

DONE, FAILED, UNKNOWN, DROPPED = (
    IntentState.DONE,
    IntentState.FAILED,
    IntentState.UNKNOWN,
    IntentState.DROPPED,
)


async def test_a_removal_is_deleted_then_told_then_logged(scene: Scene) -> None:
    """First enforced, then the member is told, then moderators read what came of it."""
    case = await scene.decide()
    await scene.act(case)

    assert scene.discord.requests() == ["delete", "tell", "log"]
    assert await scene.states(case) == {"delete": DONE, "notice": DONE, "log": DONE}
    line = scene.discord.words[
        sent(scene.discord, await scene.store.intents(case), IntentKind.LOG)[0]
    ]
    assert line.title == "C-1 · post removed"
    assert "The member was told: by direct message." in line.paragraphs


async def test_a_question_is_logged_and_nothing_else(scene: Scene) -> None:
    """The post stays, its author hears nothing."""
    await scene.act(await scene.decide(action=Action.REVIEW))
    assert scene.discord.requests() == ["log"]
    assert scene.discord.deleted == set()


async def test_what_is_settled_is_never_done_again(scene: Scene) -> None:
    """Neither at once nor by another process."""
    case = await scene.decide()
    await scene.act(case)
    await scene.act(case)
    await scene.restart()
    assert scene.discord.requests() == ["delete", "tell", "log"]


async def test_a_refused_removal_is_told_to_moderators_and_not_to_the_member(scene: Scene) -> None:
    """The notice is dropped, for nothing was removed; the line says why and stands out."""
    scene.discord.plan("delete", Sent.REFUSED)
    case = await scene.decide()
    await scene.act(case)

    assert scene.discord.requests() == ["delete", "log"]
    assert await scene.states(case) == {"delete": FAILED, "notice": DROPPED, "log": DONE}
    (line,) = scene.discord.words.values()
    assert line.title == "C-1 · the post is still there"
    assert "⚠️ Removing the post did not work: Concord is not allowed to." in line.paragraphs
    assert line.alert


@pytest.mark.parametrize("step", [Sent.LATER, Sent.NEVER, Sent.LOST])
async def test_a_stuck_removal_is_repeated_while_the_line_is_already_written(
    scene: Scene, step: Sent
) -> None:
    """Moderators know at once; the member is told once the post is gone; then the line is right."""
    scene.discord.plan("delete", step)
    case = await scene.decide()
    await scene.act(case)

    assert scene.discord.requests() == ["delete", "log"]
    (line,) = scene.discord.words.values()
    assert line.title == "C-1 · the post is still there"
    assert any("will be tried again" in words for words in line.paragraphs)

    await scene.wait(case, PAUSES[0])

    assert scene.discord.requests("delete", "tell", "log") == ["delete", "log", "delete", "tell"]
    line = scene.discord.words[scene.discord.edits[-1]]
    gone = "the post was gone already" if step is Sent.LOST else "post removed"
    assert line.title == f"C-1 · {gone}"
    assert not line.alert
    assert {one.state for one in await scene.store.intents(case)} <= {DONE, DROPPED}


async def test_a_refused_notice_is_shown_in_the_line(scene: Scene) -> None:
    """Closed messages and no thread: moderators can tell the member themselves."""
    scene.discord.plan("tell", Sent.REFUSED)
    case = await scene.decide()
    await scene.act(case)

    assert (await scene.states(case))["notice"] is FAILED
    (line,) = scene.discord.words.values()
    assert "⚠️ Telling the member did not work: Concord is not allowed to." in line.paragraphs


@pytest.mark.parametrize(("request_", "kind"), [("tell", "notice"), ("log", "log")])
async def test_a_message_without_an_answer_is_looked_for_before_anything_else(
    scene: Scene, request_: str, kind: str
) -> None:
    """Found, it counts as sent."""
    scene.discord.plan(request_, Sent.LOST)
    case = await scene.decide()
    await scene.act(case)

    intent = (await scene.intents(case))[kind]
    assert intent.state is DONE
    assert scene.discord.messages[intent.nonce] == [intent.result]
    assert scene.discord.requests().count(request_) == 1


@pytest.mark.parametrize(("request_", "kind"), [("tell", "notice"), ("log", "log")])
async def test_a_message_that_did_not_arrive_is_sent_again_with_the_same_nonce(
    scene: Scene, request_: str, kind: str
) -> None:
    """At once a few times, then after a pause; each is looked for before the next."""
    scene.discord.plan(request_, *[Sent.NEVER] * AT_A_TIME)
    case = await scene.decide()
    await scene.act(case)
    assert (await scene.states(case))[kind] is IntentState.ATTEMPTED
    assert scene.discord.requests(request_) == [request_] * AT_A_TIME

    await scene.wait(case, PAUSES[0])

    intent = (await scene.intents(case))[kind]
    assert intent.state is DONE
    assert scene.discord.messages[intent.nonce] == [intent.result]
    asked = [name for name in scene.discord.requests() if name in (request_, f"find_{kind}")]
    assert asked == [request_, f"find_{kind}"] * AT_A_TIME + [f"find_{kind}", request_]


async def test_between_attempts_it_waits_as_long_as_it_says(scene: Scene) -> None:
    """Not before the pause is over, and the pauses grow."""
    scene.discord.plan("delete", *[Sent.LATER] * 3)
    case = await scene.decide()
    await scene.act(case)
    for pause in PAUSES[:3]:
        before = scene.discord.requests().count("delete")
        await scene.wait(case, pause - timedelta(seconds=1))
        assert scene.discord.requests().count("delete") == before
        await scene.wait(case, timedelta(seconds=1))
        assert scene.discord.requests().count("delete") == before + 1
    assert (await scene.states(case))["delete"] is DONE


@pytest.mark.parametrize(
    ("step", "state", "because"),
    [
        (Sent.LATER, FAILED, "Discord asked us to slow down"),
        (Sent.NEVER, UNKNOWN, "Discord did not answer"),
    ],
)
@pytest.mark.parametrize(("request_", "kind"), [("delete", "delete"), ("tell", "notice")])
async def test_after_the_last_pause_it_gives_up_and_says_so(
    scene: Scene, request_: str, kind: str, step: Sent, state: IntentState, because: str
) -> None:
    """As many attempts as pauses and one; what may have happened is called unknown."""
    scene.discord.plan(request_, *[step] * 100)
    case = await scene.decide()
    await scene.act(case)
    for pause in PAUSES:
        assert (await scene.states(case))[kind] not in SETTLED
        await scene.wait(case, pause)

    intent = (await scene.intents(case))[kind]
    assert intent.state is state
    assert intent.outcome == f"given up after {len(PAUSES) + 1} attempts: {because}"
    line = scene.discord.words[scene.discord.edits[-1]]
    assert any("given up" in words for words in line.paragraphs)


async def test_looking_for_a_message_in_vain_ends_too(scene: Scene) -> None:
    """If Discord never answers the question whether it arrived, it stays unknown."""
    scene.discord.plan("tell", Sent.LOST)
    scene.discord.plan("find_notice", *[Seen.UNANSWERED] * 100)
    case = await scene.decide()
    await scene.act(case)
    for pause in PAUSES:
        assert (await scene.states(case))["notice"] is IntentState.ATTEMPTED
        await scene.wait(case, pause)

    notice = (await scene.intents(case))["notice"]
    assert notice.state is UNKNOWN
    assert len(scene.discord.messages[notice.nonce]) == 1
    assert scene.discord.requests("tell") == ["tell"]


async def test_a_line_that_arrived_without_an_answer_is_brought_up_to_date_once_it_is_found(
    scene: Scene,
) -> None:
    """It was written while the post still stood; what happened since must not be missing."""
    scene.discord.plan("delete", Sent.LATER)
    scene.discord.plan("log", Sent.LOST)
    scene.discord.plan("find_log", Seen.UNANSWERED)
    case = await scene.decide()
    await scene.act(case)
    assert (await scene.states(case))["log"] is IntentState.ATTEMPTED

    await scene.wait(case, timedelta(hours=1))

    (message,) = sent(scene.discord, await scene.store.intents(case), IntentKind.LOG)
    assert scene.discord.words[message].title == "C-1 · post removed"


async def test_an_update_waits_for_its_line(scene: Scene) -> None:
    """A burst's second post updates the line even if the line itself had to be tried twice."""
    scene.discord.plan("log", Sent.LOST)
    scene.discord.plan("find_log", Seen.UNANSWERED)
    case = await scene.decide()
    await scene.act(case)
    assert await scene.decide(number=1) == case
    await scene.act(case)
    await scene.wait(case, timedelta(hours=1))

    (message,) = sent(scene.discord, await scene.store.intents(case), IntentKind.LOG)
    assert scene.discord.words[message].title == "C-1 · 2 posts removed"


async def test_a_burst_is_one_notice_and_one_line(scene: Scene) -> None:
    """Posts that follow are removed, and the line counts them."""
    case = await scene.decide()
    await scene.act(case)
    for number in (1, 2):
        assert await scene.decide(number=number) == case
        await scene.act(case)

    assert len(scene.discord.deleted) == 3
    assert scene.discord.requests("tell", "log") == ["tell", "log"]
    line = scene.discord.words[scene.discord.edits[-1]]
    assert line.title == "C-1 · 3 posts removed"


async def test_of_several_updates_only_the_last_is_made(scene: Scene) -> None:
    """It says all that the earlier ones would have said."""
    case = await scene.decide()
    await scene.act(case)
    for number in (1, 2, 3):
        await scene.decide(number=number)
    await scene.act(case)

    assert scene.discord.requests("edit_log") == ["edit_log"]
    updates = [s for n, s in (await scene.states(case)).items() if n.startswith("log-edit")]
    assert updates == [DROPPED] * (len(updates) - 1) + [DONE]


async def test_without_a_line_there_is_nothing_to_bring_up_to_date(scene: Scene) -> None:
    """A line that could never be written has no updates."""
    scene.discord.plan("log", Sent.REFUSED)
    case = await scene.decide()
    await scene.act(case)
    await scene.decide(number=1)
    await scene.act(case)

    assert scene.discord.requests("edit_log") == []
    assert {one.state for one in await scene.store.intents(case)} <= SETTLED


async def test_work_that_is_asked_for_while_it_is_done_is_done_once_more(scene: Scene) -> None:
    """A second post's intents that come while the first is carried out are not forgotten."""
    case = await scene.decide()
    scene.enforcement.carry_out((case,))
    await scene.decide(number=1)
    scene.enforcement.carry_out((case, case))
    await scene.enforcement.activity.until_quiet()

    assert len(scene.discord.deleted) == 2
    assert await scene.store.unsettled() == ()


async def test_a_case_that_cannot_be_worked_on_is_taken_up_again(scene: Scene) -> None:
    """An unexpected error is logged and neither ends the others nor is forgotten."""
    case = await scene.decide()
    delete = scene.discord.delete
    failures = [RuntimeError("unexpected")]

    async def failing(intent: Intent) -> Outcome:
        if failures:
            raise failures.pop()
        return await delete(intent)

    scene.discord.delete = failing  # type: ignore[method-assign]
    background = asyncio.create_task(scene.enforcement.run())
    await scene.act(case)
    assert (await scene.states(case))["delete"] is IntentState.PENDING

    await until(lambda: scene.clock.next_wake is not None)
    scene.clock.advance(PAUSES[0])
    await until(lambda: bool(scene.discord.deleted))
    await scene.enforcement.activity.until_quiet()
    assert await scene.states(case) == {"delete": DONE, "notice": DONE, "log": DONE}
    background.cancel()


async def test_what_was_put_off_is_taken_up_when_its_time_has_come(scene: Scene) -> None:
    """By the running service itself, also if it was put off by an earlier process."""
    scene.discord.plan("delete", Sent.LATER)
    case = await scene.decide()
    await scene.act(case)
    await scene.restart()
    background = asyncio.create_task(scene.enforcement.run())
    await until(lambda: scene.clock.next_wake == NOON + PAUSES[0])

    scene.clock.advance(PAUSES[0])
    await until(lambda: bool(scene.discord.deleted))
    await scene.enforcement.activity.until_quiet()
    assert await scene.store.unsettled() == ()
    background.cancel()


async def test_stopping_begins_nothing_new_and_leaves_intents_for_the_next_start(
    scene: Scene,
) -> None:
    """What was cancelled half-way is finished by the next process."""
    case = await scene.decide()
    gate = Gate(steps=4)
    first = scene.begin(gate)
    first.carry_out((case,))
    await asyncio.wait_for(gate.closed.wait(), 10)
    await first.stop()
    first.carry_out((case,))
    assert first.activity.quiet
    assert await scene.store.unsettled() != ()

    await scene.restart()
    assert await scene.store.unsettled() == ()
