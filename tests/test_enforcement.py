"""Intents are carried out exactly once, whatever Discord answers and whenever the process dies."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.activity import Activity
from bot.docket import draft
from bot.enforcement import AT_A_TIME, PAUSES, Enforcement
from bot.model.action import Action
from bot.model.intent import SETTLED, Intent, IntentKind, IntentState
from bot.model.report import Report
from bot.ports import Enforcer, Outcome, Store
from bot.storage import open_store
from bot.wording import Wording
from tests.fake_crashes import Gate, GatedEnforcer, GatedStore
from tests.fakes import FakeClock, FakeEnforcer, Seen, Sent, sent, until
from tests.making import NOON, VERSIONS, finding, guidelines, post

WORDING = Wording(guidelines())


class Desk:
    """One guild's database with what works on it, and a Discord that follows a script."""

    def __init__(self, store: Store, discord: FakeEnforcer, clock: FakeClock) -> None:
        self.store = store
        self.discord = discord
        self.clock = clock
        self.enforcement = self.begin()

    def begin(self, gate: Gate | None = None) -> Enforcement:
        """Return an enforcement as a new process has it."""
        enforcer: Enforcer = self.discord
        store: Store = self.store
        if gate is not None:
            enforcer = GatedEnforcer(enforcer, gate)
            store = GatedStore(store, gate)  # type: ignore[assignment]
        return Enforcement(store, enforcer, self.clock, WORDING, Activity())

    async def decide(self, number: int = 0, action: Action = Action.REMOVE) -> int:
        """Commit a decision about a post; a second one joins the first one's case."""
        one = post(f"a bad post {number}", number=number)
        report = Report((finding(action, start=2, end=5),))
        known = await self.store.latest_case(one.guild, one.author, "vulgarity")
        held = draft(one, report, VERSIONS, NOON, earlier=known, log=True)
        return await self.store.write(lambda tx: tx.record(held))

    async def act(self, case: int) -> None:
        """Carry a case out as far as it goes now."""
        self.enforcement.carry_out((case,))
        await self.enforcement.activity.until_quiet()

    async def wait(self, case: int, by: timedelta) -> None:
        """Let time pass, and take up what is due then."""
        self.clock.advance(by)
        await self.act(case)

    async def restart(self) -> None:
        """Stop, and take up in a new process what is left."""
        await self.enforcement.stop()
        self.enforcement = self.begin()
        await self.enforcement.reconcile()
        await self.enforcement.activity.until_quiet()

    async def intents(self, case: int) -> dict[str, Intent]:
        """Return a case's intents by the kind's word; updates of the log by their order."""
        found: dict[str, Intent] = {}
        for one in await self.store.intents(case):
            name = one.kind.value
            found[name if name not in found else f"{name} {len(found)}"] = one
        return found

    async def states(self, case: int) -> dict[str, IntentState]:
        """Return how far a case's intents got."""
        return {name: one.state for name, one in (await self.intents(case)).items()}


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Desk]:
    """Open a fresh database."""
    async with open_store(folder / "concord.sqlite3") as store:
        desk = Desk(store, FakeEnforcer(), FakeClock())
        yield desk
        await desk.enforcement.stop()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A fresh database and a well-behaved Discord."""
    async with opened(tmp_path) as one:
        yield one


DONE, FAILED, UNKNOWN, DROPPED = (
    IntentState.DONE,
    IntentState.FAILED,
    IntentState.UNKNOWN,
    IntentState.DROPPED,
)


async def test_a_removal_is_deleted_then_told_then_logged(desk: Desk) -> None:
    """First enforced, then the member is told, then moderators read what came of it."""
    case = await desk.decide()
    await desk.act(case)

    assert desk.discord.requests() == ["delete", "tell", "log"]
    assert await desk.states(case) == {"delete": DONE, "notice": DONE, "log": DONE}
    line = desk.discord.words[sent(desk.discord, await desk.store.intents(case), IntentKind.LOG)[0]]
    assert line.title == "C-1 · post removed"
    assert "The member was told: by direct message." in line.paragraphs


async def test_a_question_is_logged_and_nothing_else(desk: Desk) -> None:
    """The post stays, its author hears nothing."""
    await desk.act(await desk.decide(action=Action.REVIEW))
    assert desk.discord.requests() == ["log"]
    assert desk.discord.deleted == set()


async def test_what_is_settled_is_never_done_again(desk: Desk) -> None:
    """Neither at once nor by another process."""
    case = await desk.decide()
    await desk.act(case)
    await desk.act(case)
    await desk.restart()
    assert desk.discord.requests() == ["delete", "tell", "log"]


async def test_a_refused_removal_is_told_to_moderators_and_not_to_the_member(desk: Desk) -> None:
    """The notice is dropped, for nothing was removed; the line says why and stands out."""
    desk.discord.plan("delete", Sent.REFUSED)
    case = await desk.decide()
    await desk.act(case)

    assert desk.discord.requests() == ["delete", "log"]
    assert await desk.states(case) == {"delete": FAILED, "notice": DROPPED, "log": DONE}
    (line,) = desk.discord.words.values()
    assert line.title == "C-1 · the post is still there"
    assert "⚠️ Removing the post did not work: Concord is not allowed to." in line.paragraphs
    assert line.alert


@pytest.mark.parametrize("step", [Sent.LATER, Sent.NEVER, Sent.LOST])
async def test_a_stuck_removal_is_repeated_while_the_line_is_already_written(
    desk: Desk, step: Sent
) -> None:
    """Moderators know at once; the member is told once the post is gone; then the line is right."""
    desk.discord.plan("delete", step)
    case = await desk.decide()
    await desk.act(case)

    assert desk.discord.requests() == ["delete", "log"]
    (line,) = desk.discord.words.values()
    assert line.title == "C-1 · the post is still there"
    assert any("will be tried again" in words for words in line.paragraphs)

    await desk.wait(case, PAUSES[0])

    assert desk.discord.requests("delete", "tell", "log") == ["delete", "log", "delete", "tell"]
    line = desk.discord.words[desk.discord.edits[-1]]
    assert line.title == "C-1 · post removed"
    assert not line.alert
    assert {one.state for one in await desk.store.intents(case)} <= {DONE, DROPPED}


async def test_a_refused_notice_is_shown_in_the_line(desk: Desk) -> None:
    """Closed messages and no thread: moderators can tell the member themselves."""
    desk.discord.plan("tell", Sent.REFUSED)
    case = await desk.decide()
    await desk.act(case)

    assert (await desk.states(case))["notice"] is FAILED
    (line,) = desk.discord.words.values()
    assert "⚠️ Telling the member did not work: Concord is not allowed to." in line.paragraphs


@pytest.mark.parametrize(("request_", "kind"), [("tell", "notice"), ("log", "log")])
async def test_a_message_without_an_answer_is_looked_for_before_anything_else(
    desk: Desk, request_: str, kind: str
) -> None:
    """Found, it counts as sent."""
    desk.discord.plan(request_, Sent.LOST)
    case = await desk.decide()
    await desk.act(case)

    intent = (await desk.intents(case))[kind]
    assert intent.state is DONE
    assert desk.discord.messages[intent.nonce] == [intent.result]
    assert desk.discord.requests().count(request_) == 1


@pytest.mark.parametrize(("request_", "kind"), [("tell", "notice"), ("log", "log")])
async def test_a_message_that_did_not_arrive_is_sent_again_with_the_same_nonce(
    desk: Desk, request_: str, kind: str
) -> None:
    """At once a few times, then after a pause; each is looked for before the next."""
    desk.discord.plan(request_, *[Sent.NEVER] * AT_A_TIME)
    case = await desk.decide()
    await desk.act(case)
    assert (await desk.states(case))[kind] is IntentState.ATTEMPTED
    assert desk.discord.requests(request_) == [request_] * AT_A_TIME

    await desk.wait(case, PAUSES[0])

    intent = (await desk.intents(case))[kind]
    assert intent.state is DONE
    assert desk.discord.messages[intent.nonce] == [intent.result]
    asked = [name for name in desk.discord.requests() if name in (request_, f"find_{kind}")]
    assert asked == [request_, f"find_{kind}"] * AT_A_TIME + [f"find_{kind}", request_]


async def test_between_attempts_it_waits_as_long_as_it_says(desk: Desk) -> None:
    """Not before the pause is over, and the pauses grow."""
    desk.discord.plan("delete", *[Sent.LATER] * 3)
    case = await desk.decide()
    await desk.act(case)
    for pause in PAUSES[:3]:
        before = desk.discord.requests().count("delete")
        await desk.wait(case, pause - timedelta(seconds=1))
        assert desk.discord.requests().count("delete") == before
        await desk.wait(case, timedelta(seconds=1))
        assert desk.discord.requests().count("delete") == before + 1
    assert (await desk.states(case))["delete"] is DONE


@pytest.mark.parametrize(
    ("step", "state", "because"),
    [
        (Sent.LATER, FAILED, "Discord asked us to slow down"),
        (Sent.NEVER, UNKNOWN, "Discord did not answer"),
    ],
)
@pytest.mark.parametrize(("request_", "kind"), [("delete", "delete"), ("tell", "notice")])
async def test_after_the_last_pause_it_gives_up_and_says_so(
    desk: Desk, request_: str, kind: str, step: Sent, state: IntentState, because: str
) -> None:
    """As many attempts as pauses and one; what may have happened is called unknown."""
    desk.discord.plan(request_, *[step] * 100)
    case = await desk.decide()
    await desk.act(case)
    for pause in PAUSES:
        assert (await desk.states(case))[kind] not in SETTLED
        await desk.wait(case, pause)

    intent = (await desk.intents(case))[kind]
    assert intent.state is state
    assert intent.outcome == f"given up after {len(PAUSES) + 1} attempts: {because}"
    line = desk.discord.words[desk.discord.edits[-1]]
    assert any("given up" in words for words in line.paragraphs)


async def test_looking_for_a_message_in_vain_ends_too(desk: Desk) -> None:
    """If Discord never answers the question whether it arrived, it stays unknown."""
    desk.discord.plan("tell", Sent.LOST)
    desk.discord.plan("find_notice", *[Seen.UNANSWERED] * 100)
    case = await desk.decide()
    await desk.act(case)
    for pause in PAUSES:
        assert (await desk.states(case))["notice"] is IntentState.ATTEMPTED
        await desk.wait(case, pause)

    notice = (await desk.intents(case))["notice"]
    assert notice.state is UNKNOWN
    assert len(desk.discord.messages[notice.nonce]) == 1
    assert desk.discord.requests("tell") == ["tell"]


async def _attempted(desk: Desk, kind: IntentKind, *, arrived: bool) -> int:
    """Leave a case as a process does that died right after, or right before, sending a message."""
    case = await desk.decide()
    request_ = "tell" if kind is IntentKind.NOTICE else "log"
    steps = {IntentKind.NOTICE: 1, IntentKind.LOG: 2}[kind]
    desk.discord.plan(request_, Sent.LOST if arrived else Sent.NEVER)
    # The process dies when it hears of its first message's fate: count requests, not steps.
    gate = Gate()
    died = desk.begin(gate)
    asked = desk.discord.asked

    class Dying(GatedEnforcer):
        async def find_notice(self, *_: object) -> Outcome:
            gate.closed.set()
            return await asyncio.Event().wait()  # type: ignore[return-value]

        async def find_log(self, *_: object) -> Outcome:
            gate.closed.set()
            return await asyncio.Event().wait()  # type: ignore[return-value]

    died.enforcer = Dying(desk.discord, gate)
    died.carry_out((case,))
    await asyncio.wait_for(gate.closed.wait(), 10)
    await died.stop()
    assert [name for name, _ in asked].count(request_) == 1
    assert len(asked) == steps + 1
    return case


MESSAGES = [
    (IntentKind.NOTICE, "tell", "find_notice"),
    (IntentKind.LOG, "log", "find_log"),
]


@pytest.mark.parametrize(("kind", "send", "find"), MESSAGES)
async def test_after_a_crash_a_message_that_is_there_is_not_sent_again(
    desk: Desk, kind: IntentKind, send: str, find: str
) -> None:
    """An attempted message is read back first."""
    case = await _attempted(desk, kind, arrived=True)
    await desk.restart()

    intent = (await desk.intents(case))[kind.value]
    assert intent.state is DONE
    assert desk.discord.requests(send, find) == [send, find]
    assert desk.discord.messages[intent.nonce] == [intent.result]


@pytest.mark.parametrize(("kind", "send", "find"), MESSAGES)
async def test_after_a_crash_a_message_that_is_not_there_is_sent_again(
    desk: Desk, kind: IntentKind, send: str, find: str
) -> None:
    """With the nonce of the first attempt."""
    case = await _attempted(desk, kind, arrived=False)
    await desk.restart()

    intent = (await desk.intents(case))[kind.value]
    assert intent.state is DONE
    assert desk.discord.requests(send, find) == [send, find, send]
    assert desk.discord.messages[intent.nonce] == [intent.result]


@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize(("kind", "send", "find"), MESSAGES)
async def test_after_a_crash_a_message_that_cannot_be_read_back_stays_unknown(
    desk: Desk, kind: IntentKind, send: str, find: str, *, arrived: bool
) -> None:
    """It is shown to moderators, and never sent again."""
    case = await _attempted(desk, kind, arrived=arrived)
    desk.discord.plan(find, Seen.REFUSED)
    await desk.restart()
    await desk.restart()

    intent = (await desk.intents(case))[kind.value]
    assert intent.state is UNKNOWN
    assert "not known" in intent.outcome
    assert desk.discord.requests(send, find) == [send, find]


async def test_after_a_crash_an_outage_while_reading_back_is_waited_out(desk: Desk) -> None:
    """No answer is not a no."""
    case = await _attempted(desk, IntentKind.LOG, arrived=True)
    desk.discord.plan("find_log", Seen.UNANSWERED)
    await desk.restart()
    assert (await desk.states(case))["log"] is IntentState.ATTEMPTED

    await desk.wait(case, timedelta(hours=1))
    assert (await desk.states(case))["log"] is DONE
    assert desk.discord.requests("log") == ["log"]


async def test_a_line_that_arrived_without_an_answer_is_brought_up_to_date_once_it_is_found(
    desk: Desk,
) -> None:
    """It was written while the post still stood; what happened since must not be missing."""
    desk.discord.plan("delete", Sent.LATER)
    desk.discord.plan("log", Sent.LOST)
    desk.discord.plan("find_log", Seen.UNANSWERED)
    case = await desk.decide()
    await desk.act(case)
    assert (await desk.states(case))["log"] is IntentState.ATTEMPTED

    await desk.wait(case, timedelta(hours=1))

    (message,) = sent(desk.discord, await desk.store.intents(case), IntentKind.LOG)
    assert desk.discord.words[message].title == "C-1 · post removed"


async def test_an_update_waits_for_its_line(desk: Desk) -> None:
    """A burst's second post updates the line even if the line itself had to be tried twice."""
    desk.discord.plan("log", Sent.LOST)
    desk.discord.plan("find_log", Seen.UNANSWERED)
    case = await desk.decide()
    await desk.act(case)
    assert await desk.decide(number=1) == case
    await desk.act(case)
    await desk.wait(case, timedelta(hours=1))

    (message,) = sent(desk.discord, await desk.store.intents(case), IntentKind.LOG)
    assert desk.discord.words[message].title == "C-1 · 2 posts removed"


