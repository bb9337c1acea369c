"""Channels, categories and roles as their owner changes them, and as the bot may."""

from datetime import timedelta

import pytest

from bot.sandbox import ApiError, Overwrite, OverwriteKind, Permission
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import RestClient


async def test_channels_come_and_go_with_their_events(
    community: Community, gateway: GatewayClient
) -> None:
    """Made, renamed, deleted; each in the audit log."""
    await gateway.identify()
    room = await community.guild.channel("drafts", topic="work in progress")
    assert (await gateway.event("CHANNEL_CREATE"))["topic"] == "work in progress"
    await room.rename("finished")
    assert (await gateway.event("CHANNEL_UPDATE"))["name"] == "finished"
    await room.change_topic("done")
    assert (await gateway.event("CHANNEL_UPDATE"))["topic"] == "done"
    await room.delete()
    assert (await gateway.event("CHANNEL_DELETE"))["id"] == str(room.id)

    actions = [entry["action_type"] for entry in community.guild.audit_log()]
    assert actions[-4:] == [10, 11, 11, 12]


async def test_a_deleted_channel_takes_its_messages_and_threads_with_it(
    community: Community, api: RestClient
) -> None:
    """All of it is unknown afterwards."""
    post = await community.ada.says(community.board, "x")
    thread = await community.ada.starts_thread(community.board, "thread")
    await community.board.delete()

    assert post.deleted
    assert (await api("GET", f"/channels/{community.board.id}")).code == (404, 10003)
    assert (await api("GET", f"/channels/{thread.id}")).code == (404, 10003)
    with pytest.raises(ApiError, match="10003"):
        await community.ada.says(community.board, "y")


async def test_a_channel_copies_its_categorys_overwrites(community: Community) -> None:
    """Unless it has its own; then later changes of the category do not reach it."""
    hidden = Overwrite(community.guild.id, OverwriteKind.ROLE, deny=Permission.VIEW_CHANNEL)
    category = await community.guild.category("Staff", overwrites=[hidden])
    copied = await community.guild.channel("copied", category=category)
    own = await community.guild.channel("own", category=category, overwrites=[])
    assert not community.ada.sees(copied)
    assert community.ada.sees(own)

    await category.allow(community.guild.everyone, deny=Permission.SEND_MESSAGES)
    assert community.ada.sees(copied)
    await community.ada.says(own, "still allowed")


async def test_a_staff_channel_is_seen_by_staff_and_the_bot(community: Community) -> None:
    """And by nobody else but owner and administrators."""
    staff_role = await community.guild.role("Staff")
    room = await community.guild.staff_channel("mod-log", staff_role)
    max_ = await community.guild.member("Max", roles=[staff_role])

    assert community.bot.sees(room)
    assert max_.sees(room)
    assert community.guild.owner.sees(room)
    assert not community.ada.sees(room)


async def test_roles_come_and_go_with_their_events(
    community: Community, gateway: GatewayClient
) -> None:
    """A deleted role is gone from members and overwrites."""
    await gateway.identify()
    role = await community.guild.role("Design", position=3)
    assert (await gateway.event("GUILD_ROLE_CREATE"))["role"]["position"] == 3
    await community.ada.gets_role(role)
    assert (await gateway.event("GUILD_MEMBER_UPDATE"))["roles"] == [str(role.id)]
    await community.ada.loses_role(role)
    assert (await gateway.event("GUILD_MEMBER_UPDATE"))["roles"] == []
    await community.ada.gets_role(role)
    await community.board.allow(role, allow=Permission.SEND_MESSAGES)
    await community.guild.change_role(role, name="Design Portfolio")
    assert (await gateway.event("GUILD_ROLE_UPDATE"))["role"]["name"] == "Design Portfolio"
    await community.guild.delete_role(role)
    assert (await gateway.event("GUILD_ROLE_DELETE"))["role_id"] == str(role.id)

    assert community.ada.member.role_ids == []
    assert role.id not in community.board.state.overwrites


async def test_people_come_and_go_with_their_events(
    community: Community, gateway: GatewayClient
) -> None:
    """Joining, leaving, coming back, and other names."""
    await gateway.identify()
    zoe = await community.guild.member("Zoe")
    assert (await gateway.event("GUILD_MEMBER_ADD"))["user"]["global_name"] == "Zoe"
    await zoe.changes_nick("Z")
    assert (await gateway.event("GUILD_MEMBER_UPDATE"))["nick"] == "Z"
    await zoe.changes_display_name("Zoé")
    assert (await gateway.event("GUILD_MEMBER_UPDATE"))["user"]["global_name"] == "Zoé"
    await zoe.leaves()
    assert (await gateway.event("GUILD_MEMBER_REMOVE"))["user"]["id"] == str(zoe.id)
    await zoe.joins()
    assert (await gateway.event("GUILD_MEMBER_ADD"))["roles"] == []


