"""Bans: by the bot over REST and by people."""

from datetime import timedelta

import pytest

from bot.sandbox import ApiError, Permission
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import RestClient

NOBODY = 123456789012345678


def bans(community: Community, user_id: int | None = None) -> str:
    """Return the path of a guild's bans, or of one."""
    base = f"/guilds/{community.guild.id}/bans"
    return base if user_id is None else f"{base}/{user_id}"


async def test_a_banned_member_is_gone_and_cannot_come_back(
    community: Community, api: RestClient
) -> None:
    """The reason can be read, and the log names who and why; once lifted they may return."""
    ada = community.ada
    answer = await api("PUT", bans(community, ada.id), reason="Guideline 8 · case 12")

    assert answer.status == 204
    assert (ada.is_member, ada.is_banned) == (False, True)
    read = await api("GET", bans(community, ada.id))
    assert (read["reason"], read["user"]["id"]) == ("Guideline 8 · case 12", str(ada.id))
    with pytest.raises(ApiError, match="40007"):
        await ada.joins()
    assert (await api("DELETE", bans(community, ada.id), reason="appeal")).status == 204
    await ada.joins()
    kinds = [(e["action_type"], e.get("reason")) for e in community.guild.audit_log()[-2:]]
    assert kinds == [(22, "Guideline 8 · case 12"), (23, "appeal")]
    assert community.guild.audit_log()[-2]["target_id"] == str(ada.id)


async def test_the_bot_hears_the_ban_before_the_leaving(
    community: Community, gateway: GatewayClient
) -> None:
    """Ban, removal, messages and entry, as discord.py expects them; then the lifting."""
    mod = community.guild.owner.as_moderator
    await community.ada.says(community.board, "one")
    await community.ada.says(community.board, "two")
    await gateway.identify()
    await mod.bans(community.ada, "spam", delete=timedelta(hours=1))
    await mod.unbans(community.ada)

    names = await gateway.events_until("GUILD_BAN_REMOVE")
    assert names[1:] == [
        "GUILD_BAN_ADD",
        "GUILD_MEMBER_REMOVE",
        "MESSAGE_DELETE_BULK",
        "GUILD_AUDIT_LOG_ENTRY_CREATE",
        "GUILD_BAN_REMOVE",
    ]


