"""How far channels are judged, and what was only noted."""

from datetime import timedelta
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.ports import Store, Transaction
from bot.storage.progress import advance, read_progress
from tests.storage.samples import GUILD, NOON, observation, undone

SECOND = timedelta(seconds=1)


async def _advance(guild: int, channel: int, message: int, tx: Transaction) -> None:
    await tx.advance(guild, channel, message)


async def test_progress_is_kept_per_guild_and_channel(store: Store) -> None:
    """Each channel has its own highest message."""
    for guild, channel, message in ((1, 5, 50), (1, 6, 60), (2, 5, 70), (1, 5, 55)):
        await store.write(partial(_advance, guild, channel, message))

    assert await store.judged_until(1) == {5: 55, 6: 60}
    assert await store.judged_until(2) == {5: 70}
    assert await store.judged_until(3) == {}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 2**63 - 1), min_size=1, max_size=20))
def test_progress_never_goes_back(scratch: Engine, messages: list[int]) -> None:
    """Whatever the order, the highest message stays, up to the largest id there can be."""
    with undone(scratch) as connection:
        for count, message in enumerate(messages, 1):
            advance(connection, 1, 5, message)
            assert read_progress(connection, 1) == {5: max(messages[:count])}


async def test_an_observation_is_stored_once_per_message_rule_and_span(store: Store) -> None:
    """The same again is left alone; another span is another observation."""
    for one in (observation(1), observation(1), observation(1, start=9), observation(2)):
        await store.write(lambda tx, one=one: tx.observe(one))

    found = await store.observations(GUILD, NOON, 10)

    assert set(found) == {observation(1), observation(1, start=9), observation(2)}
    assert len(found) == 3


async def test_observations_come_newest_first_since_a_time_and_limited(store: Store) -> None:
    """The limit cuts the oldest; what was before the time is left out."""
    wanted = [observation(number, at=NOON + number * SECOND) for number in range(6)]
    for one in wanted:
        await store.write(lambda tx, one=one: tx.observe(one))

    assert await store.observations(GUILD, NOON + SECOND, 3) == tuple(wanted[:2:-1])
    assert await store.observations(GUILD, NOON + 4 * SECOND, 9) == (wanted[5], wanted[4])
    assert await store.observations(GUILD + 1, NOON, 9) == ()
