"""Channels made, changed and moved by the bot over REST."""

import pytest

from bot.sandbox import Overwrite, OverwriteKind, Permission
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import RestClient

SEND = Permission.SEND_MESSAGES


@pytest.fixture
async def managing(community: Community) -> Community:
    """The community, where the bot manages channels."""
    role = community.guild.state.roles[community.bot.member.role_ids[0]]
    more = role.permissions | Permission.MANAGE_CHANNELS
    await community.guild.change_role(role, permissions=more)
    return community


def body(target_id: int, deny: Permission = SEND) -> dict[str, object]:
    """Return an overwrite of a list, for a member."""
    return {"id": target_id, "type": 1, "allow": "0", "deny": str(int(deny))}


async def test_a_channel_is_made_in_step_with_its_category(
    managing: Community, api: RestClient
) -> None:
    """Or with overwrites of its own; the log says why."""
    guild = managing.guild
    path = f"/guilds/{guild.id}/channels"
    category = await guild.category("Boards")
    await category.allow(managing.ada, deny=SEND)
    made = await api("POST", path, {"name": "a", "parent_id": category.id}, reason="case 1")
    own = await api(
        "POST", path, {"name": "b", "permission_overwrites": [body(managing.ben.id)], "topic": "t"}
    )

    assert (made.status, made["parent_id"]) == (201, str(category.id))
    assert guild.find_channel("a").overwrite_of(managing.ada) is not None
    assert guild.find_channel("b").overwrite_of(managing.ben) is not None
    assert own["topic"] == "t"
    entry = next(e for e in guild.audit_log() if e.get("reason") == "case 1")
    assert entry["action_type"] == 10
    made = await api("POST", path, {"name": "Category", "type": 4})
    assert made["type"] == 4


async def test_making_a_channel_has_its_conditions(managing: Community, api: RestClient) -> None:
    """A name, a category that is one, bits of one's own, the permission."""
    guild = managing.guild
    path = f"/guilds/{guild.id}/channels"

    assert (await api("POST", path, {})).code == (400, 50035)
    assert (await api("POST", path, {"name": "x", "type": 2})).code == (400, 50035)
    wrong = await api("POST", path, {"name": "x", "parent_id": managing.board.id})
    assert wrong.code == (400, 50035)
    alien = [body(managing.ben.id, Permission.BYPASS_SLOWMODE)]
    answer = await api("POST", path, {"name": "x", "permission_overwrites": alien})
    assert answer.code == (403, 50013)
    role = guild.state.roles[managing.bot.member.role_ids[0]]
    await guild.change_role(role, permissions=Permission.VIEW_CHANNEL)
    assert (await api("POST", path, {"name": "x"})).code == (403, 50013)


async def test_a_channels_overwrites_are_set_as_a_whole(
    managing: Community, api: RestClient
) -> None:
    """Each difference is an entry; nothing is changed where one is refused."""
    board, ada, ben = managing.board, managing.ada, managing.ben
    await board.allow(ben, deny=SEND)
    path = f"/channels/{board.id}"
    wanted = {"name": "new", "permission_overwrites": [body(ada.id)]}
    assert (await api("PATCH", path, wanted)).status == 200
    assert (board.name, board.overwrite_of(ben)) == ("new", None)
    assert board.overwrite_of(ada) == Overwrite(ada.id, OverwriteKind.MEMBER, deny=SEND)
    kinds = [entry["action_type"] for entry in managing.guild.audit_log()[-3:]]
    assert kinds == [13, 15, 11]

    alien = {"name": "x", "permission_overwrites": [body(ada.id, Permission.BYPASS_SLOWMODE)]}
    assert (await api("PATCH", path, alien)).code == (403, 50013)
    assert board.name == "new"


async def test_a_channel_moves_into_a_category(
    managing: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """Its overwrites stay, or are taken over where asked; out again with null."""
    guild, board = managing.guild, managing.board
    category = await guild.category("Boards")
    await category.allow(managing.ada, deny=SEND)
    await gateway.identify()
    moved = await api("PATCH", f"/channels/{board.id}", {"parent_id": category.id})
    assert moved["parent_id"] == str(category.id)
    assert board.overwrite_of(managing.ada) is None
    assert (await gateway.event("CHANNEL_UPDATE"))["parent_id"] == str(category.id)
    await api("PATCH", f"/channels/{board.id}", {"parent_id": None})
    assert board.state.parent_id is None

    item = {"id": board.id, "position": 3, "parent_id": category.id, "lock_permissions": True}
    assert (await api("PATCH", f"/guilds/{guild.id}/channels", [item])).status == 204
    assert board.overwrite_of(managing.ada) is not None
    assert board.state.position == 3
    item = {"id": 1, "position": 3}
    assert (await api("PATCH", f"/guilds/{guild.id}/channels", [item])).code == (404, 10003)


async def test_what_a_channel_is_asked_for_must_make_sense(
    managing: Community, api: RestClient
) -> None:
    """A category that is one, overwrites for somebody; the same again changes nothing."""
    path = f"/channels/{managing.board.id}"
    await managing.board.allow(managing.ada, deny=SEND)
    entries = len(managing.guild.audit_log())

    wrong = await api("PATCH", path, {"parent_id": managing.board.id})
    assert wrong.code == (400, 50035)
    nobodys = {"permission_overwrites": [{"type": 1, "deny": "0"}]}
    assert (await api("PATCH", path, nobodys)).code == (400, 50035)
    same = {"permission_overwrites": [body(managing.ada.id)], "name": managing.board.name}
    assert (await api("PATCH", path, same)).status == 200
    assert len(managing.guild.audit_log()) == entries


async def test_people_move_and_sync_channels(managing: Community) -> None:
    """As a moderator does in the settings of a channel."""
    category = await managing.guild.category("Boards")
    await category.allow(managing.ada, deny=SEND)
    await managing.board.move(category)
    assert managing.board.overwrite_of(managing.ada) is None

    await managing.board.sync()
    assert managing.board.overwrite_of(managing.ada) is not None
    await managing.board.move(None)
    assert managing.board.state.parent_id is None


async def test_a_deleted_category_leaves_its_channels(
    managing: Community, api: RestClient, gateway: GatewayClient
) -> None:
    """Each is told of as being in none now."""
    category = await managing.guild.category("Boards")
    inside = await managing.guild.channel("inside", category=category)
    await gateway.identify()
    assert (await api("DELETE", f"/channels/{category.id}")).status == 200

    assert inside.state.parent_id is None
    assert (await gateway.event("CHANNEL_UPDATE"))["parent_id"] is None
