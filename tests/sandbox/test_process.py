"""The simulated Discord as a process of its own, played over HTTP."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox import Simulation
from bot.sandbox.control import Control
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import RestClient


@asynccontextmanager
async def process() -> AsyncIterator[tuple[asyncio.subprocess.Process, dict[str, str]]]:
    """Start one and read its addresses."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", stdout=asyncio.subprocess.PIPE
    )
    try:
        assert running.stdout is not None
        line = await asyncio.wait_for(running.stdout.readline(), 20)
        yield running, json.loads(line)
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()


async def test_a_process_serves_a_played_community_until_it_is_told_to_stop(
    http: aiohttp.ClientSession,
) -> None:
    """Guild, channel, member and post are made over HTTP; a bot sees them; SIGTERM ends it."""
    async with process() as (running, addresses):

        async def act(name: str, /, **more: object) -> dict[str, object]:
            async with http.post(addresses["control"], json={"act": name, **more}) as answer:
                played: dict[str, object] = await answer.json(content_type=None)
                assert answer.status == 200, played
                return played

        guild = (await act("guild", name="Community"))["id"]
        role = (await act("role", guild=guild, name="Staff", position=5))["id"]
        board = (await act("channel", guild=guild, name="general"))["id"]
        await act("channel", guild=guild, name="staff", staff=True, roles=[role])
        ada = (await act("member", guild=guild, name="Ada"))["id"]
        gateway = GatewayClient(http, addresses["gateway_url"], addresses["token"])
        await gateway.identify()
        await act("connected")
        post = (await act("says", channel=board, member=ada, content="hi"))["id"]
        heard = await gateway.event("MESSAGE_CREATE")
        await act("edits", channel=board, member=ada, message=post, content="ho")
        api = RestClient(http, addresses["api_base"], addresses["token"])
        read = await api("GET", f"/channels/{board}/messages/{post}")
        now = await act("advance", seconds=60)
        await gateway.close()
        running.send_signal(signal.SIGTERM)

        assert (heard["id"], read["content"]) == (post, "ho")
        assert isinstance(now["now_ms"], int)
        assert await asyncio.wait_for(running.wait(), 10) == 0


async def test_control_answers_what_it_cannot_do_in_words(
    community: Community, http: aiohttp.ClientSession
) -> None:
    """Unknown acts are refused by name with what there is; refusals of Discord come through."""
    control = Control(community.sim)
    played = Simulation()
    played.server.extra_routes.append(web.post("/control", control.serve))

    async with played:

        async def refusal(body: object) -> tuple[int, dict[str, object]]:
            url = played.world.base_url + "/control"
            async with http.post(url, json=body) as answer:
                return answer.status, await answer.json(content_type=None)

        status, words = await refusal({"act": "dances"})
        assert status == 400
        assert "act='dances', but expected one of advance, audit_log" in str(words["message"])
        assert (await refusal({"act": "dms", "guild": "1"}))[1]["code"] == 10004
        guild = str(community.guild.id)
        assert (await refusal({"act": "dms", "guild": guild}))[1]["code"] == 10007
        assert (await refusal({"act": "history"}))[1]["code"] == 10003
        assert (await refusal({"act": "guild"}))[1]["code"] == 50035
        status, words = await refusal({"act": "settled", "timeout": 1})
        assert status == 408
        assert "no session is there" in str(words["message"])


@pytest.mark.parametrize("act", ["closes_dms", "leaves", "dms", "audit_log", "outlook"])
async def test_members_are_played_by_id(
    community: Community, http: aiohttp.ClientSession, act: str
) -> None:
    """Each act takes guild and member by id."""
    form = {"act": act, "guild": str(community.guild.id), "member": str(community.ada.id)}
    played = Simulation()
    played.server.extra_routes.append(web.post("/control", Control(community.sim).serve))
    async with played, http.post(played.world.base_url + "/control", json=form) as answer:
        assert answer.status == 200
