"""What people and other bots do to others, and what the audit log says of it."""

from datetime import timedelta

import pytest

from bot.sandbox import ApiError, MemberHandle, Permission
from bot.sandbox.snowflake import iso
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import RestClient

MODERATING = (
    Permission.BAN_MEMBERS
    | Permission.KICK_MEMBERS
    | Permission.MODERATE_MEMBERS
    | Permission.MANAGE_ROLES
    | Permission.MANAGE_MESSAGES
    | Permission.MANAGE_NICKNAMES
)


@pytest.fixture
async def mia(community: Community) -> MemberHandle:
    """A moderator, below the bot."""
    role = await community.guild.role("Moderator", MODERATING, position=60)
    return await community.guild.member("Mia", roles=[role])


def last(community: Community) -> dict[str, object]:
    """Return the last entry without its id."""
    entry = dict(community.guild.audit_log()[-1])
    del entry["id"]
    return entry


async def test_a_timeout_is_entered_with_its_end(community: Community, mia: MemberHandle) -> None:
    """Set, moved and ended; ending what is not there is no entry."""
    ada = community.ada
    await mia.as_moderator.times_out(ada, timedelta(hours=1), "loud")
    first = ada.timeout_until
    assert first is not None
    assert last(community) == {
        "action_type": 24,
        "user_id": str(mia.id),
        "target_id": str(ada.id),
        "reason": "loud",
        "changes": [{"key": "communication_disabled_until", "new_value": iso(first)}],
    }
    await mia.as_moderator.times_out(ada, timedelta(days=1))
    second = ada.timeout_until
    assert second is not None
    assert last(community)["changes"] == [
        {
            "key": "communication_disabled_until",
            "old_value": iso(first),
            "new_value": iso(second),
        }
    ]
    await mia.as_moderator.ends_timeout(ada)
    assert last(community)["changes"] == [
        {"key": "communication_disabled_until", "old_value": iso(second)}
    ]
    entries = len(community.guild.audit_log())
    await mia.as_moderator.ends_timeout(ada)
    assert len(community.guild.audit_log()) == entries
    assert not ada.is_timed_out


async def test_a_timeout_outlives_leaving_and_coming_back(
    community: Community, mia: MemberHandle
) -> None:
    """Until its time; after that nothing is left of it."""
    ada = community.ada
    await mia.as_moderator.times_out(ada, timedelta(hours=2))
    await ada.leaves()
    assert ada.is_timed_out
    await ada.joins()
    with pytest.raises(ApiError, match="50013"):
        await ada.says(community.board, "muffled")
    await ada.leaves()
    await community.sim.advance(hours=3)
    await ada.joins()

    await ada.says(community.board, "back")
    assert ada.timeout_until is None


async def test_roles_are_entered_as_added_and_removed(
    community: Community, mia: MemberHandle
) -> None:
    """By a moderator, by another bot at the member's wish, by the member's own choice."""
    ada = community.ada
    role = await community.guild.role("Portfolio", position=3)
    keeper = await community.guild.role("Keeper", Permission.MANAGE_ROLES, position=10)
    helper = await community.guild.member("Helper", bot=True, roles=[keeper])
    moved = [{"id": str(role.id), "name": "Portfolio"}]
    for actor in (mia, helper):
        await actor.as_moderator.gives_role(ada, role)
        entry = last(community)
        assert (entry["action_type"], entry["user_id"]) == (25, str(actor.id))
        assert entry["changes"] == [{"key": "$add", "new_value": moved}]
        await actor.as_moderator.takes_role(ada, role)
        assert last(community)["changes"] == [{"key": "$remove", "new_value": moved}]
    await ada.picks_role(role)
    entry = last(community)
    assert (entry["user_id"], entry["target_id"]) == (str(ada.id), str(ada.id))
    assert ada.member.role_ids == [role.id]
    await ada.drops_role(role)
    assert ada.member.role_ids == []


async def test_a_deleted_account_is_nobody_who_can_be_written_to(
    community: Community, api: RestClient
) -> None:
    """It is gone from the guild, keeps its id under another name, and can still be banned."""
    post = await community.ada.says(community.board, "mine")
    await community.ada.deletes_account()
    opened = await api("POST", "/users/@me/channels", {"recipient_id": community.ada.id})

    assert not community.ada.is_member
    assert str((await api("GET", f"/users/{community.ada.id}"))["username"]).startswith("deleted_")
    answer = await api("POST", f"/channels/{opened['id']}/messages", {"content": "x"})
    assert answer.code == (403, 50007)
    assert community.board.messages() == [post]
    await community.guild.owner.as_moderator.bans(community.ada)
    assert community.ada.is_banned


async def test_kicks_and_nicknames_are_entered(community: Community, mia: MemberHandle) -> None:
    """Who, whom, why."""
    await mia.as_moderator.renames(community.ada, "Countess")
    assert last(community)["changes"] == [{"key": "nick", "new_value": "Countess"}]
    await mia.as_moderator.kicks(community.ada, "advertising")

    entry = last(community)
    assert (entry["action_type"], entry["reason"]) == (20, "advertising")
    assert not community.ada.is_member
    await community.ada.joins()
    assert community.ada.is_member


