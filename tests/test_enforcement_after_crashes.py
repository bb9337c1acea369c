"""After a crash a message is read back before it is sent again."""

import asyncio
from datetime import timedelta

import pytest

from bot.model.intent import IntentKind, IntentState
from bot.ports import Outcome
from tests.enforcing import Scene
from tests.fake_crashes import Gate, Gated
from tests.fakes import Seen, Sent

DONE, UNKNOWN = IntentState.DONE, IntentState.UNKNOWN


async def _attempted(scene: Scene, kind: IntentKind, *, arrived: bool) -> int:
    """Leave a case as a process does that died right after, or right before, sending a message."""
    case = await scene.decide()
    request_ = "tell" if kind is IntentKind.NOTICE else "log"
    steps = {IntentKind.NOTICE: 1, IntentKind.LOG: 2}[kind]
    scene.discord.plan(request_, Sent.LOST if arrived else Sent.NEVER)
    # The process dies when it hears of its first message's fate: count requests, not steps.
    gate = Gate()
    asked = scene.discord.asked

    class Dying(Gated):
        async def find_notice(self, *_: object) -> Outcome:
            gate.closed.set()
            return await asyncio.Event().wait()  # type: ignore[return-value]

        async def find_log(self, *_: object) -> Outcome:
            gate.closed.set()
            return await asyncio.Event().wait()  # type: ignore[return-value]

    died = scene.begin(enforcer=Dying(scene.discord, gate))  # type: ignore[arg-type]
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
    scene: Scene, kind: IntentKind, send: str, find: str
) -> None:
    """An attempted message is read back first."""
    case = await _attempted(scene, kind, arrived=True)
    await scene.restart()

    intent = (await scene.intents(case))[kind.value]
    assert intent.state is DONE
    assert scene.discord.requests(send, find) == [send, find]
    assert scene.discord.messages[intent.nonce] == [intent.result]


@pytest.mark.parametrize(("kind", "send", "find"), MESSAGES)
async def test_after_a_crash_a_message_that_is_not_there_is_sent_again(
    scene: Scene, kind: IntentKind, send: str, find: str
) -> None:
    """With the nonce of the first attempt."""
    case = await _attempted(scene, kind, arrived=False)
    await scene.restart()

    intent = (await scene.intents(case))[kind.value]
    assert intent.state is DONE
    assert scene.discord.requests(send, find) == [send, find, send]
    assert scene.discord.messages[intent.nonce] == [intent.result]


@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize(("kind", "send", "find"), MESSAGES)
async def test_after_a_crash_a_message_that_cannot_be_read_back_stays_unknown(
    scene: Scene, kind: IntentKind, send: str, find: str, *, arrived: bool
) -> None:
    """It is shown to moderators, and never sent again."""
    case = await _attempted(scene, kind, arrived=arrived)
    scene.discord.plan(find, Seen.REFUSED)
    await scene.restart()
    await scene.restart()

    intent = (await scene.intents(case))[kind.value]
    assert intent.state is UNKNOWN
    assert "not known" in intent.outcome
    assert scene.discord.requests(send, find) == [send, find]


async def test_after_a_crash_an_outage_while_reading_back_is_waited_out(scene: Scene) -> None:
    """No answer is not a no."""
    case = await _attempted(scene, IntentKind.LOG, arrived=True)
    scene.discord.plan("find_log", Seen.UNANSWERED)
    await scene.restart()
    assert (await scene.states(case))["log"] is IntentState.ATTEMPTED

    await scene.wait(case, timedelta(hours=1))
    assert (await scene.states(case))["log"] is DONE
    assert scene.discord.requests("log") == ["log"]