async def test_a_burst_is_one_notice_and_one_line(desk: Desk) -> None:
    """Posts that follow are removed, and the line counts them."""
    case = await desk.decide()
    await desk.act(case)
    for number in (1, 2):
        assert await desk.decide(number=number) == case
        await desk.act(case)

    assert len(desk.discord.deleted) == 3
    assert desk.discord.requests("tell", "log") == ["tell", "log"]
    line = desk.discord.words[desk.discord.edits[-1]]
    assert line.title == "C-1 · 3 posts removed"


async def test_of_several_updates_only_the_last_is_made(desk: Desk) -> None:
    """It says all that the earlier ones would have said."""
    case = await desk.decide()
    await desk.act(case)
    for number in (1, 2, 3):
        await desk.decide(number=number)
    await desk.act(case)

    assert desk.discord.requests("edit_log") == ["edit_log"]
    updates = [s for n, s in (await desk.states(case)).items() if n.startswith("log-edit")]
    assert updates == [DROPPED] * (len(updates) - 1) + [DONE]


async def test_without_a_line_there_is_nothing_to_bring_up_to_date(desk: Desk) -> None:
    """A line that could never be written has no updates."""
    desk.discord.plan("log", Sent.REFUSED)
    case = await desk.decide()
    await desk.act(case)
    await desk.decide(number=1)
    await desk.act(case)

    assert desk.discord.requests("edit_log") == []
    assert {one.state for one in await desk.store.intents(case)} <= SETTLED


