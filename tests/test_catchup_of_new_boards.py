"""A board that is mapped later: what was written there before is nobody's business."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.post import Post
from tests.fakes import later
from tests.making import ART, GENERAL, GUILD, NOON, community, post
from tests.waking import Guild, opened

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def guild(tmp_path: Path) -> AsyncIterator[Guild]:
    """A guild with one board since noon, whose bot sleeps when another one is mapped."""
    async with opened(tmp_path) as one:
        whole = community()
        boards = tuple(board for board in whole.boards if board.channel.id != ART)
        less = replace(whole, boards=boards, groups=(), exceptions=())
        await one.store.write(lambda tx: tx.set_community(GUILD, less, NOON))
        yield one


async def maps_the_other(guild: Guild) -> None:
    """Map the second board ten minutes after noon, and wake five minutes later."""
    at = NOON + 10 * MINUTE
    await guild.store.write(lambda tx: tx.set_community(GUILD, community(), at))
    guild.clock.advance(15 * MINUTE)
    await guild.wake()


def said(number: int, minute: int, channel: int, text: str = "a bad post") -> Post:
    """Return a post by an author of its own, so many minutes after noon."""
    board = "art" if channel == ART else "general"
    at = NOON + minute * MINUTE
    return post(text, number=number, at=at, author=600 + number, channel=channel, board=board)


async def test_only_what_was_written_since_its_board_was_mapped_is_judged(guild: Guild) -> None:
    """On the old board all of it, on the new one what came after."""
    due = [said(1, 5, GENERAL), said(2, 11, GENERAL), said(3, 12, ART)]
    guild.history.write(*due, said(4, 5, ART))
    await maps_the_other(guild)

    assert await guild.removed() == sorted(one.id for one in due)


@pytest.mark.parametrize("was_awake", [False, True])
async def test_only_what_was_edited_since_its_board_was_mapped_is_judged(
    guild: Guild, *, was_awake: bool
) -> None:
    """An edit on the old board is not lost, whether or not the bot had ever been awake."""
    if was_awake:
        await guild.wake()
    old, new, newest = said(1, 1, GENERAL, "a"), said(2, 2, ART, "b"), said(3, 3, ART, "c")
    guild.history.write(
        later(old, "a bad post", NOON + 6 * MINUTE),
        later(new, "a bad post", NOON + 7 * MINUTE),
        later(newest, "a bad post", NOON + 12 * MINUTE),
    )
    await maps_the_other(guild)

    assert await guild.removed() == [old.id, newest.id]
