"""Lines about one case stand in the log in the order of its decisions."""

import pytest

from bot.enforcement import PAUSES
from bot.model.intent import IntentKind, IntentState
from tests.enforcing import Scene
from tests.fakes import Sent
from tests.rulings import Bench
from tests.sanctioning import draft


async def _written(scene: Scene, case: int, kind: IntentKind) -> list[int | None]:
    """Return the rulings of the lines that stand in a log, as they stand there."""
    found = {one.id: one for one in await scene.store.intents(case)}
    ours = [one for one in found.values() if one.kind is kind and one.result is not None]
    return [one.ruling for one in sorted(ours, key=lambda one: one.result or 0)]


@pytest.mark.parametrize("trouble", [Sent.LATER, Sent.NEVER])
async def test_a_line_waits_for_the_one_before_it(
    scene: Scene, bench: Bench, trouble: Sent
) -> None:
    """A timeout whose line has to wait is voided: it is not told of after it was taken back."""
    scene.discord.plan("log", *[trouble] * 3)
    ruled = await bench.decide(draft(), silent=True)
    await bench.act(ruled)
    voided = await bench.end(ruled.case, void=True)
    await bench.act(ruled)
    early = await _written(scene, ruled.case, IntentKind.LOG)

    for pause in PAUSES[:3]:
        await bench.wait(ruled, pause)

    assert early == []
    assert await _written(scene, ruled.case, IntentKind.LOG) == [ruled.ruling, voided.ruling]


async def test_a_line_that_is_given_up_holds_back_no_other(scene: Scene, bench: Bench) -> None:
    """Discord refuses the first one for good."""
    scene.discord.plan("log", Sent.REFUSED)
    ruled = await bench.decide(draft())
    await bench.act(ruled)
    voided = await bench.end(ruled.case, void=True)

    await bench.act(ruled)

    assert await _written(scene, ruled.case, IntentKind.LOG) == [voided.ruling]


async def test_everybody_reads_of_a_decision_before_they_read_what_came_of_it(
    scene: Scene, bench: Bench
) -> None:
    """The same in the log for everybody."""
    scene.discord.plan("public_log", Sent.LATER)
    ruled = await bench.decide(draft())
    await bench.act(ruled)
    lifted = await bench.end(ruled.case)
    await bench.act(ruled)
    early = await _written(scene, ruled.case, IntentKind.PUBLIC_LOG)

    await bench.wait(ruled, PAUSES[0])

    assert early == []
    assert await _written(scene, ruled.case, IntentKind.PUBLIC_LOG) == [
        ruled.ruling,
        lifted.ruling,
    ]


async def test_everybody_reads_nothing_of_what_was_taken_back_before_it_was_done(
    scene: Scene, bench: Bench
) -> None:
    """The timeout could not be given yet when it was voided: neither it nor its end is told."""
    scene.measures.plan("time_out", Sent.LATER)
    ruled = await bench.decide(draft())
    await bench.act(ruled)
    await bench.end(ruled.case, void=True)
    await bench.act(ruled)

    await bench.wait(ruled, PAUSES[0])

    lines = [
        one for one in await scene.store.intents(ruled.case) if one.kind is IntentKind.PUBLIC_LOG
    ]
    assert [one.state for one in lines] == [IntentState.DROPPED] * 2
