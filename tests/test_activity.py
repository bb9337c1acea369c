"""Quiet if and only if nothing is under way."""

import asyncio
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.activity import Activity


@given(st.lists(st.booleans()))
def test_it_is_quiet_if_and_only_if_every_begin_has_had_its_end(begins: list[bool]) -> None:
    """Any order of begins and ends that never ends what did not begin."""
    activity = Activity()
    under_way = 0
    for begins_one in begins:
        if begins_one:
            activity.begin()
            under_way += 1
        elif under_way:
            activity.end()
            under_way -= 1
        assert activity.quiet is (under_way == 0)


def test_ending_what_never_began_is_a_mistake() -> None:
    """It would make everything look quiet too early."""
    with pytest.raises(AssertionError, match="BUG"):
        Activity().end()


def test_work_that_raises_has_ended() -> None:
    """The context manager ends in any case."""
    activity = Activity()
    with suppress(ValueError), activity.work():
        assert not activity.quiet
        raise ValueError
    assert activity.quiet


async def test_waiting_for_quiet_returns_at_once_when_it_is() -> None:
    """Nothing under way, nothing to wait for."""
    await asyncio.wait_for(Activity().until_quiet(), 1)


async def test_waiting_for_quiet_outlasts_a_moment_between_two_pieces_of_work() -> None:
    """Work that follows at once on other work is waited for as well."""
    activity = Activity()
    activity.begin()
    waiting = asyncio.create_task(activity.until_quiet())
    await asyncio.sleep(0)

    activity.end()
    activity.begin()
    for _ in range(5):
        await asyncio.sleep(0)
    assert not waiting.done()

    activity.end()
    await asyncio.wait_for(waiting, 1)
