"""Nothing twice, and something missing only where a case says so."""

import asyncio
import os
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.enforcement import Enforcement
from bot.model.intent import SETTLED, Intent, IntentKind, IntentState
from bot.ports import Store
from tests.enforcing import WORDING, opened
from tests.fake_crashes import Gate
from tests.fakes import FakeClock, FakeEnforcer, Seen, Sent

DONE, FAILED, DROPPED = IntentState.DONE, IntentState.FAILED, IntentState.DROPPED

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
        async with opened(Path(folder)) as scene:
            for request_, steps in script.items():
                scene.discord.plan(request_, *steps)
            case = await scene.decide()
            decided = 1
            for steps in crashes:
                gate = Gate(steps)
                life = scene.begin(gate)
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
                scene.clock.advance(timedelta(minutes=20))
                if decided < posts:
                    assert await scene.decide(number=decided) == case
                    decided += 1
            life = scene.begin()
            background = asyncio.create_task(life.run())
            await life.reconcile()
            await _settled(life, scene.store, scene.clock)
            background.cancel()
            await life.stop()
            await asyncio.gather(background, return_exceptions=True)
            intents = await scene.store.intents(case)
            whole = await scene.store.case(case)
            assert whole is not None
            log = next(one for one in intents if one.kind is IntentKind.LOG)
            due = WORDING.log_line(whole, intents, log.token)
            return scene.discord, intents, repr(due)


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
    if any(one.kind is IntentKind.DELETE and one.state is DONE for one in intents):
        assert not any(one.kind is IntentKind.NOTICE and one.state is DROPPED for one in intents), (
            "nobody loses a post without a word"
        )
    kinds = discord.requests()
    if "tell" in kinds:
        assert discord.deleted, "nobody is told of a removal that did not happen"
        assert kinds.index("delete") < kinds.index("tell")
    log = next(one for one in intents if one.kind is IntentKind.LOG)
    updates = [one for one in intents if one.kind is IntentKind.LOG_EDIT]
    if log.state is DONE and all(one.state in (DONE, DROPPED) for one in updates):
        assert log.result is not None
        assert repr(discord.words[log.result]) == due, "the line says how it ended"