async def test_people_ban_many_and_nobody_renames_for_nothing(
    community: Community, mia: MemberHandle
) -> None:
    """A ban for each; the same nickname again is no entry."""
    await community.guild.owner.as_moderator.bans_many([community.ada, community.ben], "raid")
    assert (community.ada.is_banned, community.ben.is_banned) == (True, True)
    entries = len(community.guild.audit_log())
    await community.guild.owner.as_moderator.renames(mia, None)
    assert len(community.guild.audit_log()) == entries


async def test_messages_deleted_in_bulk_are_one_entry(
    community: Community, mia: MemberHandle
) -> None:
    """With their number; single ones add up by author and channel."""
    posts = [await community.ada.says(community.board, f"{number}") for number in range(5)]
    await mia.as_moderator.deletes_in_bulk(posts[:3], "flood")
    entry = last(community)
    assert (entry["action_type"], entry["options"]) == (73, {"count": "3"})
    assert (entry["target_id"], entry["reason"]) == (str(community.board.id), "flood")
    for post in posts[3:]:
        await mia.as_moderator.deletes(post)
    entry = last(community)
    assert entry["action_type"] == 72
    assert entry["options"] == {"channel_id": str(community.board.id), "count": "2"}
    assert entry["target_id"] == str(community.ada.id)


async def test_a_deleted_role_is_gone_from_its_members(
    community: Community, mia: MemberHandle
) -> None:
    """And from channels; the log keeps its name."""
    role = await community.guild.role("Portfolio", position=3)
    await community.ada.gets_role(role)
    await community.board.allow(role, Permission.SEND_MESSAGES)
    await mia.as_moderator.deletes_role(role)

    assert community.ada.member.role_ids == []
    assert community.board.overwrite_of(role) is None
    entry = last(community)
    assert (entry["action_type"], entry["changes"]) == (
        32,
        [{"key": "name", "old_value": "Portfolio"}],
    )


async def test_nobody_moderates_upwards(community: Community, mia: MemberHandle) -> None:
    """Every act on who stands as high is 50013, and nothing is entered."""
    peer = await community.guild.member(
        "Zoe", roles=[community.guild.state.roles[r] for r in mia.member.role_ids]
    )
    mod = mia.as_moderator
    entries = len(community.guild.audit_log())
    acts = [
        mod.bans(peer),
        mod.kicks(peer),
        mod.times_out(peer, timedelta(hours=1)),
        mod.renames(peer, "x"),
        mod.gives_role(community.ada, community.guild.state.roles[peer.member.role_ids[0]]),
        mod.times_out(community.bot, timedelta(hours=1)),
    ]
    for act in acts:
        with pytest.raises(ApiError, match="50013"):
            await act

    assert len(community.guild.audit_log()) == entries


async def test_the_bot_hears_of_each_entry_if_it_may_read_the_log(
    community: Community, mia: MemberHandle, gateway: GatewayClient
) -> None:
    """With actor, target and reason; never again once the permission is gone."""
    await gateway.identify()
    await mia.as_moderator.bans(community.ada, "spam")

    told = await gateway.event("GUILD_AUDIT_LOG_ENTRY_CREATE")
    assert told["guild_id"] == str(community.guild.id)
    assert (told["user_id"], told["target_id"]) == (str(mia.id), str(community.ada.id))
    assert (told["action_type"], told["reason"]) == (22, "spam")
    role = community.guild.state.roles[community.bot.member.role_ids[0]]
    await community.guild.change_role(role, permissions=Permission.VIEW_CHANNEL)
    await mia.as_moderator.kicks(community.ben)
    await community.board.rename("end")
    names = await gateway.events_until("CHANNEL_UPDATE")
    assert "GUILD_MEMBER_REMOVE" in names
    assert "GUILD_AUDIT_LOG_ENTRY_CREATE" not in names


async def test_the_log_is_read_on_from_an_entry_and_forgets(
    community: Community, mia: MemberHandle, api: RestClient
) -> None:
    """After an id the oldest come first; what is older than 45 days is not shown."""
    base = f"/guilds/{community.guild.id}/audit-logs"
    await mia.as_moderator.times_out(community.ada, timedelta(days=1), "old")
    known = int((await api("GET", base + "?limit=1"))["audit_log_entries"][0]["id"])
    for user in (community.ada, community.ben):
        await mia.as_moderator.bans(user)
    for user in (community.ada, community.ben):
        await mia.as_moderator.unbans(user)

    async def kinds(query: str) -> list[int]:
        entries = (await api("GET", base + query))["audit_log_entries"]
        return [entry["action_type"] for entry in entries]

    assert await kinds(f"?after={known}&limit=3") == [22, 22, 23]
    assert await kinds(f"?after={known}&action_type=23&limit=1") == [23]
    assert await kinds("?limit=2") == [23, 23]
    assert await kinds(f"?user_id={mia.id}&limit=100") == [23, 23, 22, 22, 24]
    await community.sim.advance(days=46)
    assert await kinds("?limit=100") == []
    assert len(community.guild.audit_log()) > 5
