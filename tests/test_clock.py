"""The machine's clock."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot import clock as clock_module
from bot.clock import SystemClock


def test_it_tells_aware_utc_time() -> None:
    """Between two readings of the machine's own."""
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta()


async def test_a_moment_that_has_passed_is_not_waited_for() -> None:
    """sleep_until returns at once."""
    await asyncio.wait_for(SystemClock().sleep_until(datetime.now(UTC) - timedelta(days=1)), 1)


async def test_it_never_returns_before_the_moment_and_looks_at_the_time_each_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A long wait is cut in hours, so that a machine that slept does not oversleep."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    slept: list[float] = []

    class Machine(SystemClock):
        def now(self) -> datetime:
            return start + timedelta(seconds=sum(slept))

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(clock_module.asyncio, "sleep", sleep)
    await Machine().sleep_until(start + timedelta(hours=2, seconds=5))

    assert slept == [3600, 3600, 5]
