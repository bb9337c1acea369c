"""Overwrites: by the bot over REST and by people; categories and their channels."""

import pytest

from bot.sandbox import ApiError, ChannelHandle, Overwrite, OverwriteKind, Permission
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import RestClient

SEND = Permission.SEND_MESSAGES
NOBODY = 123456789012345678


def overwrite(channel: ChannelHandle, target_id: int) -> str:
    """Return the path of an overwrite."""
    return f"/channels/{channel.id}/permissions/{target_id}"


def denying(bits: Permission = SEND) -> dict[str, object]:
    """Return the body of a member's overwrite as discord.py writes it."""
    return {"allow": "0", "deny": str(int(bits)), "type": 1}


async def test_an_overwrite_silences_a_member_in_one_channel(
    community: Community, api: RestClient
) -> None:
    """Set, read, changed and deleted; the log says what was and is."""
    ada, board = community.ada, community.board
    other = await community.guild.channel("other")
    set_it = await api("PUT", overwrite(board, ada.id), denying(), reason="case 3")

    assert set_it.status == 204
    assert board.overwrite_of(ada) == Overwrite(ada.id, OverwriteKind.MEMBER, deny=SEND)
    with pytest.raises(ApiError, match="50013"):
        await ada.says(board, "muffled")
    await ada.says(other, "free")
    (shown,) = (await api("GET", f"/channels/{board.id}"))["permission_overwrites"]
    assert shown == {"id": str(ada.id), "type": 1, "allow": "0", "deny": str(int(SEND))}
    more = SEND | Permission.ADD_REACTIONS
    await api("PUT", overwrite(board, ada.id), denying(more))
    assert (await api("DELETE", overwrite(board, ada.id))).status == 204
    await ada.says(board, "back")

    made, changed, deleted = community.guild.audit_log()[-3:]
    options = {"id": str(ada.id), "type": "1"}
    assert (made["action_type"], made["options"], made["reason"]) == (13, options, "case 3")
    assert made["target_id"] == str(board.id)
    assert {"key": "deny", "new_value": str(int(SEND))} in made["changes"]
    assert changed["action_type"] == 14
    assert changed["changes"] == [
        {"key": "deny", "old_value": str(int(SEND)), "new_value": str(int(more))}
    ]
    assert (deleted["action_type"], deleted["options"]) == (15, options)
    assert {"key": "deny", "old_value": str(int(more))} in deleted["changes"]


async def test_an_overwrite_is_told_once(community: Community, gateway: GatewayClient) -> None:
    """As CHANNEL_UPDATE; setting the same again is no event and no entry."""
    mod = community.guild.owner.as_moderator
    await gateway.identify()
    await mod.sets_overwrite(community.board, community.ada, deny=SEND)
    await mod.sets_overwrite(community.board, community.ada, deny=SEND)
    await mod.clears_overwrite(community.board, community.ada)
    await community.board.rename("renamed")

    updates = [await gateway.event("CHANNEL_UPDATE") for _ in range(3)]
    assert [len(update["permission_overwrites"]) for update in updates] == [1, 0, 0]
    assert updates[2]["name"] == "renamed"


async def test_a_roles_overwrite_is_entered_with_its_name(community: Community) -> None:
    """So that it can be read after the role is gone."""
    role = await community.guild.role("Design")
    await community.guild.owner.as_moderator.sets_overwrite(community.board, role, deny=SEND)

    entry = community.guild.audit_log()[-1]
    assert entry["options"] == {"id": str(role.id), "type": "0", "role_name": "Design"}


async def test_what_is_not_there_is_10009(community: Community, api: RestClient) -> None:
    """No overwrite to delete; nobody, and who is no member, to set one for."""
    board, ada = community.board, community.ada

    assert (await api("DELETE", overwrite(board, ada.id))).code == (404, 10009)
    assert (await api("PUT", overwrite(board, NOBODY), denying())).code == (404, 10009)
    await ada.leaves()
    assert (await api("PUT", overwrite(board, ada.id), denying())).code == (404, 10009)
    role = {"allow": "0", "deny": "0", "type": 0}
    assert (await api("PUT", overwrite(board, NOBODY), role)).code == (404, 10009)


