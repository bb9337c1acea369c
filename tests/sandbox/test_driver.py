"""The people of the simulation, and waiting for the bot."""

import asyncio

import pytest

from bot.sandbox import ApiError, Simulation, SimulationBugError
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import RestClient


async def report(api: RestClient, gateway: GatewayClient, seq: int) -> int:
    """Report progress and return the status."""
    body = {"shard": 0, "session_id": gateway.session_id, "seq": seq}
    return (await api("POST", "/sandbox/progress", body)).status


async def test_settled_waits_for_the_report_of_the_last_event(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """Not before the bot says that all it was sent has been dealt with."""
    sim = community.sim
    await gateway.identify()
    await gateway.event("GUILD_CREATE")
    await community.ada.says(community.board, "hello")
    await gateway.event("MESSAGE_CREATE")
    await report(api, gateway, gateway.seq - 1)
    waiting = asyncio.create_task(sim.settled())
    await sim.until(lambda: sim.server.sandbox.reports == 1)
    assert not sim.is_settled()

    await report(api, gateway, gateway.seq)
    await waiting

    assert sim.is_settled()


async def test_settled_says_what_is_outstanding(
    community: Community, gateway: GatewayClient
) -> None:
    """The error names shard, numbers and events."""
    await gateway.identify()
    await community.ada.says(community.board, "hello")

    with pytest.raises(TimeoutError, match=r"sent 3, reported 0.*3 MESSAGE_CREATE"):
        await community.sim.settled(timeout=0.1)


async def test_nothing_is_settled_without_a_session(community: Community) -> None:
    """A bot that is not there has not dealt with anything."""
    with pytest.raises(TimeoutError, match="no session is there"):
        await community.sim.settled(timeout=0.05)


async def test_every_shard_must_have_settled(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """A shard that has not logged in yet is waited for."""
    await gateway.identify(shard=[0, 2])
    await report(api, gateway, 1)

    assert not community.sim.is_settled()
    assert "shard 1 has no session" in community.sim.outlook()


async def test_a_disconnected_session_is_not_settled(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """It is expected to come back."""
    await gateway.identify()
    await gateway.event("GUILD_CREATE")
    await report(api, gateway, gateway.seq)
    await community.sim.settled()
    await gateway.close(code=4000)
    await community.sim.until(lambda: not community.sim.gateway.connected)

    assert not community.sim.is_settled()


async def test_a_report_beyond_what_was_sent_is_refused(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """That would hide a fault of the bot's counting; a late report is fine."""
    await gateway.identify()

    assert await report(api, gateway, 99) == 400
    assert (await api("POST", "/sandbox/progress", {"seq": 1})).code == (400, 50035)
    gateway.session_id = "ended"
    assert await report(api, gateway, 99) == 204


async def test_the_sandbox_routes_need_the_token(sim: Simulation, api: RestClient) -> None:
    """Clock and trace answer the bot only."""
    await sim.advance(hours=1)
    assert (await api("GET", "/sandbox/clock"))["offset_ms"] == 3_600_000
    assert (await api("POST", "/sandbox/trace", {"kind": "found", "rule": "x"})).status == 204
    assert (await api("POST", "/sandbox/trace", {})).code == (400, 50035)
    api.token = "wrong"
    assert (await api("GET", "/sandbox/clock")).status == 401
    assert sim.traces == [{"kind": "found", "rule": "x"}]
    assert sim.requests == []


async def test_requests_are_recorded_without_the_token(
    community: Community, api: RestClient
) -> None:
    """Route, path, query, headers, body, status and times."""
    await api("GET", f"/channels/{community.board.id}/messages?limit=5")
    post = await community.ada.says(community.board, "x")
    await api("DELETE", f"/channels/{community.board.id}/messages/{post.id}", reason="why")

    first, second = community.sim.requests
    assert first.route == "GET /channels/{channel_id}/messages"
    assert first.query == {"limit": "5"}
    assert second.route == "DELETE /channels/{channel_id}/messages/{message_id}"
    assert second.headers["X-Audit-Log-Reason"] == "why"
    assert second.status == 204
    assert second.ended is not None
    assert second.ended >= second.started
    assert not any("Authorization" in record.headers for record in (first, second))


async def test_the_time_of_each_event_is_known(
    community: Community, gateway: GatewayClient
) -> None:
    """By message id, in order, on the monotonic clock."""
    await gateway.identify()
    post = await community.ada.says(community.board, "x")
    await community.ada.deletes(post)

    names = [name for name, _ in community.sim.dispatched[post.id]]
    times = [time for _, time in community.sim.dispatched[post.id]]
    assert names == ["MESSAGE_CREATE", "MESSAGE_DELETE"]
    assert times == sorted(times)


async def test_the_delay_from_event_to_deletion_is_measured(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """For messages that were both told of and deleted by the bot."""
    unheard = await community.ada.says(community.board, "before")
    await gateway.identify()
    heard = await community.ada.says(community.board, "x")
    await community.ada.says(community.board, "stays")
    for post in (unheard, heard):
        await api("DELETE", f"/channels/{community.board.id}/messages/{post.id}")

    delays = community.sim.deletion_delays()
    assert list(delays) == [heard.id]
    assert 0 <= delays[heard.id] < 5
    route = "DELETE /channels/{channel_id}/messages/{message_id}"
    assert len(community.sim.requests_to(route)) == 2


async def test_people_are_held_to_the_same_permissions(community: Community) -> None:
    """Nobody deletes another's message without the permission, or edits it at all."""
    post = await community.ada.says(community.board, "mine")

    with pytest.raises(ApiError, match="50013"):
        await community.ben.deletes(post)
    with pytest.raises(ApiError, match="50005"):
        await community.guild.owner.edits(post, "yours")
    await community.guild.owner.deletes(post)
    assert post.deleted


async def test_an_edited_message_keeps_its_earlier_words(community: Community) -> None:
    """For asserting what was there."""
    post = await community.ada.says(community.board, "one")
    await community.ada.edits(post, "two")

    assert (post.content, post.versions) == ("two", ["one"])


async def test_a_message_can_be_put_into_the_past(community: Community) -> None:
    """It takes its place by time."""
    now = community.sim.clock.now()
    await community.ada.says(community.board, "now")
    await community.ada.says(community.board, "then", at=now.replace(year=now.year - 1))

    assert community.board.history_texts() == ["then", "now"]


async def test_apps_and_webhooks_post_for_others(community: Community, api: RestClient) -> None:
    """A webhook has no member; an app's post says who invoked it."""
    helper = await community.guild.member("Helper", bot=True)
    path = f"/channels/{community.board.id}/messages/"
    hooked = await community.board.webhook_says("from a webhook", name="News")
    helped = await helper.says(community.board, "for Ada", on_behalf_of=community.ada)

    assert (await api("GET", f"{path}{hooked.id}"))["webhook_id"] == str(hooked.author.id)
    metadata = (await api("GET", f"{path}{helped.id}"))["interaction_metadata"]
    assert metadata["user"]["username"] == "ada"


async def test_a_bug_of_the_simulation_is_no_500_and_fails_the_test(
    community: Community, api: RestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is answered 400 by name and raised when the simulation ends."""

    def broken(*_: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr("bot.sandbox.routes_channels.access.visible", broken)
    answer = await api("GET", f"/channels/{community.board.id}")

    assert answer.status == 400
    assert "bug in the simulated Discord" in str(answer["message"])
    with pytest.raises(SimulationBugError, match="oops"):
        await community.sim.__aexit__(None, None, None)
    community.sim.bugs.clear()


async def test_until_gives_up_with_words(sim: Simulation) -> None:
    """What was waited for is in the error."""
    with pytest.raises(TimeoutError, match="the moon did not hold"):
        await sim.until(lambda: False, timeout=0.05, what="the moon")
