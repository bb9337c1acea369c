"""The rate limits of the simulated Discord."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.rate_limit_rules import (
    DEFAULT_RULES,
    DELETE_MESSAGE_RULE,
    DELETE_OLD_MESSAGE,
    DELETE_YOUNG_MESSAGE,
    BucketRule,
)
from bot.sandbox.ratelimits import RateLimits, _Window
from bot.sandbox.snowflake import EPOCH_MS, SEQUENCE_BITS
from tests.sandbox.limited_discord import HISTORY, SEND, Time, call, discord

TODAY = 1_790_000_000.0  # seconds since 1970; some day in 2026


def message_of_age(seconds: float) -> int:
    """Return the id of a message that is so many seconds old at TODAY."""
    return int((TODAY - seconds) * 1000 - EPOCH_MS) << SEQUENCE_BITS


async def test_every_answer_says_how_much_is_left() -> None:
    """Limit, remaining, reset, reset-after and bucket count down with the calls."""
    time = Time()
    limits = RateLimits({SEND: BucketRule(3, 5.0)}, now=time, wall=lambda: TODAY)
    async with discord(limits) as session:
        first = await call(session, "POST", "channels/1/messages")
        time.seconds += 2.0
        second = await call(session, "POST", "channels/1/messages")

    assert (first.status, second.status) == (200, 200)
    assert first.headers["X-RateLimit-Limit"] == "3"
    assert first.headers["X-RateLimit-Remaining"] == "2"
    assert float(first.headers["X-RateLimit-Reset-After"]) == 5.0
    assert float(first.headers["X-RateLimit-Reset"]) == TODAY + 5.0
    assert second.headers["X-RateLimit-Remaining"] == "1"
    assert float(second.headers["X-RateLimit-Reset-After"]) == 3.0
    assert first.headers["X-RateLimit-Bucket"] == second.headers["X-RateLimit-Bucket"]


async def test_one_call_too_many_is_refused_until_the_window_ends() -> None:
    """429 says how long to wait; after that the call passes."""
    time = Time()
    limits = RateLimits({SEND: BucketRule(1, 5.0)}, now=time, wall=lambda: TODAY)
    async with discord(limits) as session:
        await call(session, "POST", "channels/1/messages")
        time.seconds += 1.5
        refused = await call(session, "POST", "channels/1/messages")
        time.seconds += 3.5
        later = await call(session, "POST", "channels/1/messages")

    assert refused.status == 429
    assert refused.body == {
        "message": "You are being rate limited.",
        "retry_after": 3.5,
        "global": False,
    }
    assert refused.headers["Retry-After"] == "4"
    assert refused.headers["X-RateLimit-Scope"] == "user"
    assert refused.headers["X-RateLimit-Remaining"] == "0"
    assert refused.headers["Via"] == "1.1 google"
    assert refused.headers["Content-Type"] == "application/json"
    assert "X-RateLimit-Global" not in refused.headers
    assert limits.refused["user"] == 1
    assert later.status == 200


async def test_channels_have_buckets_of_their_own() -> None:
    """The major parameter divides; the name of the bucket stays."""
    limits = RateLimits({SEND: BucketRule(1, 5.0)}, now=Time())
    async with discord(limits) as session:
        answers = [await call(session, "POST", f"channels/{id_}/messages") for id_ in (1, 2, 1)]

    assert [answer.status for answer in answers] == [200, 200, 429]
    assert len({answer.headers["X-RateLimit-Bucket"] for answer in answers}) == 1


async def test_methods_of_one_path_have_buckets_of_their_own() -> None:
    """Reading is not held up by writing."""
    limits = RateLimits({SEND: BucketRule(1, 5.0)}, now=Time())
    async with discord(limits) as session:
        sent = await call(session, "POST", "channels/1/messages")
        read = await call(session, "GET", "channels/1/messages")

    assert (sent.status, read.status) == (200, 200)
    assert sent.headers["X-RateLimit-Bucket"] != read.headers["X-RateLimit-Bucket"]


async def test_routes_of_a_group_share_a_bucket() -> None:
    """What one uses up the other cannot have."""
    rule = BucketRule(1, 5.0, group="messages")
    limits = RateLimits({SEND: rule, HISTORY: rule}, now=Time())
    async with discord(limits) as session:
        answers = [await call(session, verb, "channels/1/messages") for verb in ("POST", "GET")]

    assert [answer.status for answer in answers] == [200, 429]


@pytest.mark.parametrize(
    ("age", "rule"),
    [
        (5.0, DELETE_YOUNG_MESSAGE),
        (11.0, DELETE_MESSAGE_RULE),
        (13.9 * 86_400, DELETE_MESSAGE_RULE),
        (14.1 * 86_400, DELETE_OLD_MESSAGE),
    ],
)
async def test_deleting_has_a_bucket_by_the_age_of_the_message(
    age: float, rule: BucketRule
) -> None:
    """Young, ordinary and two weeks old messages are counted apart."""
    limits = RateLimits(now=Time(), wall=lambda: TODAY)
    async with discord(limits) as session:
        path = f"channels/1/messages/{message_of_age(age)}"
        answers = [await call(session, "DELETE", path) for _ in range(rule.limit + 1)]

    assert [answer.status for answer in answers] == [200] * rule.limit + [429]
    assert {answer.headers["X-RateLimit-Limit"] for answer in answers} == {str(rule.limit)}


async def test_deleting_is_not_held_up_by_sending() -> None:
    """Removing messages has a bucket of its own."""
    limits = RateLimits({SEND: BucketRule(1, 5.0)}, now=Time(), wall=lambda: TODAY)
    async with discord(limits) as session:
        await call(session, "POST", "channels/1/messages")
        deleted = await call(session, "DELETE", f"channels/1/messages/{message_of_age(60)}")

    assert deleted.status == 200


async def test_the_global_limit_holds_over_all_routes() -> None:
    """The fifty-first call in a second is refused, whatever its route."""
    time = Time()
    limits = RateLimits({}, BucketRule(1000, 1.0), now=time)
    async with discord(limits) as session:
        answers = [await call(session, "GET", f"channels/{id_}/messages") for id_ in range(51)]
        time.seconds += 1.0
        later = await call(session, "GET", "channels/1/messages")

    assert [answer.status for answer in answers] == [200] * 50 + [429]
    assert answers[-1].headers["X-RateLimit-Global"] == "true"
    assert answers[-1].headers["X-RateLimit-Scope"] == "global"
    assert isinstance(answers[-1].body, dict)
    assert answers[-1].body["global"] is True
    assert limits.refused["global"] == 1
    assert later.status == 200


@pytest.mark.parametrize("path", ["interactions/1/token/callback", "webhooks/1/token"])
async def test_interactions_are_outside_the_global_limit(path: str) -> None:
    """They pass when nothing else does, and use none of it up."""
    limits = RateLimits({}, BucketRule(1000, 1.0), global_per_second=1, now=Time())
    async with discord(limits) as session:
        answers = [await call(session, "POST", path) for _ in range(3)]
        other = await call(session, "GET", "channels/1/messages")

    assert [answer.status for answer in answers] == [200, 200, 200]
    assert other.status == 200


async def test_without_limits_nothing_is_refused_and_invalid_requests_are_still_counted() -> None:
    """For load tests: no 429, no headers."""
    limits = RateLimits.unlimited(Time())
    async with discord(limits) as session:
        answers = [await call(session, "GET", "users/@me") for _ in range(60)]

    assert {answer.status for answer in answers} == {401}
    assert "X-RateLimit-Limit" not in answers[0].headers
    assert limits.invalid_requests == 60
    assert not limits.barred


async def test_routes_outside_the_api_are_not_limited() -> None:
    """The simulation's own routes have no bucket."""
    limits = RateLimits({}, BucketRule(1, 60.0), global_per_second=1, now=Time())
    async with discord(limits) as session:
        for _ in range(3):
            async with session.get("/sandbox/clock") as answer:
                assert answer.status == 204
                assert "X-RateLimit-Limit" not in answer.headers