async def test_work_that_is_asked_for_while_it_is_done_is_done_once_more(desk: Desk) -> None:
    """A second post's intents that come while the first is carried out are not forgotten."""
    case = await desk.decide()
    desk.enforcement.carry_out((case,))
    await desk.decide(number=1)
    desk.enforcement.carry_out((case, case))
    await desk.enforcement.activity.until_quiet()

    assert len(desk.discord.deleted) == 2
    assert await desk.store.unsettled() == ()


async def test_a_case_that_cannot_be_worked_on_is_taken_up_again(desk: Desk) -> None:
    """An unexpected error is logged and neither ends the others nor is forgotten."""
    case = await desk.decide()
    delete = desk.discord.delete
    failures = [RuntimeError("unexpected")]

    async def failing(intent: Intent) -> Outcome:
        if failures:
            raise failures.pop()
        return await delete(intent)

    desk.discord.delete = failing  # type: ignore[method-assign]
    background = asyncio.create_task(desk.enforcement.run())
    await desk.act(case)
    assert (await desk.states(case))["delete"] is IntentState.PENDING

    await until(lambda: desk.clock.next_wake is not None)
    desk.clock.advance(PAUSES[0])
    await until(lambda: bool(desk.discord.deleted))
    await desk.enforcement.activity.until_quiet()
    assert await desk.states(case) == {"delete": DONE, "notice": DONE, "log": DONE}
    background.cancel()


