"""One request to Discord, and what its failure means for us."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, TypeVar

import aiohttp
import discord
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_exponential

from bot.ports import Clock, Delivery, Outcome

Answer = TypeVar("Answer")

ATTEMPTS = 4
"""Tries of a request that may safely be repeated, within seconds; chosen, not measured."""

UNANSWERED = (aiohttp.ClientError, OSError, TimeoutError)
"""No answer came back. discord.py 2.7.1 does not retry a reset on Linux (http.py:783)."""

GONE = frozenset({10003, 10008})
"""Unknown channel, unknown message (Discord's JSON error codes)."""

ARCHIVED: Final = 50083
"""Thread is archived (Discord's JSON error codes): nothing in it can be changed until it is not."""

TOO_LARGE = Outcome(Delivery.REFUSED, "Discord takes no files so large")

CLOSED = frozenset({50007, 50278})
"""Cannot send messages to this user; no mutual guild (Discord's JSON error codes)."""


def is_transient(error: BaseException) -> bool:
    """Whether trying again at once may help: no answer, or an outage discord.py did not sit out."""
    if isinstance(error, discord.HTTPException):
        return error.status == 503
    return isinstance(error, UNANSWERED)


async def repeatedly(clock: Clock, request: Callable[[], Awaitable[Answer]]) -> Answer:
    """Send a request that may safely be sent twice, again after a transient failure.

    Raises:
        discord.HTTPException: what Discord answered last.
        aiohttp.ClientError, OSError, TimeoutError: when no answer came to the last try.
    """

    async def sleep(seconds: float) -> None:
        await clock.sleep_until(clock.now() + timedelta(seconds=seconds))

    async def attempt() -> Answer:
        # A coroutine function of its own: tenacity does not await what a plain callable returns.
        return await request()

    retrying = AsyncRetrying(
        retry=retry_if_exception(is_transient),
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential(multiplier=0.25, max=4),
        sleep=sleep,
        reraise=True,
    )
    return await retrying(attempt)


def outcome_of(error: BaseException, what: str) -> Outcome:
    """Return what a failed request means, in words fit for a moderator.

    Args:
        error: a :class:`discord.HTTPException` or one of :data:`UNANSWERED`.
        what: what Concord would need to be allowed to, for a refusal for lack of permission.
    """
    if isinstance(error, discord.Forbidden):
        return Outcome(Delivery.REFUSED, _refusal(error, what))
    if isinstance(error, discord.HTTPException):
        return _answered(error)
    return Outcome(Delivery.UNCERTAIN, "Discord did not answer")


def _answered(error: discord.HTTPException) -> Outcome:
    if error.status >= 500:
        return Outcome(Delivery.UNCERTAIN, f"Discord had an outage ({error.status})")
    if error.status == 429:
        return Outcome(Delivery.LATER, "Discord asked us to slow down")
    if error.status == 413:
        return TOO_LARGE
    if error.code == ARCHIVED:
        return Outcome(Delivery.LATER, "the thread is archived; please reopen it")
    if error.code in GONE:
        return Outcome(Delivery.REFUSED, "the channel or message no longer exists")
    return Outcome(Delivery.REFUSED, f"Discord refused it (error {error.code})")


def _refusal(error: discord.Forbidden, what: str) -> str:
    if error.code in CLOSED:
        return "the member's direct messages are closed"
    if error.code == 50001:
        return f"Concord cannot see the channel; it needs View Channel there, and {what}"
    return f"Concord is not allowed to; it needs {what} in that channel"


class TooMuchToReadError(Exception):
    """So much was written since an attempt that it is not known whether our message is there."""


UNREAD = (discord.HTTPException, TooMuchToReadError, *UNANSWERED)
"""Why a channel could not be read back."""


def unread(error: BaseException, what: str) -> Outcome:
    """Return what it means that our own message could not be looked for.

    Args:
        error: one of :data:`UNREAD`.
        what: the place, as a moderator calls it.
    """
    if isinstance(error, discord.Forbidden | discord.NotFound | TooMuchToReadError):
        return Outcome(Delivery.REFUSED, f"{what} cannot be read back")
    return Outcome(Delivery.UNCERTAIN, "Discord did not answer")
