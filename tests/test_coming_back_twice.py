"""Who comes back again while the notices of their first return are under way is told once."""

from datetime import timedelta

import pytest

from bot.model.intent import SETTLED, Intent, IntentKind, IntentState
from bot.model.sanction import SanctionKind
from bot.upkeep import Upkeep
from tests.enforcing import Scene
from tests.fakes import Seen, Sent
from tests.making import ADA, GUILD
from tests.rulings import Bench
from tests.sanctioning import draft

TIMEOUT = SanctionKind.TIMEOUT
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


async def notices(scene: Scene, case: int) -> list[Intent]:
    """Return a case's notices, in the order they were ordered."""
    return [one for one in await scene.store.intents(case) if one.kind is IntentKind.NOTICE]


def upkeep(scene: Scene) -> Upkeep:
    """What looks after returns."""
    return Upkeep(scene.store, scene.measures, scene.clock, scene.enforcement.carry_out)


async def come_back(scene: Scene) -> None:
    """Let Ada come back now."""
    await upkeep(scene).returned(GUILD, ADA, scene.clock.now())
    await scene.enforcement.activity.until_quiet()


@pytest.mark.parametrize("step", [Sent.LATER, Sent.LOST])
async def test_who_comes_back_again_while_they_are_being_told_is_told_once(
    scene: Scene, bench: Bench, step: Sent
) -> None:
    """The notice of their first return is still on its way, or may have arrived: it is the one."""
    scene.discord.plan("tell", Sent.REFUSED, step)
    scene.discord.plan("find_notice", *[Seen.UNANSWERED] * (step is Sent.LOST))
    ruled = await bench.decide(draft(TIMEOUT))
    await bench.act(ruled)
    scene.clock.advance(HOUR)
    await come_back(scene)
    _, under_way = await notices(scene, ruled.case)
    assert under_way.state not in SETTLED
    scene.clock.advance(SECOND)

    await come_back(scene)
    await scene.wait(ruled.case, HOUR)

    states = [one.state for one in await notices(scene, ruled.case)]
    assert states == [IntentState.FAILED, IntentState.DONE]
    assert sum(one.title == "You are timed out" for one in scene.discord.words.values()) == 1


async def test_what_was_changed_is_told_once_to_who_comes_back_while_being_told(
    scene: Scene, bench: Bench
) -> None:
    """Both the decision and its change are on their way."""
    scene.discord.plan("tell", *[Sent.REFUSED] * 2, *[Sent.LATER] * 2)
    ruled = await bench.decide(draft(TIMEOUT, until=scene.clock.now() + 50 * HOUR))
    await bench.act(ruled)
    await bench.edit(ruled.case, duration=90 * HOUR)
    await bench.act(ruled)
    scene.clock.advance(HOUR)
    await come_back(scene)
    scene.clock.advance(SECOND)

    await come_back(scene)
    await scene.wait(ruled.case, HOUR)

    states = [one.state for one in await notices(scene, ruled.case)]
    assert states == [IntentState.FAILED] * 2 + [IntentState.DONE] * 2
