"""The count of invalid requests, and what follows from it."""

from bot.sandbox.rate_limit_rules import BucketRule
from bot.sandbox.ratelimits import RateLimits
from tests.sandbox.limited_discord import SEND, Time, call, discord


async def test_invalid_requests_are_counted_for_ten_minutes() -> None:
    """401, 403 and our own 429 count, other answers do not."""
    time = Time()
    limits = RateLimits({SEND: BucketRule(1, 5.0)}, now=time)
    async with discord(limits) as session:
        await call(session, "GET", "users/@me")
        time.seconds += 300
        await call(session, "PUT", "guilds/1/bans/2")
        for _ in range(2):
            await call(session, "POST", "channels/1/messages")
    counted = limits.invalid_requests
    time.seconds += 300
    without_the_first = limits.invalid_requests
    time.seconds += 300

    assert (counted, without_the_first, limits.invalid_requests) == (3, 2, 0)


async def test_a_shared_limit_does_not_count_as_invalid() -> None:
    """Nobody is barred for a limit that others use up."""
    limits = RateLimits({SEND: BucketRule(1, 5.0, scope="shared")}, now=Time())
    async with discord(limits) as session:
        answers = [await call(session, "POST", "channels/1/messages") for _ in range(3)]

    assert answers[-1].headers["X-RateLimit-Scope"] == "shared"
    assert limits.refused["shared"] == 2
    assert limits.invalid_requests == 0


async def test_too_many_invalid_requests_bar_the_bot() -> None:
    """Then every call gets a 429 that is not Discord's own, until the count has fallen."""
    time = Time()
    limits = RateLimits({}, BucketRule(1000, 1.0), invalid_limit=3, now=time)
    async with discord(limits) as session:
        for _ in range(3):
            await call(session, "GET", "users/@me")
        barred = await call(session, "GET", "channels/1/messages")
        is_barred = limits.barred
        time.seconds += 600
        later = await call(session, "GET", "channels/1/messages")

    assert barred.status == 429
    assert is_barred
    assert "Via" not in barred.headers
    assert isinstance(barred.body, str)
    assert later.status == 200
