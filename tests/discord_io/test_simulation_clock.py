"""The simulation's clock: real time moved by jumps, which wake whoever waits."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.discord_io.simulation import SimulatedClock


def test_it_runs_with_the_machines_clock_moved_by_its_offset() -> None:
    """In milliseconds."""
    clock = SimulatedClock()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    clock.set_offset(7_200_000)
    assert abs(clock.now() - datetime.now(UTC) - timedelta(hours=2)) < timedelta(seconds=5)
    assert clock.now().utcoffset() == timedelta()


async def test_a_moment_that_has_passed_is_not_waited_for() -> None:
    """It returns at once."""
    clock = SimulatedClock()
    await asyncio.wait_for(clock.sleep_until(clock.now() - timedelta(seconds=1)), 1)


async def test_a_jump_wakes_those_whose_time_has_come_and_no_others() -> None:
    """Also after several jumps, and for several sleepers."""
    clock = SimulatedClock()
    start = clock.now()
    sleepers = [
        asyncio.create_task(clock.sleep_until(start + timedelta(hours=hours)))
        for hours in (1, 2, 9)
    ]
    for offset, awake in ((0, 0), (30, 0), (61, 1), (90, 1), (125, 2)):
        clock.set_offset(offset * 60_000)
        for _ in range(10):
            await asyncio.sleep(0)
        assert sum(one.done() for one in sleepers) == awake
    sleepers[-1].cancel()


async def test_time_that_comes_by_itself_wakes_too() -> None:
    """Without any jump."""
    clock = SimulatedClock()
    clock.set_offset(1000)
    moment = clock.now() + timedelta(milliseconds=30)
    await asyncio.wait_for(clock.sleep_until(moment), 5)
    assert clock.now() >= moment
