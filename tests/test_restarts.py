"""A restart anywhere changes no decision."""

import asyncio
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model.post import Post
from tests.fakes import later
from tests.making import ADA, ART, BEA, GENERAL, GUILD, NOON, post
from tests.waking import Guild, opened

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


async def test_an_edit_that_was_judged_is_not_judged_again_after_a_restart(tmp_path: Path) -> None:
    """By then other posts have been edited too, and it would look like the last of many copies."""
    async with opened(tmp_path) as guild:
        await guild.wake()
        posts = [post(f"hello {n}", number=n, at=NOON + n * MINUTE) for n in (1, 2, 3)]
        for one in posts:
            guild.clock.advance(MINUTE)
            guild.history.write(one)
            await guild.hears(one)
        for one in (posts[2], posts[0], posts[1]):
            guild.clock.advance(MINUTE)
            edited = later(one, "buy this now", guild.clock.now())
            guild.history.write(edited)
            await guild.hears(edited)
        await guild.wake()
        assert await guild.removed() == []


async def test_an_edit_made_while_away_is_judged_though_others_were_judged_before(
    tmp_path: Path,
) -> None:
    """Also if catching up on it is what fails the first time."""
    async with opened(tmp_path) as guild:
        await guild.wake()
        posts = [post(f"hello {n}", number=n, at=NOON + n * MINUTE) for n in (1, 2)]
        guild.clock.advance(5 * MINUTE)
        for one in posts:
            guild.history.write(one)
            await guild.hears(one)
        await guild.hears(later(posts[0], "hello again", guild.clock.now()))
        guild.clock.advance(MINUTE)
        guild.history.write(later(posts[1], "a bad post", guild.clock.now()))
        guild.clock.advance(MINUTE)
        await guild.wake()
        assert await guild.removed() == [posts[1].id]


@dataclass(frozen=True)
class Step:
    """Something that happens, some time after what happened before."""

    what: str
    after: timedelta
    author: int
    channel: int
    text: str
    which: int


TEXTS = ("hello", "bad", "iffy", "meh", "buy this now", "hire me")
happenings = st.lists(
    st.builds(
        Step,
        what=st.sampled_from(("posts", "posts", "posts", "edits", "deletes")),
        after=st.sampled_from((SECOND, 40 * SECOND, 90 * SECOND)),
        author=st.sampled_from((ADA, BEA)),
        channel=st.sampled_from((GENERAL, ART)),
        text=st.sampled_from(TEXTS),
        which=st.integers(0, 5),
    ),
    min_size=1,
    max_size=14,
)


async def _story(
    folder: Path, steps: list[Step], restarts: frozenset[int], *, asleep: bool
) -> tuple[object, ...]:
    """Live through what happens, with restarts after some of it, and return what was decided.

    Args:
        folder: for the database.
        steps: what happens.
        restarts: numbers of steps after which the bot begins anew.
        asleep: whether it is down while those steps happen, and learns of them from history.
    """
    async with opened(folder) as guild:
        await guild.wake()
        standing: list[Post] = []
        for number, step in enumerate(steps):
            guild.clock.advance(step.after)
            await _happen(guild, step, number, standing, heard=not (asleep and number in restarts))
            if number in restarts:
                await guild.wake()
            await guild.carries_out()
            standing = [one for one in standing if one.id not in await guild.removed()]
        cases = await guild.store.cases(GUILD, 1000)
        noted = await guild.store.observations(GUILD, NOON, 1000)
        return (
            [(one.author, one.action, one.state, one.posts) for one in cases],
            [[i.key for i in await guild.store.intents(one.id)] for one in cases],
            sorted((one.message, one.finding) for one in noted),
        )


async def _happen(
    guild: Guild, step: Step, number: int, standing: list[Post], *, heard: bool
) -> None:
    now: datetime = guild.clock.now()
    mine = [one for one in standing if one.author == step.author]
    if step.what == "posts" or not mine:
        one = post(step.text, number=number, at=now, author=step.author, channel=step.channel)
        standing.append(one)
    elif step.what == "edits":
        before = mine[step.which % len(mine)]
        one = later(before, step.text, now)
        standing[standing.index(before)] = one
    else:
        one = mine[step.which % len(mine)]
        standing.remove(one)
        guild.history.remove(one.id)
        assert guild.desk is not None
        if heard:
            await guild.desk.depart([one.id])
        return
    guild.history.write(one)
    if heard:
        await guild.hears(one)


MANY = os.environ.get("CONCORD_LONG") == "1"


@given(steps=happenings, restarts=st.frozensets(st.integers(0, 13), max_size=4))
@settings(
    max_examples=1000 if MANY else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_restart_anywhere_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], restarts: frozenset[int]
) -> None:
    """The same cases, intents and notes as one uninterrupted run over the same happenings."""
    folder = tmp_path_factory.mktemp
    whole = asyncio.run(_story(folder("whole"), steps, frozenset(), asleep=False))
    split = asyncio.run(_story(folder("split"), steps, restarts, asleep=False))
    assert split == whole


@given(
    steps=happenings.map(lambda steps: [s for s in steps if s.what == "posts"] or steps[:1]),
    restarts=st.frozensets(st.integers(0, 13), max_size=6),
)
@settings(
    max_examples=1000 if MANY else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_post_written_while_away_is_decided_as_if_nobody_had_been_away(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], restarts: frozenset[int]
) -> None:
    """Learnt from history, it gives the case that its event would have given."""
    folder = tmp_path_factory.mktemp
    whole = asyncio.run(_story(folder("whole"), steps, frozenset(), asleep=False))
    asleep = asyncio.run(_story(folder("asleep"), steps, restarts, asleep=True))
    assert asleep == whole