async def test_an_overwrite_stays_when_its_member_leaves(
    community: Community, api: RestClient
) -> None:
    """It silences on return, and can be deleted meanwhile."""
    board, ada = community.board, community.ada
    await api("PUT", overwrite(board, ada.id), denying())
    await ada.leaves()
    assert board.overwrite_of(ada) is not None
    await ada.joins()
    with pytest.raises(ApiError, match="50013"):
        await ada.says(board, "muffled")

    await ada.leaves()
    assert (await api("DELETE", overwrite(board, ada.id))).status == 204
    await ada.joins()
    await ada.says(board, "back")


async def test_only_what_one_has_can_be_given(community: Community, api: RestClient) -> None:
    """50013 for other bits, for MANAGE_ROLES, and without MANAGE_ROLES for any."""
    guild, board, ada = community.guild, community.board, community.ada
    role = guild.state.roles[community.bot.member.role_ids[0]]
    path = overwrite(board, ada.id)

    polls = denying(Permission.BYPASS_SLOWMODE)
    assert (await api("PUT", path, polls)).code == (403, 50013)
    assert (await api("PUT", path, denying(Permission.MANAGE_ROLES))).code == (403, 50013)
    await board.allow(community.bot, Permission.MANAGE_ROLES)
    assert (await api("PUT", path, polls)).status == 204
    await guild.change_role(role, permissions=role.permissions & ~Permission.MANAGE_ROLES)
    await board.allow(community.bot, SEND)
    assert (await api("PUT", path, denying())).code == (403, 50013)
    assert (await api("DELETE", path)).code == (403, 50013)
    await board.allow(guild.everyone, deny=Permission.VIEW_CHANNEL)
    await guild.change_role(role, permissions=Permission.MANAGE_ROLES)
    hidden = await guild.channel("hidden", overwrites=board.state.overwrites.values())
    await hidden.allow(community.bot, deny=Permission.VIEW_CHANNEL)
    assert (await api("PUT", overwrite(hidden, ada.id), denying())).code == (403, 50001)


@pytest.mark.parametrize(
    "body", [{"deny": "1"}, {"type": 2}, {"type": 1, "deny": "many"}, {"type": 1, "allow": -1}]
)
async def test_an_overwrite_that_is_none_is_refused(
    community: Community, api: RestClient, body: dict[str, object]
) -> None:
    """Code 50035."""
    answer = await api("PUT", overwrite(community.board, community.ada.id), body)

    assert answer.code == (400, 50035)


async def test_channels_in_step_with_their_category_follow_it(
    community: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """One overwrite on the category is enough; a channel of its own mind stays as it is."""
    guild, ada = community.guild, community.ada
    category = await guild.category("Boards")
    in_step = await guild.channel("in-step", category=category)
    own = await guild.channel("own", category=category)
    await own.allow(community.ben, Permission.ADD_REACTIONS)
    await gateway.identify()
    assert (await api("PUT", overwrite(category, ada.id), denying())).status == 204

    assert in_step.overwrite_of(ada) == category.overwrite_of(ada)
    assert own.overwrite_of(ada) is None
    changed = [(await gateway.event("CHANNEL_UPDATE"))["name"] for _ in range(2)]
    assert changed == ["Boards", "in-step"]
    late = await guild.channel("late", category=category)
    assert late.overwrite_of(ada) == category.overwrite_of(ada)
    await api("DELETE", overwrite(category, ada.id))
    assert in_step.overwrite_of(ada) is None
    assert late.overwrite_of(ada) is None


async def test_threads_have_no_overwrites(community: Community, api: RestClient) -> None:
    """Code 50024."""
    thread = await community.ada.starts_thread(community.board, "aside")

    answer = await api("PUT", overwrite(thread, community.ada.id), denying())
    assert answer.code == (400, 50024)
