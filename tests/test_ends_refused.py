"""An end that Discord refuses is not lost: tried again, said meanwhile, told once it is true."""

from datetime import timedelta

import pytest

from bot.enforcement import PAUSES
from bot.model.intent import IntentState
from bot.model.sanction import SanctionKind, SanctionState
from bot.outlook import ENDS_TRIED
from tests.enforcing import Scene
from tests.fakes import Sent
from tests.making import NOON
from tests.rulings import Bench
from tests.sanctioning import draft

DAY = timedelta(days=1)

ENDS = {
    SanctionKind.TIMEOUT: "time_out",
    SanctionKind.BOARD_REMOVAL: "set_overwrite",
    SanctionKind.GROUP_REMOVAL: "set_role",
    SanctionKind.BAN: "unban",
}
"""The request that ends each kind."""

LASTING = list(ENDS)


def held(scene: Scene, kind: SanctionKind) -> object:
    """Return what Discord shows of such sanctions; a ban also ends the membership, for good."""
    return dict(scene.measures.bans) if kind is SanctionKind.BAN else scene.measures.state()


def said_meanwhile(scene: Scene) -> bool:
    """Whether the one line that stands out says that it will be tried again, and why."""
    (line,) = [str(words) for words in scene.discord.words.values() if words.alert]
    return "will be tried again" in line and "Concord is not allowed to" in line


@pytest.mark.parametrize("void", [False, True])
@pytest.mark.parametrize("kind", LASTING)
async def test_what_could_not_be_lifted_is_lifted_later_and_told_only_then(
    scene: Scene, kind: SanctionKind, void: bool
) -> None:
    """The right was missing for a minute: afterwards all is as before, and the member knows."""
    bench, before = Bench(scene), held(scene, kind)
    ruled = await bench.decide(draft(kind))
    await bench.act(ruled)
    scene.measures.plan(ENDS[kind], Sent.REFUSED, Sent.REFUSED)
    lifted = await bench.end(ruled.case, void=void)
    await bench.act(lifted)
    assert held(scene, kind) != before
    assert scene.discord.requests("tell") == ["tell"]
    assert said_meanwhile(scene)

    await bench.wait(ruled, PAUSES[0])
    await bench.wait(ruled, PAUSES[1])

    assert held(scene, kind) == before
    assert scene.discord.requests("tell") == ["tell", "tell"]
    assert [words for words in scene.discord.words.values() if words.alert] == []
    assert await scene.store.unsettled() == ()


@pytest.mark.parametrize("kind", LASTING[1:])  # Discord ends a timeout by itself
async def test_an_end_in_its_time_that_is_refused_is_tried_again_and_said_meanwhile(
    scene: Scene, kind: SanctionKind
) -> None:
    """The line that stood for long says so at once, and what is not over does not count as over."""
    bench, before = Bench(scene), held(scene, kind)
    ruled = await bench.decide(draft(kind, until=NOON + DAY))
    await bench.act(ruled)
    scene.measures.plan(ENDS[kind], Sent.REFUSED)

    await bench.wait(ruled, DAY)
    assert (await bench.sanction(ruled)).state is SanctionState.ACTIVE
    assert said_meanwhile(scene)
    await bench.wait(ruled, PAUSES[0])

    assert held(scene, kind) == before
    assert (await bench.sanction(ruled)).state is SanctionState.EXPIRED
    assert [words for words in scene.discord.words.values() if words.alert] == []


async def test_an_end_is_tried_every_day_for_a_month_and_then_given_up(scene: Scene) -> None:
    """Not for ever: the line says at last that it did not work."""
    bench = Bench(scene)
    ruled = await bench.decide(draft(SanctionKind.BAN, until=NOON + DAY))
    await bench.act(ruled)
    scene.measures.plan("unban", *[Sent.REFUSED] * 100)

    await bench.wait(ruled, DAY)
    for pause in PAUSES:
        await bench.wait(ruled, pause)
    for _ in range(ENDS_TRIED // DAY):
        assert (await bench.sanction(ruled)).state is SanctionState.ACTIVE
        await bench.wait(ruled, DAY)

    end = (await scene.intents(ruled.case))["end"]
    assert end.state is IntentState.FAILED
    assert "Concord is not allowed to" in end.outcome
    assert await scene.store.unsettled() == ()
    assert any(words.alert for words in scene.discord.words.values())
