"""Channels in step with a board's category take its denial along; nothing of it stays in them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model.intent import IntentKind
from bot.model.sanction import SanctionKind
from bot.ports import OverwriteSeen
from bot.settling import PAUSES
from bot.upholding.denials import denied
from bot.upkeep import Upkeep
from tests.enforcing import BITS, Scene, opened
from tests.fakes import Sent
from tests.making import ADA, ART, GUILD
from tests.rulings import Bench
from tests.sanctioning import draft

BOARD = SanctionKind.BOARD_REMOVAL
TALK, OTHER, AWAY = 211, 300, 212
BEFORE = OverwriteSeen(1 << 6, 0)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """A category that is a board, with one channel in step with it."""
    async with opened(tmp_path) as one:
        one.measures.categories |= {TALK: ART, OTHER: None}
        one.measures.synced = {TALK}
        yield one


def moved(scene: Scene, category: int | None) -> None:
    """An admin moves the channel; it keeps its permissions."""
    scene.measures.categories[TALK] = category
    scene.measures.synced = set()


async def seen(scene: Scene) -> None:
    """The bot hears that channels have changed."""
    upkeep = Upkeep(scene.store, scene.measures, scene.clock, scene.enforcement.carry_out)
    await upkeep.channels_changed(GUILD)
    await scene.enforcement.activity.until_quiet()


@pytest.mark.parametrize("category", [None, OTHER])
@pytest.mark.parametrize("before", [None, BEFORE])
async def test_a_channel_that_leaves_loses_the_denial_when_it_is_seen(
    scene: Scene, bench: Bench, category: int | None, before: OverwriteSeen | None
) -> None:
    """And has what its category had before; the category keeps the denial."""
    scene.measures.put(ART, ADA, before)
    scene.measures.put(TALK, ADA, before)
    await bench.act(await bench.decide(draft(BOARD)))
    assert scene.measures.overwrites[TALK, ADA] == denied(before, BITS)

    moved(scene, category)
    await seen(scene)

    assert scene.measures.overwrites.get((TALK, ADA)) == before
    assert scene.measures.overwrites[ART, ADA] == denied(before, BITS)


@pytest.mark.parametrize("category", [None, OTHER, ART])
async def test_one_that_left_while_nobody_looked_has_nothing_of_ours_after_the_end(
    scene: Scene, bench: Bench, category: int | None
) -> None:
    """Moved out, or put out of step where it is."""
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)
    moved(scene, category)

    await bench.act(await bench.end(ruled.case))

    assert scene.measures.overwrites == {}
    assert await scene.store.holds_of(GUILD, ADA) == ()


async def test_one_that_was_made_in_a_board_and_moved_at_once_is_known_by_what_it_took_along(
    scene: Scene, bench: Bench
) -> None:
    """Nobody ever saw it in the board; also a copy of a channel that is a board."""
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)
    scene.measures.categories[AWAY] = None
    scene.measures.put(AWAY, ADA, denied(None, BITS))

    await seen(scene)
    assert (AWAY, ADA) not in scene.measures.overwrites

    scene.measures.put(AWAY, ADA, denied(None, BITS))
    await bench.act(await bench.end(ruled.case))
    assert scene.measures.overwrites == {}


async def test_what_somebody_denied_elsewhere_is_theirs(scene: Scene, bench: Bench) -> None:
    """Only what is bit for bit as Concord left it is taken for Concord's."""
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)
    theirs = OverwriteSeen(0, BITS | 1 << 10)
    scene.measures.categories[AWAY] = None
    scene.measures.put(AWAY, ADA, theirs)

    await seen(scene)
    await bench.act(await bench.end(ruled.case))

    assert scene.measures.overwrites == {(AWAY, ADA): theirs}


async def test_a_channel_that_joins_in_step_is_remembered_without_a_change(
    scene: Scene, bench: Bench
) -> None:
    """Once; what it followed is what it gets back."""
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)
    scene.measures.categories[AWAY] = ART
    scene.measures.synced.add(AWAY)
    scene.measures.put(AWAY, ADA, denied(None, BITS))
    changes = len(scene.measures.changed)

    await seen(scene)
    await seen(scene)

    keeps = [one for one in await scene.store.intents(ruled.case) if one.kind is IntentKind.KEEP]
    assert len(keeps) == 1
    assert len(scene.measures.changed) == changes
    assert {one.target for one in await scene.store.holds_of(GUILD, ADA)} == {ART, TALK, AWAY}


async def test_in_step_at_the_end_nothing_is_changed_but_the_category(
    scene: Scene, bench: Bench
) -> None:
    """One request, however many channels follow."""
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)

    await bench.act(await bench.end(ruled.case))

    assert scene.measures.overwrites == {}
    assert len(scene.measures.changed) == 2
    assert await scene.store.holds_of(GUILD, ADA) == ()


async def test_what_discord_does_not_say_is_no_reason_to_forget(scene: Scene, bench: Bench) -> None:
    """The end is tried again until it is known that nothing stays."""
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)
    scene.measures.plan("rooms", Sent.WELL, Sent.NEVER)
    await bench.act(await bench.end(ruled.case))
    moved(scene, None)
    scene.measures.put(TALK, ADA, denied(None, BITS))
    assert {one.target for one in await scene.store.holds_of(GUILD, ADA)} == {ART, TALK}

    await scene.wait(ruled.case, PAUSES[0])

    assert scene.measures.overwrites == {}
    assert await scene.store.holds_of(GUILD, ADA) == ()
