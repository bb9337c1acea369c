"""Threads, over REST and as people make them."""

import pytest

from bot.sandbox import ApiError, Permission
from bot.sandbox.channels import Thread
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import RestClient


async def test_a_thread_from_a_message_shares_its_id(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """It is announced, the message shows it, and its first message points back."""
    await gateway.identify()
    post = await community.ada.says(community.board, "a question")
    thread = await community.ada.starts_thread(community.board, "answers", message=post)
    created = await gateway.event("THREAD_CREATE")
    read = await api("GET", f"/channels/{community.board.id}/messages/{post.id}")

    assert thread.id == post.id
    assert created["newly_created"] is True
    assert created["name"] == "answers"
    assert read["thread"]["id"] == str(post.id)
    (starter,) = thread.messages()
    assert starter.payload()["referenced_message"]["content"] == "a question"


async def test_a_thread_of_its_own_is_announced_in_its_channel(
    community: Community, gateway: GatewayClient
) -> None:
    """By a message of type 18 whose words are the name."""
    await gateway.identify()
    thread = await community.ada.starts_thread(community.board, "a new topic")

    announcement = await gateway.event("MESSAGE_CREATE")
    assert (announcement["type"], announcement["content"]) == (18, "a new topic")
    assert announcement["message_reference"]["channel_id"] == str(thread.id)


async def test_the_bot_makes_a_private_thread_and_adds_a_member(
    community: Community, api: RestClient
) -> None:
    """Only its members see it; who is mentioned is added too."""
    path = f"/channels/{community.board.id}/threads"
    made = await api("POST", path, {"name": "notice", "type": 12, "invitable": False})
    thread = community.guild.find_channel("notice")

    assert made.status == 201
    assert not community.ada.sees(thread)
    added = await api("PUT", f"/channels/{made['id']}/thread-members/{community.ada.id}")
    assert added.status == 204
    assert community.ada.sees(thread)
    assert not community.ben.sees(thread)
    body = {"content": f"hello {community.ben.mention}"}
    await api("POST", f"/channels/{made['id']}/messages", body)
    assert community.ben.sees(thread)
    ids = {
        row["user_id"] for row in (await api("GET", f"/channels/{made['id']}/thread-members")).rows
    }
    assert ids == {str(each.id) for each in (community.ada, community.ben, community.bot)}


async def test_a_private_thread_of_others_is_hidden_from_the_bot(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """Without MANAGE_THREADS it neither hears nor reads."""
    await gateway.identify()
    thread = await community.ada.starts_thread(community.board, "secret", private=True)
    await community.ada.says(thread, "psst")
    await community.ada.says(community.board, "loud")

    assert (await api("GET", f"/channels/{thread.id}")).code == (403, 50001)
    assert (await gateway.event("MESSAGE_CREATE"))["content"] == "loud"
    await community.ada.adds_to_thread(thread, community.bot)
    assert (await gateway.event("THREAD_CREATE"))["name"] == "secret"
    assert (await api("GET", f"/channels/{thread.id}"))["name"] == "secret"


async def test_archived_threads_wake_when_written_in_and_locked_ones_refuse(
    community: Community, api: RestClient
) -> None:
    """A message unarchives; a lock needs MANAGE_THREADS."""
    thread = await community.ada.starts_thread(community.board, "topic")
    await thread.archive()
    await community.ben.says(thread, "wait")
    assert not thread.state.archived
    await thread.archive(locked=True)

    with pytest.raises(ApiError) as refusal:
        await community.ben.says(thread, "once more")
    assert refusal.value.code == 160005


async def test_archived_threads_are_listed_by_kind(community: Community, api: RestClient) -> None:
    """Active, public archived, and the bot's own private archived ones."""
    channel = f"/channels/{community.board.id}"
    await community.ada.starts_thread(community.board, "active")
    await (await community.ada.starts_thread(community.board, "old")).archive()
    await api("POST", channel + "/threads", {"name": "mine", "type": 12})
    await community.guild.find_channel("mine").archive()
    await (await community.ada.starts_thread(community.board, "hers", private=True)).archive()

    async def names(path: str) -> list[object]:
        return [thread["name"] for thread in (await api("GET", path))["threads"]]

    assert await names(f"/guilds/{community.guild.id}/threads/active") == ["active"]
    assert await names(channel + "/threads/archived/public") == ["old"]
    assert await names(channel + "/users/@me/threads/archived/private") == ["mine"]
    assert (await api("GET", channel + "/threads/archived/private")).code == (403, 50013)


async def test_threads_are_renamed_archived_and_deleted(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """By PATCH and DELETE on the channel, with events and an audit log entry."""
    made = await api("POST", f"/channels/{community.board.id}/threads", {"name": "one", "type": 11})
    path = f"/channels/{made['id']}"
    await gateway.identify()

    assert (await api("PATCH", path, {"name": "two"}))["name"] == "two"
    assert (await gateway.event("THREAD_UPDATE"))["name"] == "two"
    archived = await api("PATCH", path, {"archived": True})
    assert archived["thread_metadata"]["archived"] is True
    assert (await api("PATCH", path, {"name": "three"})).code == (400, 50083)
    assert (await api("PATCH", path, {"locked": True})).code == (403, 50013)
    assert (await api("DELETE", path)).code == (403, 50013)
    await community.board.allow(community.bot, allow=Permission.MANAGE_THREADS)
    assert (await api("DELETE", path)).status == 200
    assert (await gateway.event("THREAD_DELETE"))["id"] == made["id"]
    assert community.guild.audit_log()[-1]["action_type"] == 112


async def test_a_thread_needs_a_name_and_a_text_channel(
    community: Community, api: RestClient
) -> None:
    """1 to 100 characters; no thread in a category; one per message."""
    path = f"/channels/{community.board.id}"
    category = await community.guild.category("Boards")
    post = await community.ada.says(community.board, "x")
    from_message = f"{path}/messages/{post.id}/threads"

    assert (await api("POST", path + "/threads", {"type": 11})).code == (400, 50035)
    assert (await api("POST", path + "/threads", {"name": "x" * 101})).code == (400, 50035)
    answer = await api("POST", f"/channels/{category.id}/threads", {"name": "x", "type": 11})
    assert answer.code == (400, 50024)
    assert (await api("POST", from_message, {"name": "x"})).status == 201
    assert (await api("POST", from_message, {"name": "x"})).code == (400, 160004)


async def test_posting_in_a_thread_needs_its_own_permission(community: Community) -> None:
    """SEND_MESSAGES_IN_THREADS of the parent, not SEND_MESSAGES."""
    thread = await community.ada.starts_thread(community.board, "topic")
    await community.board.allow(community.ben, deny=Permission.SEND_MESSAGES)
    await community.ben.says(thread, "allowed here")
    await community.board.allow(community.ben, deny=Permission.SEND_MESSAGES_IN_THREADS)

    with pytest.raises(ApiError) as refusal:
        await community.ben.says(thread, "not any more")
    assert refusal.value.code == 50013
    await community.ben.says(community.board, "but here")


async def test_members_join_are_added_removed_and_leave(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """Each with its event; who is not there is unknown."""
    thread = await community.ada.starts_thread(community.board, "topic")
    await gateway.identify()
    path = f"/channels/{thread.id}/thread-members"

    assert (await api("PUT", f"{path}/@me")).status == 204
    event = await gateway.event("THREAD_MEMBERS_UPDATE")
    assert event["added_members"][0]["user_id"] == str(community.bot.id)
    assert (await api("GET", f"{path}/{community.ben.id}")).code == (404, 10007)
    assert (await api("PUT", f"{path}/{community.ben.id}")).status == 204
    assert (await api("GET", f"{path}/{community.ben.id}"))["id"] == str(thread.id)
    assert (await api("DELETE", f"{path}/{community.ben.id}")).code == (403, 50013)
    await community.board.allow(community.bot, allow=Permission.MANAGE_THREADS)
    assert (await api("DELETE", f"{path}/{community.ben.id}")).status == 204
    assert (await api("DELETE", f"{path}/{community.ben.id}")).status == 204
    assert (await api("PUT", f"{path}/12345678901234567")).code == (404, 10013)
    assert (await api("DELETE", f"{path}/@me")).status == 204
    assert community.bot.id not in thread.state.members


async def test_nobody_comes_or_goes_in_an_archived_thread(
    community: Community, api: RestClient
) -> None:
    """Code 50083, for its messages too."""
    thread = await community.ada.starts_thread(community.board, "topic")
    post = await community.ada.says(thread, "x")
    await thread.archive()
    path = f"/channels/{thread.id}"

    assert (await api("PUT", f"{path}/thread-members/@me")).code == (400, 50083)
    assert (await api("DELETE", f"{path}/thread-members/@me")).code == (400, 50083)
    assert (await api("DELETE", f"{path}/messages/{post.id}")).code == (400, 50083)
    board = f"/channels/{community.board.id}"
    assert (await api("GET", f"{board}/thread-members")).code == (400, 50024)
    await community.ben.leaves()
    await community.guild.owner.says(thread, "woken")
    answer = await api("PUT", f"{path}/thread-members/{community.ben.id}")
    assert answer.code == (404, 10007)


async def test_a_closed_private_thread_takes_no_guests_of_guests(community: Community) -> None:
    """Where invitable is off, only the owner and who manages threads may add others."""
    thread = await community.ada.starts_thread(community.board, "secret", private=True)
    await community.ada.adds_to_thread(thread, community.ben)
    zoe = await community.guild.member("Zoe")
    assert isinstance(thread.state, Thread)
    thread.state.invitable = False

    with pytest.raises(ApiError, match="50013"):
        await community.ben.adds_to_thread(thread, zoe)
    await community.ben.says(thread, f"look {zoe.mention}")
    assert not zoe.sees(thread)
    await community.ada.adds_to_thread(thread, zoe)
    assert zoe.sees(thread)
