"""The trace: beside the work, bounded, and counted as work until it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from aiohttp import web

from bot.activity import Activity
from bot.discord_io import trace as module
from bot.discord_io.trace import Trace, judged
from bot.model.action import Action
from bot.model.report import Failure, Report
from tests.making import finding, post


class Listener:
    """Takes entries, or refuses them."""

    def __init__(self) -> None:
        self.entries: list[dict[str, object]] = []
        self.url = ""
        self.status = 204

    async def take(self, request: web.Request) -> web.Response:
        """Keep an entry."""
        self.entries.append(await request.json())
        return web.Response(status=self.status)


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    """Something that listens on loopback."""
    one = Listener()
    app = web.Application()
    app.add_routes([web.post("/sandbox/trace", one.take)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    one.url = f"http://127.0.0.1:{runner.addresses[0][1]}/sandbox/trace"
    yield one
    await runner.cleanup()


async def _told(trace: Trace, activity: Activity) -> None:
    """Tell what waits, and return once that is no longer work under way."""
    task = asyncio.create_task(trace.tell())
    try:
        await asyncio.wait_for(activity.until_quiet(), 10)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def test_an_entry_says_what_was_found_where_and_why() -> None:
    """With the names and words that screening itself uses; no words of the member."""
    one = finding(Action.REMOVE, start=3, end=7)
    report = Report((one,), (Failure("unread", "cut"),))

    one_post = post("a secret post")

    entry = judged(one_post, report)

    assert entry["kind"] == "judged"
    assert entry["message"] == str(one_post.id)
    assert entry["action"] == "remove"
    assert entry["degraded"] is True
    [told] = entry["findings"]
    assert (told["rule"], told["start"], told["end"]) == ("vulgarity", 3, 7)
    assert told["surface"] == "content"
    assert "secret" not in str(entry)


async def test_entries_arrive_in_order_and_are_work_until_then(listener: Listener) -> None:
    """Whoever waits for the bot to be quiet waits for its trace."""
    activity = Activity()
    trace = Trace(listener.url, {}, activity)
    posts = [post("words", number=number) for number in (1, 2, 3)]
    for one in posts:
        trace.observe(one, Report())
    assert not activity.quiet

    await _told(trace, activity)

    assert [entry["message"] for entry in listener.entries] == [str(one.id) for one in posts]


async def test_more_than_there_is_room_for_is_let_go(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Screening neither waits nor fails for it."""
    monkeypatch.setattr(module, "WAITING", 2)
    activity = Activity()
    trace = Trace(listener.url, {}, activity)
    for number in (1, 2, 3, 4):
        trace.observe(post("words", number=number), Report())

    await _told(trace, activity)

    assert len(listener.entries) == 2


async def test_a_listener_that_is_gone_holds_nothing_up(listener: Listener) -> None:
    """The entry is let go, and the work is over."""
    activity = Activity()
    trace = Trace("http://127.0.0.1:1/sandbox/trace", {}, activity)
    trace.observe(post("words"), Report())

    await _told(trace, activity)

    assert activity.quiet