@pytest.mark.parametrize(("limit", "window"), [(0, 1.0), (1, 0.0), (1, -1.0)])
def test_a_rule_that_allows_nothing_is_refused(limit: int, window: float) -> None:
    """It would lock the bot out for ever."""
    with pytest.raises(ValueError, match="expected"):
        BucketRule(limit, window)


def test_routes_of_a_default_group_agree_on_their_limit() -> None:
    """A shared bucket has one size."""
    sizes: dict[str, set[tuple[int, float, str]]] = {}
    for rule in DEFAULT_RULES.values():
        if rule.group:
            sizes.setdefault(rule.group, set()).add((rule.limit, rule.window, rule.scope))

    assert {group: len(found) for group, found in sizes.items()} == dict.fromkeys(sizes, 1)


@settings(deadline=None)  # the machine may be busy
@given(
    limit=st.integers(1, 5),
    steps=st.lists(st.floats(0.0, 3.0, allow_nan=False), max_size=60),
)
def test_a_window_never_lets_more_through_than_its_limit(limit: int, steps: list[float]) -> None:
    """Between its first call and its end a window passes at most `limit` calls."""
    window = _Window(limit, 5.0)
    now = 0.0
    passed: dict[float, int] = {}
    for step in steps:
        now += step
        if window.take(now):
            passed[window.ends] = passed.get(window.ends, 0) + 1
            assert now < window.ends <= now + 5.0

    assert all(count <= limit for count in passed.values())
