"""Discord's rate limits: buckets by route, the global one, and the count of invalid requests."""

import hashlib
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox.clock import SimClock
from bot.sandbox.rate_limit_answer import RateLimitScope, rate_limited_answer
from bot.sandbox.rate_limit_rules import (
    DEFAULT_RULE,
    DEFAULT_RULES,
    DELETE_MESSAGE,
    DELETE_MESSAGE_RULE,
    DELETE_OLD_MESSAGE,
    DELETE_YOUNG_MESSAGE,
    GLOBAL_PER_SECOND,
    INVALID_REQUEST_LIMIT,
    INVALID_REQUEST_WINDOW,
    OLD_MESSAGE_SECONDS,
    YOUNG_MESSAGE_SECONDS,
    BucketRule,
)
from bot.sandbox.seam import API_PREFIX, Handler
from bot.sandbox.snowflake import at_ms

_MAJOR = frozenset(
    {"{channel_id}", "{guild_id}", "{webhook_id}", "{webhook_token}", "{interaction_token}"}
)
"""What divides a route's bucket (Discord's documentation, "Rate Limits", 2026-08-06). The last is
chosen: each interaction is answered once, so that its callback has no limit to speak of."""

_INTERACTIONS = ("/interactions/", "/webhooks/{webhook_id}/{webhook_token}")
"""Where the global limit does not hold: "Interaction endpoints are not bound" (same source)."""

_INVALID_STATUSES = frozenset({401, 403, 429})


@dataclass(slots=True)
class _Window:
    """A count of calls that begins anew after its time."""

    limit: int
    length: float
    ends: float = 0.0
    used: int = 0

    def take(self, now: float) -> bool:
        """Count a call; False: it is one too many, and not counted."""
        if now >= self.ends:
            self.ends = now + self.length
            self.used = 0
        if self.used >= self.limit:
            return False
        self.used += 1
        return True

    def left(self, now: float) -> int:
        """Return how many calls the present window still allows."""
        return self.limit if now >= self.ends else self.limit - self.used


class RateLimits:
    """The limits of one simulated Discord, as its one bot meets them.

    A window begins with its first call and lets `limit` calls through. Like Discord it says how
    much is left in the headers of every answer. Calls that are refused take nothing from a bucket.
    When the count of invalid requests reaches its limit, every call is refused as an edge proxy
    would, without Discord's headers, until the count has fallen again; how long that takes at
    Discord is not documented.

    Args:
        rules: the buckets by route template; parameters are named as in Discord's contract.
        default: the bucket of every other route.
        global_per_second: calls in a second over all routes, interaction endpoints aside.
        invalid_limit: invalid requests in ten minutes that bar the bot.
        now: monotonic seconds; real ones, for discord.py waits in real time.
        wall: seconds since 1970, for the header X-RateLimit-Reset and the age of messages.
    """

    def __init__(
        self,
        rules: Mapping[str, BucketRule] = DEFAULT_RULES,
        default: BucketRule = DEFAULT_RULE,
        *,
        global_per_second: int = GLOBAL_PER_SECOND,
        invalid_limit: int = INVALID_REQUEST_LIMIT,
        now: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._rules = rules
        self._default = default
        self._global = _Window(global_per_second, 1.0)
        self._invalid_limit = invalid_limit
        self._now = now
        self._wall = wall
        self._limited = True
        self._buckets: dict[tuple[str, tuple[str, ...]], _Window] = {}
        self._invalid: deque[float] = deque()
        self.refused: dict[RateLimitScope, int] = {"user": 0, "global": 0, "shared": 0}
        """How many calls were answered 429, by whose limit it was."""

    @classmethod
    def unlimited(cls, now: Callable[[], float] = time.monotonic) -> "RateLimits":
        """Return limits that refuse nothing and send no headers; invalid requests are counted."""
        limits = cls(now=now)
        limits._limited = False
        return limits

    @classmethod
    def on_clock(cls, clock: SimClock) -> "RateLimits":
        """Return Discord's limits where messages age by the simulation's clock."""
        return cls(wall=lambda: clock.now_ms() / 1000)

    @property
    def invalid_requests(self) -> int:
        """Answers 401, 403 and 429 (but for the scope shared) in the last ten minutes."""
        self._forget(self._now())
        return len(self._invalid)

    @property
    def barred(self) -> bool:
        """Whether every call is refused because too many were invalid."""
        return self._limited and self.invalid_requests >= self._invalid_limit

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse the calls that are too many, and tell the others how much is left."""
        route: str | None = request.get("route")
        if route is None:
            return await handler(request)
        if not self._limited:
            response = await handler(request)
            self._count(response.status)
            return response
        if self.barred:
            # Without the header Via: that is how discord.py tells a block at the edge.
            return web.Response(status=429, text="error code: 1015", content_type="text/plain")
        template = route.partition(" ")[2]
        now = self._now()
        if not template.startswith(_INTERACTIONS) and not self._global.take(now):
            return self._refuse(self._global.ends - now, "global", {})
        path = request.path.removeprefix(API_PREFIX)
        rule = self._rule(route, path)
        name = rule.group or route
        window = self._buckets.setdefault(
            (name, _major_parameters(template, path)), _Window(rule.limit, rule.window)
        )
        if not window.take(now):
            return self._refuse(window.ends - now, rule.scope, self._headers(name, window, now))
        headers = self._headers(name, window, now)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(headers)
        self._count(response.status)
        return response

    def _refuse(
        self, retry_after: float, scope: RateLimitScope, headers: Mapping[str, str]
    ) -> web.Response:
        self.refused[scope] += 1
        if scope != "shared":
            self._count(429)
        return rate_limited_answer(retry_after, scope, headers)

    def _rule(self, route: str, path: str) -> BucketRule:
        if route != DELETE_MESSAGE or route in self._rules:
            return self._rules.get(route, self._default)
        message_id = path.rpartition("/")[2]
        if not message_id.isdecimal():
            return self._default
        age = self._wall() - at_ms(int(message_id)) / 1000
        if age < YOUNG_MESSAGE_SECONDS:
            return DELETE_YOUNG_MESSAGE
        return DELETE_OLD_MESSAGE if age >= OLD_MESSAGE_SECONDS else DELETE_MESSAGE_RULE

    def _headers(self, name: str, window: _Window, now: float) -> dict[str, str]:
        reset_after = max(0.0, window.ends - now)
        return {
            "X-RateLimit-Limit": str(window.limit),
            "X-RateLimit-Remaining": str(window.left(now)),
            "X-RateLimit-Reset": f"{self._wall() + reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(name.encode()).hexdigest()[:32],
        }

    def _count(self, status: int) -> None:
        if status in _INVALID_STATUSES:
            self._invalid.append(self._now())

    def _forget(self, now: float) -> None:
        while self._invalid and now - self._invalid[0] >= INVALID_REQUEST_WINDOW:
            self._invalid.popleft()


def _major_parameters(template: str, path: str) -> tuple[str, ...]:
    """Return the values in `path` of the major parameters of `template`, in their order."""
    return tuple(
        value
        for name, value in zip(template.split("/"), path.split("/"), strict=False)
        if name in _MAJOR
    )
