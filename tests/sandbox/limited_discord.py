"""A few routes behind rate limits, and a clock that is moved by hand."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession, web

from bot.sandbox.rate_limit_rules import DELETE_MESSAGE
from bot.sandbox.ratelimits import RateLimits
from bot.sandbox.seam import ApiError, json_response
from tests.sandbox.app_under_layer import client, serving

SEND = "POST /channels/{channel_id}/messages"
HISTORY = "GET /channels/{channel_id}/messages"
ANSWER_INTERACTION = "POST /interactions/{interaction_id}/{interaction_token}/callback"
FOLLOW_UP = "POST /webhooks/{webhook_id}/{webhook_token}"


class Time:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        """Return the present, in seconds."""
        return self.seconds


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: object


@asynccontextmanager
async def discord(limits: RateLimits) -> AsyncIterator[ClientSession]:
    """Serve a few routes behind limits."""

    async def fine(_request: web.Request) -> web.StreamResponse:
        return json_response([])

    async def forbidden(_request: web.Request) -> web.StreamResponse:
        return ApiError(403, 50013, "Missing Permissions").response()

    async def unauthorized(_request: web.Request) -> web.StreamResponse:
        return ApiError(401, 0, "401: Unauthorized").response()

    routes = (
        (SEND, fine),
        (HISTORY, fine),
        (DELETE_MESSAGE, fine),
        (ANSWER_INTERACTION, fine),
        (FOLLOW_UP, fine),
        ("PUT /guilds/{guild_id}/bans/{user_id}", forbidden),
        ("GET /users/@me", unauthorized),
    )
    async with serving(limits, *routes) as base, client(base) as session:
        yield session


async def call(session: ClientSession, method: str, path: str) -> Answer:
    """Make one call and read its answer."""
    async with session.request(method, path) as answer:
        body = await (answer.json() if answer.content_type == "application/json" else answer.text())
        return Answer(answer.status, answer.headers, body)