async def test_what_was_put_off_is_taken_up_when_its_time_has_come(desk: Desk) -> None:
    """By the running service itself, also if it was put off by an earlier process."""
    desk.discord.plan("delete", Sent.LATER)
    case = await desk.decide()
    await desk.act(case)
    await desk.restart()
    background = asyncio.create_task(desk.enforcement.run())
    await until(lambda: desk.clock.next_wake == NOON + PAUSES[0])

    desk.clock.advance(PAUSES[0])
    await until(lambda: bool(desk.discord.deleted))
    await desk.enforcement.activity.until_quiet()
    assert await desk.store.unsettled() == ()
    background.cancel()


async def test_stopping_begins_nothing_new_and_leaves_intents_for_the_next_start(
    desk: Desk,
) -> None:
    """What was cancelled half-way is finished by the next process."""
    case = await desk.decide()
    gate = Gate(steps=4)
    first = desk.begin(gate)
    first.carry_out((case,))
    await asyncio.wait_for(gate.closed.wait(), 10)
    await first.stop()
    first.carry_out((case,))
    assert first.activity.quiet
    assert await desk.store.unsettled() != ()

    await desk.restart()
    assert await desk.store.unsettled() == ()


sends = st.lists(st.sampled_from(Sent), max_size=5)
looks = st.lists(st.sampled_from(Seen), max_size=4)
scripts = st.fixed_dictionaries(
    {
        "delete": sends,
        "tell": sends,
        "log": sends,
        "edit_log": sends,
        "find_notice": looks,
        "find_log": looks,
    }
)
LIVES = 40 if os.environ.get("CONCORD_LONG") != "1" else 2000


