"""Nonces: a message that is sent twice is posted once, for three minutes."""

from bot.sandbox.nonces import MEMORY_MS
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import RestClient


async def post(community: Community, api: RestClient, nonce: object, **more: object) -> object:
    """Post with a nonce and return the id."""
    body = {"content": "once", "nonce": nonce, "enforce_nonce": True, **more}
    return (await api("POST", f"/channels/{community.board.id}/messages", body))["id"]


async def test_the_same_nonce_gives_the_same_message(community: Community, api: RestClient) -> None:
    """Within three minutes, even with other words."""
    first = await post(community, api, "n1")
    await community.sim.advance(minutes=2, seconds=50)

    assert await post(community, api, "n1", content="other words") == first
    assert community.board.history_texts() == ["once"]


async def test_a_nonce_is_forgotten_after_three_minutes(
    community: Community, api: RestClient
) -> None:
    """By the simulated clock."""
    first = await post(community, api, "n1")
    await community.sim.advance(seconds=MEMORY_MS / 1000 + 1)

    assert await post(community, api, "n1") != first
    assert community.board.history_texts() == ["once", "once"]


async def test_a_nonce_counts_per_channel_and_only_when_enforced(
    community: Community, api: RestClient
) -> None:
    """Elsewhere, or without enforce_nonce, the message is a new one."""
    first = await post(community, api, "n1")
    other = await community.guild.channel("other")
    body = {"content": "x", "nonce": "n1", "enforce_nonce": True}
    elsewhere = await api("POST", f"/channels/{other.id}/messages", body)

    assert elsewhere["id"] != first
    assert await post(community, api, "n1", enforce_nonce=False) != first


async def test_a_nonce_is_told_once_and_then_nowhere(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """It is in the answer and the event, not in the history."""
    await gateway.identify()
    path = f"/channels/{community.board.id}/messages"
    body = {"content": "x", "nonce": "intent-7", "enforce_nonce": True}
    made = await api("POST", path, body)
    event = await gateway.event("MESSAGE_CREATE")
    read = await api("GET", f"{path}/{made['id']}")
    listed = await api("GET", path)

    assert made["nonce"] == event["nonce"] == "intent-7"
    assert "nonce" not in read.body
    assert "nonce" not in listed.rows[0]


async def test_a_nonce_has_at_most_25_characters(community: Community, api: RestClient) -> None:
    """Longer ones are an invalid form; integers are fine."""
    path = f"/channels/{community.board.id}/messages"

    assert (await api("POST", path, {"content": "x", "nonce": "n" * 26})).code == (400, 50035)
    assert (await api("POST", path, {"content": "x", "nonce": "n" * 25})).status == 200
    assert await post(community, api, 12345) == await post(community, api, 12345)


async def test_a_deleted_message_is_not_given_back(community: Community, api: RestClient) -> None:
    """After a deletion the same nonce posts anew."""
    first = await post(community, api, "n1")
    await api("DELETE", f"/channels/{community.board.id}/messages/{first}")

    assert await post(community, api, "n1") != first