async def test_the_bot_hears_of_guilds_it_joins_and_leaves(
    community: Community, gateway: GatewayClient
) -> None:
    """GUILD_CREATE and GUILD_DELETE."""
    await gateway.identify()
    await gateway.event("GUILD_CREATE")
    other = await community.sim.guild("Elsewhere")
    await other.channel("general")
    await other.invite_bot()
    assert (await gateway.event("GUILD_CREATE"))["name"] == "Elsewhere"
    await other.remove_bot()
    assert (await gateway.event("GUILD_DELETE"))["id"] == str(other.id)


async def test_moderators_act_within_their_rank(community: Community) -> None:
    """Timeouts and kicks need permission and a higher role; both are logged with the reason."""
    moderates = Permission.MODERATE_MEMBERS | Permission.KICK_MEMBERS
    moderator = await community.guild.member(
        "Mia", roles=[await community.guild.role("Moderator", moderates, position=10)]
    )
    await moderator.times_out(community.ada, timedelta(minutes=5), "shouting")
    assert community.ada.is_timed_out
    assert community.guild.audit_log()[-1]["reason"] == "shouting"
    with pytest.raises(ApiError, match="50013"):
        await community.ben.times_out(community.ada, timedelta(minutes=5))
    with pytest.raises(ApiError, match="50013"):
        await moderator.kicks(community.bot)
    await moderator.kicks(community.ben)
    assert community.ben.id not in community.guild.state.members


async def test_a_moderators_deletions_add_up_in_the_audit_log(community: Community) -> None:
    """Same moderator, author and channel within a short time: one entry with a count."""
    posts = [await community.ada.says(community.board, f"{n}") for n in range(3)]
    for post in posts[:2]:
        await community.guild.owner.deletes(post)
    await community.sim.advance(minutes=6)
    await community.guild.owner.deletes(posts[2])

    entries = [each for each in community.guild.audit_log() if each["action_type"] == 72]
    assert [each["options"]["count"] for each in entries] == ["2", "1"]


async def test_the_bot_changes_a_channel_it_manages(community: Community, api: RestClient) -> None:
    """Name, topic and slow mode; anything else is refused by name."""
    path = f"/channels/{community.board.id}"
    assert (await api("PATCH", path, {"name": "x"})).code == (403, 50013)
    await community.board.allow(community.bot, allow=Permission.MANAGE_CHANNELS)

    changed = await api("PATCH", path, {"name": "quiet", "rate_limit_per_user": 30})
    assert (changed["name"], changed["rate_limit_per_user"]) == ("quiet", 30)
    assert (await api("PATCH", path, {"bitrate": 8000})).code == (400, 50035)
    assert (await api("POST", path + "/typing")).status == 204
    role = community.guild.state.roles[community.bot.member.role_ids[0]]
    await community.guild.change_role(role, permissions=Permission.ADMINISTRATOR)
    assert (await api("DELETE", path)).status == 200


async def test_nothing_is_posted_in_a_category(community: Community, api: RestClient) -> None:
    """Code 50008."""
    category = await community.guild.category("Boards")

    answer = await api("POST", f"/channels/{category.id}/messages", {"content": "x"})
    assert answer.code == (400, 50008)
    with pytest.raises(ApiError, match="50008"):
        await community.ada.says(category, "x")


async def test_bulk_deletion_by_people_is_one_event(
    community: Community, gateway: GatewayClient
) -> None:
    """MESSAGE_DELETE_BULK with all ids."""
    posts = [await community.ada.says(community.board, f"{n}") for n in range(3)]
    await gateway.identify()
    await community.guild.owner.deletes_in_bulk(posts)

    event = await gateway.event("MESSAGE_DELETE_BULK")
    assert event["ids"] == [str(post.id) for post in posts]
    assert community.board.messages() == []


async def test_a_direct_messages_other_side_is_not_deleted(
    community: Community, api: RestClient
) -> None:
    """Code 50003 for the user's message; the bot's own goes."""
    received = await community.ada.writes_to_bot("please help")
    path = f"/channels/{received.channel_id}/messages"
    own = await api("POST", path, {"content": "of course"})

    assert (await api("DELETE", f"{path}/{received.id}")).code == (403, 50003)
    assert (await api("DELETE", f"{path}/{own['id']}")).status == 204
    assert community.ada.dms() == []
    assert (await api("POST", f"{path}/bulk-delete", {"messages": ["1", "2"]})).code == (403, 50003)


async def test_a_threads_first_message_stays(community: Community, api: RestClient) -> None:
    """Discord's own pointer to the message cannot be deleted."""
    post = await community.ada.says(community.board, "x")
    thread = await community.ada.starts_thread(community.board, "t", message=post)
    (starter,) = thread.messages()

    answer = await api("DELETE", f"/channels/{thread.id}/messages/{starter.id}")
    assert answer.code == (403, 50021)
