"""Guilds, members, roles and errors over REST."""

from datetime import timedelta

import pytest

from bot.sandbox import Permission, Simulation
from bot.sandbox.intents import Intent
from bot.sandbox.snowflake import iso
from tests.sandbox.conftest import Community
from tests.sandbox.rest_client import RestClient

NOBODY = 123456789012345678


def member(community: Community, user_id: int) -> str:
    """Return the path of a member."""
    return f"/guilds/{community.guild.id}/members/{user_id}"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/channels/123456789012345678", 10003),
        ("/guilds/123456789012345678", 10004),
        ("/users/123456789012345678", 10013),
        ("/channels/{board}/messages/123456789012345678", 10008),
        ("/guilds/{guild}/members/123456789012345678", 10007),
    ],
)
async def test_what_is_not_there_has_its_code(
    community: Community, api: RestClient, path: str, code: int
) -> None:
    """Each unknown thing is a 404 of its own."""
    known = path.format(board=community.board.id, guild=community.guild.id)

    assert (await api("GET", known)).code == (404, code)


async def test_an_id_that_is_none_is_an_invalid_form(sim: Simulation, api: RestClient) -> None:
    """Letters, too large numbers, negative ones."""
    for text in ("abc", "-1", str(1 << 64), "%F0%9F%98%80"):
        assert (await api("GET", f"/channels/{text}")).code == (400, 50035)


async def test_a_wrong_token_is_401(sim: Simulation, api: RestClient) -> None:
    """On every route."""
    api.token = "wrong"

    assert (await api("GET", "/users/@me")).code == (401, 0)


async def test_unknown_routes_are_refused_by_name(sim: Simulation, api: RestClient) -> None:
    """The answer says what is missing, and the simulation remembers."""
    answer = await api("PUT", "/guilds/1/incident-actions", {})

    assert answer.status == 501
    assert str(answer["message"]).endswith("does not know PUT /guilds/1/incident-actions yet")
    assert sim.refused == ["PUT /guilds/1/incident-actions"]


async def test_what_is_no_json_is_an_error(community: Community, api: RestClient) -> None:
    """Code 50109, and a list where an object is expected 50035."""
    path = f"/channels/{community.board.id}/messages"

    assert (await api("POST", path, raw=b"{")).code == (400, 50109)
    assert (await api("POST", path, [1])).code == (400, 50035)


async def test_a_guild_is_read_whole(community: Community, api: RestClient) -> None:
    """The guild, its channels, roles, members and the list of the bot's guilds."""
    base = f"/guilds/{community.guild.id}"

    assert (await api("GET", base + "?with_counts=1"))["approximate_member_count"] == 4
    assert [c["name"] for c in (await api("GET", base + "/channels")).rows] == ["general"]
    assert len((await api("GET", base + "/roles")).rows) == 2
    members = (await api("GET", base + "/members?limit=1000")).rows
    assert {m["user"]["username"] for m in members} == {"owner", "concord", "ada", "ben"}
    assert [g["name"] for g in (await api("GET", "/users/@me/guilds")).rows] == [
        "Freelance Community"
    ]


async def test_the_member_list_needs_the_privileged_intent(
    community: Community, api: RestClient
) -> None:
    """Code 50001 where it is not switched on."""
    community.sim.app.allowed_intents &= ~Intent.GUILD_MEMBERS

    answer = await api("GET", f"/guilds/{community.guild.id}/members")
    assert answer.code == (403, 50001)


async def test_a_guild_without_the_bot_is_closed(sim: Simulation, api: RestClient) -> None:
    """Code 50001."""
    guild = await sim.guild("Elsewhere")

    assert (await api("GET", f"/guilds/{guild.id}")).code == (403, 50001)


async def test_a_direct_message_arrives(community: Community, api: RestClient) -> None:
    """Opened by user id, string or integer, and found again."""
    opened = await api("POST", "/users/@me/channels", {"recipient_id": community.ada.id})
    again = await api("POST", "/users/@me/channels", {"recipient_id": str(community.ada.id)})
    await api("POST", f"/channels/{opened['id']}/messages", {"content": "a notice"})

    assert opened["id"] == again["id"]
    assert [message.content for message in community.ada.dms()] == ["a notice"]


async def test_closed_direct_messages_are_50007(community: Community, api: RestClient) -> None:
    """Opening works, sending does not."""
    await community.ada.closes_dms()
    opened = await api("POST", "/users/@me/channels", {"recipient_id": community.ada.id})
    answer = await api("POST", f"/channels/{opened['id']}/messages", {"content": "x"})

    assert answer.code == (403, 50007)
    await community.ada.opens_dms()
    answer = await api("POST", f"/channels/{opened['id']}/messages", {"content": "x"})
    assert answer.status == 200


async def test_who_left_cannot_be_written_to(community: Community, api: RestClient) -> None:
    """Without a guild in common it is 50278; nobody at all is 50033."""
    await community.ada.leaves()
    opened = await api("POST", "/users/@me/channels", {"recipient_id": community.ada.id})
    answer = await api("POST", f"/channels/{opened['id']}/messages", {"content": "x"})

    assert answer.code == (403, 50278)
    nobody = await api("POST", "/users/@me/channels", {"recipient_id": str(NOBODY)})
    assert nobody.code == (400, 50033)


