"""An application behind Discord's contract."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import orjson
import pytest
from aiohttp import ClientSession, web

from bot.sandbox.contract import Contract
from bot.sandbox.contract_tally import Violation
from tests.sandbox.app_under_layer import OPENAPI, client, serving

NEEDS_OPENAPI = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not OPENAPI.is_file(), reason="Discord's openapi.json is not in ../shared/discord"
    ),
]
"""The marks of tests that read Discord's contract."""

SEND = "POST /channels/{channel_id}/messages"
EDIT_MEMBER = "PATCH /guilds/{guild_id}/members/{user_id}"
EDIT_SELF = "PATCH /guilds/{guild_id}/members/@me"
GATEWAY = "GET /gateway"
HISTORY = "GET /channels/{channel_id}/messages"
BAN = "PUT /guilds/{guild_id}/bans/{user_id}"


@dataclass
class Checked:
    """An application behind a contract."""

    contract: Contract
    session: ClientSession
    answers: dict[str, web.Response] = field(default_factory=dict)

    async def request(self, method: str, path: str, body: object = None) -> list[Violation]:
        """Make a call and return what the contract says of its request."""
        async with self.session.request(
            method, path, data=None if body is None else orjson.dumps(body)
        ):
            pass
        return [one for one in self.contract.violations if not one.where.startswith("answer")]

    async def answer(self, response: web.Response) -> list[Violation]:
        """Let ``GET /gateway`` be answered so, and return what the contract says of it."""
        self.answers["GET /gateway"] = response
        async with self.session.get("gateway"):
            pass
        return self.contract.violations


@asynccontextmanager
async def checking(contract: Contract) -> AsyncIterator[Checked]:
    """Serve any route behind a contract; calls are answered 204 unless told otherwise."""
    checked: Checked

    async def call(request: web.Request) -> web.StreamResponse:
        route = str(request.get("route"))
        return checked.answers.get(route) or web.Response(status=204)

    routes = (SEND, EDIT_MEMBER, EDIT_SELF, GATEWAY, HISTORY, BAN)
    threads = "POST /channels/{channel_id}/messages/{message_id}/threads"
    typing = "POST /channels/{channel_id}/typing"
    unknown = "POST /channels/{channel_id}/telepathy"
    every = [(route, call) for route in (*routes, threads, typing, unknown)]
    async with serving(contract, *every) as base, client(base) as session:
        checked = Checked(contract, session)
        yield checked
