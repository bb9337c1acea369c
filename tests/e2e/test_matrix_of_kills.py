"""kill -9 at each step of each kind and operation: the end is what was decided, nothing twice."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.sandbox import Simulation
from bot.sandbox.contract import Contract
from tests.e2e.cells import CELLS, Cell, Circumstance
from tests.e2e.killing import Death, Killing, deaths_by_chance, steps_by_chance
from tests.e2e.platform import Platform

LONG = os.environ.get("CONCORD_LONG") == "1"
CHOSEN = tuple(one for one in CELLS if one.circumstance is Circumstance.KILLED)
SEED = 20261122
What = TypeVar("What")
MOST_STEPS = 12
"""Steps among which a few runs choose: about as many as most decisions have."""


@pytest.mark.long
async def test_killed_at_any_step_the_end_is_what_was_decided(
    folder: Path, contract: Callable[[], Contract | None]
) -> None:
    """In full each step of each cell is killed in each way; else each cell once, by chance."""
    check = contract()
    started = time.monotonic()
    async with Platform() as platform, Simulation(contract=check) as sim:
        killing = await Killing.build(sim, platform, folder, CHOSEN)
        try:
            for ends in (True, False):
                if LONG:
                    await _at_every_step(killing, ends=ends)
                else:
                    steps = steps_by_chance(SEED, MOST_STEPS)
                    await killing.run(ends=ends, step_of=steps, death_of=deaths_by_chance(SEED))
            await killing.closes()
        finally:
            await killing.bot.kill()
        wrong = [f"{one.cell}: {words}" for one in killing.lived for words in one.wrong]
        print(  # noqa: T201 - the figures are the point
            f"\n{len(CHOSEN)} cells, {killing.runs} runs, {killing.kills} kills in which"
            f" {killing.killed} cells had a request under way, {len(sim.requests)} requests,"
            f" {time.monotonic() - started:.0f} s"
        )
        assert wrong == [], "\n".join([f"{len(wrong)} things", *wrong])
        assert sim.refused == []
        assert check is None or check.violations == []


async def _at_every_step(killing: Killing, *, ends: bool) -> None:
    for death in Death:
        step, reached = 1, True
        while reached:
            reached = (
                await killing.run(ends=ends, step_of=_always(step), death_of=_always(death)) > 0
            )
            step += 1


def _always(what: What) -> Callable[[Cell], What]:
    return lambda _cell: what
