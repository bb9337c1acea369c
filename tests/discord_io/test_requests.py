"""What the failure of a request means, and which are tried again."""

import asyncio
from datetime import datetime
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot.clock import SystemClock
from bot.discord_io.requests import (
    ATTEMPTS,
    TOO_LARGE,
    TooMuchToReadError,
    is_transient,
    outcome_of,
    repeatedly,
    unread,
)
from bot.ports import Clock, Delivery
from tests.making import NOON


def answer(status: int, code: int = 0) -> discord.HTTPException:
    """Return the error that discord.py makes of an answer."""
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    kind = kinds.get(status, discord.DiscordServerError if status >= 500 else discord.HTTPException)
    response = SimpleNamespace(status=status, reason="because")
    return kind(response, {"code": code, "message": "words"})  # type: ignore[arg-type]


RESETS = [
    aiohttp.ClientOSError(104, "Connection reset by peer"),
    aiohttp.ServerDisconnectedError(),
    aiohttp.ClientPayloadError(),
    ConnectionResetError(),
    BrokenPipeError(),
    OSError(),
    TimeoutError(),
    TimeoutError("asyncio's is the same"),
]


@pytest.mark.parametrize("error", RESETS, ids=repr)
def test_no_answer_leaves_it_uncertain(error: Exception) -> None:
    """It may have happened."""
    outcome = outcome_of(error, "Manage Messages")
    assert (outcome.delivery, outcome.words) == (Delivery.UNCERTAIN, "Discord did not answer")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 524])
def test_an_outage_leaves_it_uncertain(status: int) -> None:
    """It may have happened; the words say what kind."""
    outcome = outcome_of(answer(status), "Manage Messages")
    assert outcome.delivery is Delivery.UNCERTAIN
    assert str(status) in outcome.words


def test_a_rate_limit_means_later() -> None:
    """It certainly did not happen."""
    assert outcome_of(answer(429), "").delivery is Delivery.LATER


def test_files_too_large_are_told_from_other_refusals() -> None:
    """Then the line is sent without them."""
    assert outcome_of(answer(413, 40005), "Attach Files") is TOO_LARGE


def test_an_archived_thread_means_later_and_says_what_helps() -> None:
    """Whoever reads it can reopen the thread, and the next try goes well."""
    outcome = outcome_of(answer(400, 50083), "Manage Messages")
    assert outcome.delivery is Delivery.LATER
    assert outcome.words == "the thread is archived; please reopen it"


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (404, 10008, "the channel or message no longer exists"),
        (404, 10003, "the channel or message no longer exists"),
        (404, 10007, "Discord refused it (error 10007)"),
        (
            403,
            50013,
            "Concord is not allowed to; it needs Manage Messages in that channel",
        ),
        (
            403,
            50001,
            "Concord cannot see the channel; it needs View Channel there, and Manage Messages",
        ),
        (403, 50007, "the member's direct messages are closed"),
        (403, 50278, "the member's direct messages are closed"),
        (400, 50035, "Discord refused it (error 50035)"),
    ],
)
def test_a_refusal_is_final_and_says_what_would_help(status: int, code: int, words: str) -> None:
    """Fit for a moderator."""
    outcome = outcome_of(answer(status, code), "Manage Messages")
    assert (outcome.delivery, outcome.words) == (Delivery.REFUSED, words)


@pytest.mark.parametrize(
    ("error", "delivery"),
    [
        (answer(403, 50013), Delivery.REFUSED),
        (answer(404, 10003), Delivery.REFUSED),
        (TooMuchToReadError(), Delivery.REFUSED),
        (answer(503), Delivery.UNCERTAIN),
        (answer(429), Delivery.UNCERTAIN),
        *[(error, Delivery.UNCERTAIN) for error in RESETS],
    ],
    ids=repr,
)
def test_only_a_lasting_refusal_makes_a_message_unreadable(
    error: Exception, delivery: Delivery
) -> None:
    """An outage while looking for it is waited out."""
    assert unread(error, "the log").delivery is delivery


class QuickClock(Clock):
    """A clock whose waits are noted and over at once."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def now(self) -> datetime:
        """Return noon."""
        return NOON

    async def sleep_until(self, moment: datetime) -> None:
        """Note how long it would have been."""
        self.waits.append((moment - NOON).total_seconds())
        await asyncio.sleep(0)


class Request:
    """A request that fails in a scripted way before it goes well."""

    def __init__(self, *failures: BaseException) -> None:
        self.failures = list(failures)
        self.sent = 0

    async def __call__(self) -> str:
        """Send it once."""
        self.sent += 1
        await asyncio.sleep(0)
        if self.failures:
            raise self.failures.pop(0)
        return "well"


async def test_a_plain_function_that_returns_an_awaitable_is_awaited() -> None:
    """A lambda is the usual way to write a request."""
    request = Request()
    assert await repeatedly(QuickClock(), lambda: request()) == "well"  # noqa: PLW0108
    assert request.sent == 1


async def test_a_transient_failure_is_tried_again_after_growing_waits() -> None:
    """By the clock it is given."""
    clock = QuickClock()
    request = Request(answer(503), ConnectionResetError(), aiohttp.ServerDisconnectedError())
    assert await repeatedly(clock, request) == "well"
    assert request.sent == ATTEMPTS
    assert clock.waits == [0.25, 0.5, 1.0]


async def test_after_the_last_try_the_last_failure_is_raised() -> None:
    """As it came, not wrapped in something else."""
    last = answer(503)
    request = Request(*[ConnectionResetError()] * (ATTEMPTS - 1), last)
    with pytest.raises(discord.DiscordServerError) as raised:
        await repeatedly(QuickClock(), request)
    assert raised.value is last
    assert request.sent == ATTEMPTS


@pytest.mark.parametrize(
    "error", [answer(403, 50013), answer(404, 10008), answer(429), answer(500), ValueError()]
)
async def test_what_trying_again_cannot_help_is_raised_at_once(error: Exception) -> None:
    """discord.py has itself waited out rate limits and most outages."""
    request = Request(error)
    with pytest.raises(type(error)):
        await repeatedly(QuickClock(), request)
    assert request.sent == 1


async def test_being_cancelled_is_no_failure_to_try_again() -> None:
    """Stopping stops."""
    request = Request(asyncio.CancelledError())
    with pytest.raises(asyncio.CancelledError):
        await repeatedly(QuickClock(), request)
    assert request.sent == 1
    assert not is_transient(asyncio.CancelledError())


async def test_waits_go_by_the_real_clock_too() -> None:
    """A clock that never stands still is as good as any."""
    assert await repeatedly(SystemClock(), Request()) == "well"
