"""What who comes back reads of what happened while they were away: as it is now, and once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.intent import Intent, IntentKind
from bot.model.sanction import SanctionKind
from bot.upkeep import Upkeep
from tests.enforcing import Scene, opened
from tests.fakes import Sent
from tests.making import ADA, GUILD
from tests.rulings import Bench
from tests.sanctioning import draft

TIMEOUT = SanctionKind.TIMEOUT
HOUR = timedelta(hours=1)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """A fresh database and a well-behaved Discord."""
    async with opened(tmp_path) as one:
        yield one


@pytest.fixture
def bench(scene: Scene) -> Bench:
    """A moderator."""
    return Bench(scene)


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
