"""The layers as they are mounted in a simulation: limits, faults, and a layer that fails."""

import aiohttp
import pytest

from bot.sandbox import Simulation, SimulationBugError
from bot.sandbox.fault_kinds import Fault, FaultKind
from tests.sandbox.conftest import Community
from tests.sandbox.rest_client import RestClient

SEND = "POST /channels/{channel_id}/messages"


async def test_limits_apply_where_they_are_asked_for(http: aiohttp.ClientSession) -> None:
    """With Discord's headers and a Via, as discord.py wants it."""
    async with Simulation(limited=True) as sim:
        guild = await sim.guild("Community")
        board = await guild.channel("general")
        await guild.invite_bot()
        path = f"{sim.api_base}/channels/{board.id}/messages"
        headers = {"Authorization": f"Bot {sim.app.token}"}
        statuses = []
        for _ in range(10):
            async with http.post(path, json={"content": "x"}, headers=headers) as answer:
                statuses.append((answer.status, "Via" in answer.headers))

        assert statuses[0] == (200, False)
        assert statuses[-1] == (429, True)
        assert len(board.messages()) == [status for status, _ in statuses].count(200)


async def test_without_them_ten_posts_at_once_are_fine(
    community: Community, api: RestClient
) -> None:
    """The default of a test."""
    path = f"/channels/{community.board.id}/messages"

    assert {(await api("POST", path, {"content": "x"})).status for _ in range(10)} == {200}


async def test_a_fault_meets_the_next_call_and_is_on_record(
    community: Community, api: RestClient
) -> None:
    """The call has no effect, and the record says what was answered."""
    community.sim.faults.next(SEND, Fault.error(503))
    path = f"/channels/{community.board.id}/messages"

    assert (await api("POST", path, {"content": "x"})).status == 503
    assert community.board.messages() == []
    assert community.sim.requests[-1].status == 503
    assert (await api("POST", path, {"content": "x"})).status == 200


async def test_an_effect_may_outlive_its_answer(community: Community, api: RestClient) -> None:
    """Accepted but answer lost: the post is there, the record has no status."""
    community.sim.faults.next(SEND, Fault(FaultKind.ANSWER_LOST))
    path = f"/channels/{community.board.id}/messages"

    with pytest.raises(aiohttp.ClientError):
        await api("POST", path, {"content": "x"})
    await community.sim.until(lambda: community.board.history_texts() == ["x"])
    await community.sim.until(lambda: not community.sim.server.in_flight)


async def test_a_layer_that_fails_is_a_bug_too(
    community: Community, api: RestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answered 400 by name, and raised at the end."""

    def broken(_route: str) -> str:
        raise RuntimeError("oops")

    monkeypatch.setattr("bot.sandbox.faults._nameless", broken)
    answer = await api("GET", "/users/@me")

    assert answer.status == 400
    with pytest.raises(SimulationBugError, match="oops"):
        await community.sim.__aexit__(None, None, None)
    community.sim.bugs.clear()