async def test_a_ban_deletes_as_far_back_as_it_says(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """In the query or in the body, in threads too; nothing by default, nothing of others."""
    ada, ben, board = community.ada, community.ben, community.board
    thread = await ben.starts_thread(board, "aside")
    now = community.sim.clock.now()
    await ada.says(board, "old", at=now - timedelta(hours=3))
    await ada.says(board, "new")
    await ada.says(thread, "in a thread")
    await ben.says(board, "mine")
    await gateway.identify()
    assert (await api("PUT", bans(community, ada.id))).status == 204
    assert {"old", "new", "mine"} <= set(board.history_texts())

    await api("DELETE", bans(community, ada.id))
    await ada.joins()
    path = bans(community, ada.id) + "?delete_message_seconds=3600"
    assert (await api("PUT", path)).status == 204
    assert "new" not in board.history_texts()
    assert {"old", "mine"} <= set(board.history_texts())
    assert "in a thread" not in thread.history_texts()
    assert (await gateway.event("MESSAGE_DELETE"))["channel_id"] == str(board.id)
    await api("DELETE", bans(community, ada.id))
    await ada.joins()
    assert (await api("PUT", bans(community, ada.id), {"delete_message_seconds": 20_000})).status
    assert "old" not in board.history_texts()
    assert not any(entry["action_type"] == 72 for entry in community.guild.audit_log())


@pytest.mark.parametrize("seconds", ["-1", "604801", "soon"])
async def test_a_span_that_is_none_is_refused(
    community: Community, api: RestClient, seconds: str
) -> None:
    """0 to 604,800 seconds, wherever it stands; nobody is banned."""
    path = bans(community, community.ada.id)

    asked = await api("PUT", f"{path}?delete_message_seconds={seconds}")
    assert asked.code == (400, 50035)
    assert (await api("PUT", path, {"delete_message_seconds": seconds})).code == (400, 50035)
    assert not community.ada.is_banned


async def test_who_is_no_member_can_be_banned(community: Community, api: RestClient) -> None:
    """Somebody who left, somebody who never came; not nobody."""
    await community.ada.leaves()
    stranger = community.sim.user("Stranger")

    assert (await api("PUT", bans(community, community.ada.id))).status == 204
    assert (await api("PUT", bans(community, stranger.id))).status == 204
    assert (await api("PUT", bans(community, NOBODY))).code == (404, 10013)
    assert (await api("GET", f"/users/{stranger.id}"))["username"] == "stranger"


async def test_strangers_are_banned_up_to_a_quota(community: Community, api: RestClient) -> None:
    """Code 30035; members are not counted."""
    community.guild.state.stranger_bans_left = 1
    first, second = (community.sim.user(name) for name in ("First", "Second"))

    assert (await api("PUT", bans(community, first.id))).status == 204
    assert (await api("PUT", bans(community, second.id))).code == (400, 30035)
    assert (await api("PUT", bans(community, community.ada.id))).status == 204


async def test_a_second_ban_changes_nothing(community: Community, api: RestClient) -> None:
    """Answered like the first, but neither told nor entered."""
    await api("PUT", bans(community, community.ada.id), reason="first")
    entries = len(community.guild.audit_log())

    assert (await api("PUT", bans(community, community.ada.id), reason="second")).status == 204
    assert (await api("GET", bans(community, community.ada.id)))["reason"] == "first"
    assert len(community.guild.audit_log()) == entries


async def test_who_is_not_banned_is_10026(community: Community, api: RestClient) -> None:
    """To read and to lift."""
    assert (await api("GET", bans(community, community.ada.id))).code == (404, 10026)
    assert (await api("DELETE", bans(community, community.ada.id))).code == (404, 10026)


async def test_bans_need_permission_and_rank(community: Community, api: RestClient) -> None:
    """Not the owner, not who stands as high; without BAN_MEMBERS nobody, for people too."""
    guild = community.guild
    peer = await guild.member("Zoe", roles=[await guild.role("Above", position=101)])

    assert (await api("PUT", bans(community, guild.owner.id))).code == (403, 50013)
    assert (await api("PUT", bans(community, peer.id))).code == (403, 50013)
    assert (await api("PUT", bans(community, community.bot.id))).code == (403, 50013)
    with pytest.raises(ApiError, match="50013"):
        await community.ben.as_moderator.bans(community.ada)
    role = guild.state.roles[community.bot.member.role_ids[0]]
    await guild.change_role(role, permissions=Permission.KICK_MEMBERS)
    for method in ("GET", "PUT", "DELETE"):
        assert (await api(method, bans(community, community.ada.id))).code == (403, 50013)
    assert (await api("GET", bans(community))).code == (403, 50013)


async def test_the_list_of_bans_is_paged_by_user(community: Community, api: RestClient) -> None:
    """Rising ids, after or before one; of both the second is heeded."""
    users = [community.sim.user(f"User {number}") for number in range(5)]
    for user in users:
        await community.guild.owner.as_moderator.bans(user)

    async def ids(query: str) -> list[int]:
        rows = (await api("GET", bans(community) + query)).rows
        return [int(row["user"]["id"]) for row in rows]

    expected = sorted(user.id for user in users)
    assert await ids("") == expected
    assert await ids("?limit=2") == expected[:2]
    assert await ids(f"?after={expected[1]}&limit=2") == expected[2:4]
    assert await ids(f"?before={expected[3]}&limit=2") == expected[1:3]
    assert await ids(f"?before={expected[2]}&after={expected[3]}") == expected[:2]
    assert (await api("GET", bans(community) + "?limit=1001")).code == (400, 50035)


async def test_many_are_banned_at_once(community: Community, api: RestClient) -> None:
    """With BAN_MEMBERS and MANAGE_GUILD; who cannot be banned is named."""
    guild = community.guild
    path = f"/guilds/{guild.id}/bulk-ban"
    body = {"user_ids": [community.ada.id, str(community.ben.id), guild.owner.id, NOBODY]}
    assert (await api("POST", path, body)).code == (403, 50013)
    role = guild.state.roles[community.bot.member.role_ids[0]]
    more = role.permissions | Permission.MANAGE_GUILD
    await guild.change_role(role, permissions=more)

    answer = await api("POST", path, body, reason="raid")
    assert answer["banned_users"] == [str(community.ada.id), str(community.ben.id)]
    assert answer["failed_users"] == [str(guild.owner.id), str(NOBODY)]
    assert [entry.get("reason") for entry in guild.audit_log()[-2:]] == ["raid", "raid"]
    assert (await api("POST", path, body)).code == (400, 500000)
    assert (await api("POST", path, {"user_ids": [1] * 201})).code == (400, 50035)
    assert (await api("POST", path, {})).code == (400, 50035)


async def test_a_banned_member_keeps_the_direct_messages_of_before(
    community: Community, api: RestClient
) -> None:
    """What was sent is there and can be edited; a new one is refused."""
    opened = await api("POST", "/users/@me/channels", {"recipient_id": community.ada.id})
    path = f"/channels/{opened['id']}/messages"
    notice = await api("POST", path, {"content": "You are banned."})
    await api("PUT", bans(community, community.ada.id))

    assert (await api("POST", path, {"content": "more"})).code == (403, 50278)
    assert [row["content"] for row in (await api("GET", path)).rows] == ["You are banned."]
    edited = await api("PATCH", f"{path}/{notice['id']}", {"content": "The ban is lifted."})
    assert edited.status == 200
    assert [message.content for message in community.ada.dms()] == ["The ban is lifted."]
