"""What Concord left unfinished on a board's channels is finished, and held against nobody."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.enforcement import Enforcement
from bot.model.intent import IntentKind, IntentState
from bot.model.sanction import SanctionKind
from bot.ports import OverwriteSeen
from bot.upholding.denials import denied
from bot.upkeep import Upkeep
from tests.enforcing import BITS, Scene, opened
from tests.fake_crashes import Gate
from tests.fakes import Sent
from tests.making import ADA, ART, GUILD
from tests.rulings import Bench
from tests.sanctioning import draft

BOARD = SanctionKind.BOARD_REMOVAL
LONE, NEWER = 211, 212
SHUT = denied(None, BITS)


async def _joins(scene: Scene, channel: int) -> None:
    scene.measures.categories[channel] = ART
    scene.clock.advance(timedelta(seconds=1))
    await Upkeep(
        scene.store, scene.measures, scene.clock, scene.enforcement.carry_out
    ).channels_changed(GUILD)
    await scene.enforcement.activity.until_quiet()


async def _keep_words(scene: Scene, case: int) -> list[str]:
    keeps = [one for one in await scene.store.intents(case) if one.kind is IntentKind.KEEP]
    assert all(one.state in (IntentState.DONE, IntentState.DROPPED) for one in keeps)
    return [one.outcome for one in keeps if one.state is IntentState.DONE]


@pytest.mark.parametrize("trouble", [Sent.NEVER, Sent.LOST])
async def test_a_channel_that_joins_is_shut_though_the_first_attempt_did_not_work(
    scene: Scene, bench: Bench, trouble: Sent
) -> None:
    """Concord's own attempt is nobody's hand."""
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)
    scene.measures.plan("set_overwrite", trouble)
    await _joins(scene, LONE)
    await scene.wait(ruled.case, timedelta(minutes=1))

    assert scene.measures.overwrites == {(ART, ADA): SHUT, (LONE, ADA): SHUT}
    assert await _keep_words(scene, ruled.case) == [""]


async def test_what_a_moderator_gave_back_since_stays_through_another_channels_attempts(
    scene: Scene, bench: Bench
) -> None:
    """What worked in one channel is known though it failed in the next."""
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)
    given = OverwriteSeen(0, BITS & ~(1 << 11))
    scene.measures.plan("set_overwrite", Sent.NEVER)
    await _joins(scene, LONE)
    scene.measures.put(ART, ADA, given)
    await scene.wait(ruled.case, timedelta(minutes=1))

    assert scene.measures.overwrites == {(ART, ADA): given, (LONE, ADA): SHUT}


async def test_what_an_order_could_not_shut_is_shut_when_another_channel_joins(
    scene: Scene, bench: Bench
) -> None:
    """In force in part: the rest is denied as soon as Discord lets Concord."""
    scene.measures.categories[LONE] = ART
    ruled = await bench.decide(draft(BOARD))
    scene.measures.plan("set_overwrite", Sent.REFUSED)
    await bench.act(ruled)
    assert scene.measures.overwrites == {(LONE, ADA): SHUT}
    await _joins(scene, NEWER)

    assert scene.measures.overwrites == {(one, ADA): SHUT for one in (ART, LONE, NEWER)}
    assert await _keep_words(scene, ruled.case) == [""]
    await bench.act(await bench.end(ruled.case))
    assert scene.measures.overwrites == {}


async def test_killed_at_any_step_a_channel_that_joins_is_shut_in_the_end(tmp_path: Path) -> None:
    """Nobody is said to have changed anything, and all comes back."""
    steps, died = 0, True
    while died:
        folder = tmp_path / str(steps)
        folder.mkdir()
        async with opened(folder) as scene:
            bench = Bench(scene)
            ruled = await bench.decide(draft(BOARD))
            await bench.act(ruled)
            scene.measures.categories[LONE] = ART
            upkeep = Upkeep(scene.store, scene.measures, scene.clock, lambda _cases: None)
            await upkeep.channels_changed(GUILD)
            gate = Gate(steps)
            died = await _lives(scene.begin(gate), gate, ruled.case)
            scene.clock.advance(timedelta(minutes=1))
            await scene.restart()

            assert scene.measures.overwrites == {(ART, ADA): SHUT, (LONE, ADA): SHUT}
            assert await _keep_words(scene, ruled.case) == [""]
            assert await scene.store.unsettled() == ()
            await bench.act(await bench.end(ruled.case))
            assert scene.measures.overwrites == {}
        steps += 3  # each request has a step before it and one after: both are met
    assert steps > 10


async def _lives(life: Enforcement, gate: Gate, case: int) -> bool:
    """Carry a case out until it is done or the process dies; return whether it died."""
    life.carry_out((case,))
    dying = asyncio.create_task(gate.closed.wait())
    quiet = asyncio.create_task(life.activity.until_quiet())
    await asyncio.wait({dying, quiet}, return_when=asyncio.FIRST_COMPLETED)
    for task in (dying, quiet):
        task.cancel()
    await life.stop()
    await asyncio.gather(dying, quiet, return_exceptions=True)
    return gate.closed.is_set()