async def _settled(enforcement: Enforcement, store: Store, clock: FakeClock) -> None:
    for _ in range(100):
        await enforcement.activity.until_quiet()
        if not await store.unsettled():
            return
        clock.advance(timedelta(hours=4))
        for _ in range(10):
            await asyncio.sleep(0)
    raise AssertionError(await store.unsettled())


async def _live(
    script: dict[str, list[Sent | Seen]], crashes: Iterable[int], posts: int
) -> tuple[FakeEnforcer, tuple[Intent, ...], str]:
    """Decide about posts, die some times while carrying that out, and finish undisturbed."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Path(folder)) as desk:
            for request_, steps in script.items():
                desk.discord.plan(request_, *steps)
            case = await desk.decide()
            decided = 1
            for steps in crashes:
                gate = Gate(steps)
                life = desk.begin(gate)
                background = asyncio.create_task(life.run())
                life.carry_out((case,))
                dying = asyncio.create_task(gate.closed.wait())
                quiet = asyncio.create_task(life.activity.until_quiet())
                await asyncio.wait({dying, quiet}, return_when=asyncio.FIRST_COMPLETED)
                dying.cancel()
                quiet.cancel()
                await life.stop()
                background.cancel()
                await asyncio.gather(background, dying, quiet, return_exceptions=True)
                desk.clock.advance(timedelta(minutes=20))
                if decided < posts:
                    assert await desk.decide(number=decided) == case
                    decided += 1
            life = desk.begin()
            background = asyncio.create_task(life.run())
            await life.reconcile()
            await _settled(life, desk.store, desk.clock)
            background.cancel()
            await life.stop()
            await asyncio.gather(background, return_exceptions=True)
            intents = await desk.store.intents(case)
            whole = await desk.store.case(case)
            assert whole is not None
            log = next(one for one in intents if one.kind is IntentKind.LOG)
            due = WORDING.log_line(whole, intents, log.token)
            return desk.discord, intents, repr(due)


@given(
    script=scripts,
    crashes=st.lists(st.integers(0, 25), max_size=4),
    posts=st.integers(1, 3),
)
@settings(max_examples=LIVES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_is_done_twice_and_nothing_is_missing_without_a_word(
    script: dict[str, list[Sent | Seen]], crashes: list[int], posts: int
) -> None:
    """Whatever Discord answers and whenever the process dies."""
    with capture_logs():
        discord, intents, due = asyncio.run(_live(script, crashes, posts))

    assert all(one.state in SETTLED for one in intents)
    for one in intents:
        made = discord.messages.get(one.nonce, [])
        assert len(made) <= 1, "nothing twice"
        if one.kind in (IntentKind.NOTICE, IntentKind.LOG):
            if one.state is DONE:
                assert made == [one.result]
            elif one.state in (FAILED, DROPPED):
                assert made == []
        if one.kind is IntentKind.DELETE and one.state is DONE:
            assert one.message in discord.deleted
        if one.state is not DONE:
            assert one.outcome, "what did not happen says why"
    kinds = discord.requests()
    if "tell" in kinds:
        assert discord.deleted, "nobody is told of a removal that did not happen"
        assert kinds.index("delete") < kinds.index("tell")
    log = next(one for one in intents if one.kind is IntentKind.LOG)
    updates = [one for one in intents if one.kind is IntentKind.LOG_EDIT]
    if log.state is DONE and all(one.state in (DONE, DROPPED) for one in updates):
        assert log.result is not None
        assert repr(discord.words[log.result]) == due, "the line says how it ended"