async def test_a_timeout_silences_until_it_ends(community: Community, api: RestClient) -> None:
    """A timed-out member cannot post; time heals it without an event."""
    sim, ada = community.sim, community.ada
    until = iso(sim.clock.now() + timedelta(hours=1))
    body = {"communication_disabled_until": until}
    answer = await api("PATCH", member(community, ada.id), body, reason="rule 8")

    assert answer["communication_disabled_until"] == until
    assert ada.is_timed_out
    with pytest.raises(Exception, match="Missing Permissions"):
        await ada.says(community.board, "muffled")
    await sim.advance(hours=2)
    assert not ada.is_timed_out
    await ada.says(community.board, "back")
    entry = community.guild.audit_log()[-1]
    assert (entry["action_type"], entry["reason"]) == (24, "rule 8")


async def test_a_timeout_has_its_limits(community: Community, api: RestClient) -> None:
    """28 days; not the owner, administrators or who stands as high as the bot."""
    guild, now = community.guild, community.sim.clock.now()
    admin = await guild.member("Max", roles=[await guild.administrator_role(position=5)])
    peer = await guild.member("Zoe", roles=[await guild.role("Above", position=101)])
    hour = {"communication_disabled_until": iso(now + timedelta(hours=1))}
    month = {"communication_disabled_until": iso(now + timedelta(days=29))}

    async def code(user_id: int, body: object) -> object:
        return (await api("PATCH", member(community, user_id), body)).code

    assert await code(community.ada.id, month) == (400, 50035)
    assert await code(admin.id, hour) == (403, 50013)
    assert await code(peer.id, hour) == (403, 50013)
    assert await code(guild.owner.id, hour) == (403, 50013)
    assert await code(community.ada.id, {"communication_disabled_until": "soon"}) == (400, 50035)


async def test_roles_are_given_below_the_bots_own(community: Community, api: RestClient) -> None:
    """A role above the bot's highest is refused, an unknown one is not there."""
    low = await community.guild.role("Low", position=5)
    high = await community.guild.role("High", position=101)
    path = member(community, community.ada.id) + "/roles/"

    assert (await api("PUT", f"{path}{low.id}")).status == 204
    assert community.ada.member.role_ids == [low.id]
    assert (await api("PUT", f"{path}{high.id}")).code == (403, 50013)
    assert (await api("PUT", f"{path}{NOBODY}")).code == (404, 10011)
    assert (await api("DELETE", f"{path}{low.id}")).status == 204
    assert community.ada.member.role_ids == []


async def test_the_bot_kicks_whom_it_stands_above(community: Community, api: RestClient) -> None:
    """The member is gone, the owner stays."""
    assert (await api("DELETE", member(community, community.ada.id))).status == 204
    assert community.ada.id not in community.guild.state.members
    assert (await api("DELETE", member(community, community.guild.owner.id))).code == (403, 50013)


async def test_the_audit_log_is_read_newest_first(community: Community, api: RestClient) -> None:
    """Filtered by action, paged by id, with the users named."""
    post = await community.ada.says(community.board, "x")
    await api("DELETE", f"/channels/{community.board.id}/messages/{post.id}", reason="r")
    base = f"/guilds/{community.guild.id}/audit-logs"

    everything = await api("GET", base)
    deletions = await api("GET", base + "?action_type=72")
    newest_first = [int(entry["id"]) for entry in everything["audit_log_entries"]]
    assert newest_first == sorted(newest_first, reverse=True)
    (entry,) = deletions["audit_log_entries"]
    assert entry["reason"] == "r"
    assert {user["username"] for user in deletions["users"]} == {"concord", "ada"}


async def test_the_audit_log_needs_its_permission(community: Community, api: RestClient) -> None:
    """Code 50013."""
    role = community.guild.state.roles[community.bot.member.role_ids[0]]
    await community.guild.change_role(role, permissions=Permission.VIEW_CHANNEL)

    answer = await api("GET", f"/guilds/{community.guild.id}/audit-logs")
    assert answer.code == (403, 50013)


async def test_a_hidden_channel_is_50001(community: Community, api: RestClient) -> None:
    """For the channel and all within."""
    role = community.guild.state.roles[community.bot.member.role_ids[0]]
    await community.guild.change_role(role, permissions=Permission.SEND_MESSAGES)
    await community.board.allow(community.guild.everyone, deny=Permission.VIEW_CHANNEL)

    assert (await api("GET", f"/channels/{community.board.id}")).code == (403, 50001)
    assert (await api("GET", f"/channels/{community.board.id}/messages")).code == (403, 50001)


async def test_where_the_gateway_is(sim: Simulation, api: RestClient) -> None:
    """Both routes name this machine; the bot's also says how many shards."""
    assert (await api("GET", "/gateway"))["url"] == sim.gateway_url
    answer = await api("GET", "/gateway/bot")
    assert answer["shards"] == 1
    assert answer["session_start_limit"]["remaining"] == 1000
