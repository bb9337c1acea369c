"""What who comes back reads of what happened while they were away: as it is now, and once."""

from datetime import timedelta

import pytest

from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.sanction import SanctionKind
from bot.ports import IN_THREAD
from bot.upkeep import Upkeep
from tests.enforcing import Scene
from tests.fakes import Sent
from tests.making import ADA, GUILD
from tests.rulings import Bench
from tests.sanctioning import draft

BAN, TIMEOUT = SanctionKind.BAN, SanctionKind.TIMEOUT
DONE, FAILED = IntentState.DONE, IntentState.FAILED
HOUR = timedelta(hours=1)


async def notices(scene: Scene, case: int) -> list[Intent]:
    """Return a case's notices, in the order they were ordered."""
    return [one for one in await scene.store.intents(case) if one.kind is IntentKind.NOTICE]


async def come_back(scene: Scene) -> None:
    """Let Ada, who is away, come back after an hour."""
    scene.clock.advance(HOUR)
    scene.measures.come_back(ADA)
    upkeep = Upkeep(scene.store, scene.measures, scene.clock, scene.enforcement.carry_out)
    await upkeep.returned(GUILD, ADA, scene.clock.now())
    await scene.enforcement.activity.until_quiet()


@pytest.mark.parametrize("hours", [20, 90])
async def test_what_was_changed_before_they_came_back_is_first_told_as_it_is_now(
    scene: Scene, bench: Bench, hours: int
) -> None:
    """No other decision holds them: it is the one they read of, with the end it has."""
    scene.measures.leave(ADA)
    scene.discord.plan("tell", Sent.REFUSED, Sent.REFUSED)
    ruled = await bench.decide(draft(TIMEOUT, until=scene.clock.now() + 50 * HOUR))
    await bench.act(ruled)
    await bench.edit(ruled.case, duration=hours * HOUR)
    await bench.act(ruled)
    until = (await bench.sanction(ruled)).until

    await come_back(scene)

    assert until is not None
    first, changed = (
        "\n".join(scene.discord.words[one.result].paragraphs)
        for one in await notices(scene, ruled.case)
        if one.result is not None
    )
    assert f"You are timed out until <t:{int(until.timestamp())}:f>" in first
    assert "Another decision" not in first
    assert "It ends by itself; you need to do nothing." in first
    assert f"Your timeout now lasts until <t:{int(until.timestamp())}:f>" in changed
    assert "Another decision" not in changed


async def told_in_thread(bench: Bench, kind: SanctionKind) -> int:
    """Return the case of who read of a decision in a private thread, for they take no messages."""
    scene = bench.scene
    scene.discord.place = IN_THREAD
    ruled = await bench.decide(draft(kind, until=scene.clock.now() + 50 * HOUR))
    await bench.act(ruled)
    scene.discord.plan("tell", Sent.REFUSED)
    return ruled.case


@pytest.mark.parametrize("change", ["void", "lift", "edit"])
@pytest.mark.parametrize("kind", [BAN, TIMEOUT])
async def test_a_thread_that_they_cannot_open_tells_nobody_of_a_change(
    scene: Scene, bench: Bench, kind: SanctionKind, change: str
) -> None:
    """Who is banned, or has left, is in no thread of the server: they are told on their return."""
    case = await told_in_thread(bench, kind)
    if kind is TIMEOUT:
        scene.measures.leave(ADA)
    if change == "edit":
        ruled = await bench.edit(case, duration=90 * HOUR)
    else:
        ruled = await bench.end(case, void=change == "void")
    await bench.act(ruled)
    first, second = await notices(scene, case)
    before = [first.state, second.state]

    await come_back(scene)

    assert before == [DONE, FAILED]
    assert "redact" not in scene.discord.requests()
    assert "stands in a private thread that they cannot open" in second.outcome
    *_, last = await notices(scene, case)
    assert (last.state, last.ruling) == (DONE, ruled.ruling)
    assert last.result != first.result


async def test_a_thread_that_they_can_open_tells_them_of_a_change(
    scene: Scene, bench: Bench
) -> None:
    """They are there, and nothing new could be sent; once they are gone it tells nobody."""
    case = await told_in_thread(bench, TIMEOUT)
    await bench.act(await bench.edit(case, duration=90 * HOUR))
    scene.discord.plan("tell", Sent.REFUSED)
    scene.measures.leave(ADA)
    await bench.act(await bench.end(case))

    first, changed, lifted = await notices(scene, case)
    assert [one.state for one in (first, changed, lifted)] == [DONE, DONE, FAILED]
    assert changed.result == first.result
    assert "by changing what they read last, in a private thread" in changed.outcome


async def test_whether_they_can_open_a_thread_is_asked_until_discord_answers(
    scene: Scene, bench: Bench
) -> None:
    """Nobody counts as told, or is given up, because Discord was busy."""
    case = await told_in_thread(bench, TIMEOUT)
    scene.discord.plan("tell", Sent.REFUSED)
    scene.measures.plan("member", Sent.WELL, Sent.LATER)
    lifted = await bench.end(case)
    await bench.act(lifted)
    _, before = await notices(scene, case)
    await bench.wait(lifted, HOUR)

    first, after = await notices(scene, case)
    assert before.state is IntentState.ATTEMPTED
    assert (after.state, after.result) == (DONE, first.result)
