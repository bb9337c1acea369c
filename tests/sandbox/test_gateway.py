"""The gateway: logging in, hearing of things, and coming back."""

import aiohttp

from bot.sandbox import Overwrite, OverwriteKind, Permission
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import EVERYTHING, GatewayClient

GUILDS, MEMBERS, MESSAGES, CONTENT = 1 << 0, 1 << 1, 1 << 9, 1 << 15


async def test_hello_comes_first(gateway: GatewayClient) -> None:
    """HELLO tells the heartbeat interval."""
    hello = await gateway.open()

    assert hello == {"op": 10, "d": {"heartbeat_interval": 41_250}}


async def test_a_heartbeat_is_acknowledged(gateway: GatewayClient) -> None:
    """Before and after identifying."""
    await gateway.open()
    await gateway.send(1, None)

    assert (await gateway.frame())["op"] == 11


async def test_ready_lists_the_guilds_and_they_follow(
    community: Community, gateway: GatewayClient
) -> None:
    """READY is event 1; GUILD_CREATE brings channels, roles and the bot itself."""
    ready = await gateway.identify()
    guild = await gateway.event("GUILD_CREATE")

    assert ready["guilds"] == [{"id": str(community.guild.id), "unavailable": True}]
    assert ready["resume_gateway_url"] == community.sim.gateway_url
    assert [channel["name"] for channel in guild["channels"]] == ["general"]
    assert {role["name"] for role in guild["roles"]} == {"@everyone", "Concord"}
    assert [member["user"]["username"] for member in guild["members"]] == ["concord"]
    assert guild["member_count"] == 4
    assert gateway.seq == 2


async def test_a_compressed_stream_carries_the_same(
    community: Community, gateway: GatewayClient
) -> None:
    """Each payload of a zlib-stream ends in a sync flush, with one context for all."""
    hello = await gateway.open(compressed=True)
    await gateway.send_identify()
    await gateway.event("READY")
    await community.ada.says(community.board, "compressed " * 50)

    assert hello["op"] == 10
    assert (await gateway.event("MESSAGE_CREATE"))["content"].startswith("compressed")


async def test_a_wrong_token_closes_with_4004(gateway: GatewayClient) -> None:
    """IDENTIFY is checked."""
    await gateway.open()
    await gateway.send_identify(token="wrong")

    assert await gateway.close_code() == 4004


async def test_a_privileged_intent_must_be_switched_on(
    community: Community, gateway: GatewayClient
) -> None:
    """Otherwise the socket closes with 4014."""
    community.sim.app.allowed_intents &= ~CONTENT
    await gateway.open()
    await gateway.send_identify()

    assert await gateway.close_code() == 4014


async def test_malformed_logins_have_their_close_codes(gateway: GatewayClient) -> None:
    """Intents, shards, versions, and anything before logging in."""
    await gateway.open()
    await gateway.send_identify(intents=-1)
    assert await gateway.close_code() == 4013
    await gateway.open()
    await gateway.send_identify(shard=[2, 2])
    assert await gateway.close_code() == 4010
    await gateway.connect(version=9)
    assert await gateway.close_code() == 4012
    await gateway.open()
    await gateway.send(8, {"guild_id": "1"})
    assert await gateway.close_code() == 4003
    await gateway.open()
    await gateway.socket.send_str("not json")
    assert await gateway.close_code() == 4002
    await gateway.identify()
    await gateway.send_identify()
    assert await gateway.close_code() == 4005
    await gateway.identify()
    await gateway.send(99, {})
    assert await gateway.close_code() == 4001


async def test_a_message_comes_with_its_member(
    community: Community, gateway: GatewayClient
) -> None:
    """MESSAGE_CREATE has guild and member, MESSAGE_UPDATE is the full message."""
    role = await community.guild.role("Design Portfolio")
    await community.ada.gets_role(role)
    await gateway.identify()
    post = await community.ada.says(community.board, "hello")
    created = await gateway.event("MESSAGE_CREATE")
    await community.ada.edits(post, "hello again")
    updated = await gateway.event("MESSAGE_UPDATE")

    assert created["member"]["roles"] == [str(role.id)]
    assert created["guild_id"] == str(community.guild.id)
    assert created["edited_timestamp"] is None
    assert updated["content"] == "hello again"
    assert updated["edited_timestamp"] is not None
    assert updated["author"]["username"] == "ada"


async def test_a_links_preview_is_an_update_without_an_edit(
    community: Community, gateway: GatewayClient
) -> None:
    """Unfurled links arrive as MESSAGE_UPDATE."""
    await gateway.identify()
    post = await community.ada.says(community.board, "https://example.com")
    await community.guild.unfurls(post, [{"title": "a preview"}])

    updated = await gateway.event("MESSAGE_UPDATE")
    assert updated["embeds"] == [{"type": "link", "title": "a preview"}]
    assert updated["edited_timestamp"] is None


async def test_without_the_content_intent_messages_are_blank(
    community: Community, gateway: GatewayClient
) -> None:
    """Except those that mention the bot."""
    await gateway.identify(GUILDS | MESSAGES)
    await community.ada.says(community.board, "secret", embeds=[{"title": "x"}])
    blank = await gateway.event("MESSAGE_CREATE")
    await community.ada.says(community.board, f"hi {community.bot.mention}")
    mention = await gateway.event("MESSAGE_CREATE")

    assert (blank["content"], blank["embeds"]) == ("", [])
    assert mention["content"].startswith("hi ")


async def test_events_are_filtered_by_intents(community: Community, gateway: GatewayClient) -> None:
    """A session with GUILDS only hears of channels and not of messages or members."""
    await gateway.identify(GUILDS)
    await gateway.event("GUILD_CREATE")
    await community.ada.says(community.board, "unheard")
    await community.ada.leaves()
    await community.guild.channel("new")

    assert await gateway.events_until("CHANNEL_CREATE") == ["CHANNEL_CREATE"]


async def test_what_the_bot_may_not_see_is_not_sent(
    community: Community, gateway: GatewayClient
) -> None:
    """A message in a hidden channel stays unheard."""
    hidden = await community.guild.channel(
        "hidden",
        overwrites=[
            Overwrite(community.guild.id, OverwriteKind.ROLE, deny=Permission.VIEW_CHANNEL),
            Overwrite(community.ada.id, OverwriteKind.MEMBER, allow=Permission.VIEW_CHANNEL),
        ],
    )
    await community.board.allow(community.bot, allow=Permission.VIEW_CHANNEL)
    bot_role = community.guild.state.roles[community.bot.member.role_ids[0]]
    await community.guild.change_role(bot_role, permissions=Permission.SEND_MESSAGES)
    await gateway.identify()
    await community.ada.says(hidden, "psst")
    await community.ada.says(community.board, "loud")

    assert (await gateway.event("MESSAGE_CREATE"))["content"] == "loud"


async def test_each_guild_belongs_to_one_shard(
    community: Community, gateway: GatewayClient
) -> None:
    """READY of the other shard lists nothing, and its events stay away."""
    own = (community.guild.id >> 22) % 2
    other = await gateway.identify(shard=[1 - own, 2])
    await community.ada.says(community.board, "unheard there")
    await gateway.close()
    mine = await gateway.identify(shard=[own, 2])

    assert other["guilds"] == []
    assert len(mine["guilds"]) == 1


async def test_members_come_in_chunks_of_a_thousand(
    community: Community, gateway: GatewayClient
) -> None:
    """Op 8 is answered with as many chunks as it takes, with its nonce."""
    await community.guild.members(f"Member {number}" for number in range(1200))
    await gateway.identify()
    guild_id = str(community.guild.id)
    await gateway.send(8, {"guild_id": guild_id, "query": "", "limit": 0, "nonce": "n1"})

    first = await gateway.event("GUILD_MEMBERS_CHUNK")
    second = await gateway.event("GUILD_MEMBERS_CHUNK")
    assert [len(first["members"]), len(second["members"])] == [1000, 204]
    assert (second["chunk_index"], second["chunk_count"], second["nonce"]) == (1, 2, "n1")


async def test_members_can_be_asked_for_by_name_and_id(
    community: Community, gateway: GatewayClient
) -> None:
    """A query is a prefix; unknown ids are named."""
    await gateway.identify()
    guild_id = str(community.guild.id)
    await gateway.send(8, {"guild_id": guild_id, "query": "ad", "limit": 5})
    by_name = await gateway.event("GUILD_MEMBERS_CHUNK")
    await gateway.send(8, {"guild_id": guild_id, "user_ids": [str(community.ben.id), "5"]})
    by_id = await gateway.event("GUILD_MEMBERS_CHUNK")

    assert [member["user"]["username"] for member in by_name["members"]] == ["ada"]
    assert [member["user"]["username"] for member in by_id["members"]] == ["ben"]
    assert by_id["not_found"] == ["5"]


async def test_a_resumed_session_gets_what_it_missed_in_order(
    community: Community, gateway: GatewayClient
) -> None:
    """RESUME replays by sequence number, then says RESUMED."""
    await gateway.identify()
    await gateway.event("GUILD_CREATE")
    await gateway.close(code=4000)
    for text in ("one", "two"):
        await community.ada.says(community.board, text)

    await gateway.resume()

    assert (await gateway.event("MESSAGE_CREATE"))["content"] == "one"
    assert (await gateway.event("MESSAGE_CREATE"))["content"] == "two"
    await gateway.event("RESUMED")
    assert gateway.seq == 5


async def test_a_session_ends_with_a_clean_close(
    community: Community, gateway: GatewayClient
) -> None:
    """After 1000 a RESUME gets op 9, not resumable."""
    await gateway.identify()
    await gateway.close(code=1000)
    await community.sim.until(lambda: not community.sim.gateway.sessions)

    await gateway.resume()

    assert await gateway.frame() == {"op": 9, "d": False}


async def test_a_restarted_bot_replaces_its_old_session(
    community: Community, gateway: GatewayClient, http: aiohttp.ClientSession
) -> None:
    """Whether the old socket is found dead before or after the new login."""
    sim = community.sim
    restarted = GatewayClient(http, sim.gateway_url, sim.app.token)
    await gateway.identify()
    await restarted.identify()
    assert len(sim.gateway.sessions) == 2

    await gateway.close(code=4000)
    await sim.until(lambda: len(sim.gateway.sessions) == 1)

    await restarted.close(code=4000)
    await sim.until(lambda: not sim.gateway.connected)
    await gateway.identify()
    assert [each.id for each in sim.gateway.sessions.values()] == [gateway.session_id]


async def test_a_forgotten_session_cannot_be_resumed(
    community: Community, gateway: GatewayClient
) -> None:
    """What happened meanwhile is in the history only."""
    await gateway.identify()
    await gateway.close(code=4000)
    await community.sim.until(lambda: not community.sim.gateway.connected)
    community.sim.gateway.forget()
    await community.ada.says(community.board, "missed")

    await gateway.resume()

    assert await gateway.frame() == {"op": 9, "d": False}
    assert community.board.history_texts() == ["missed"]


async def test_the_driver_can_end_or_disturb_a_session(
    community: Community, gateway: GatewayClient
) -> None:
    """Op 7, op 9 of both kinds, and a close at will."""
    sim = community.sim
    await gateway.identify()
    await gateway.event("GUILD_CREATE")
    (session,) = sim.gateway.connected
    sim.gateway.ask_to_reconnect(session)
    assert (await gateway.frame())["op"] == 7
    sim.gateway.invalidate(session, resumable=True)
    assert await gateway.frame() == {"op": 9, "d": True}
    sim.gateway.drop(session, 4009)
    assert await gateway.close_code() == 4009
    await gateway.resume()
    await gateway.event("RESUMED")
    sim.gateway.invalidate(session)
    assert await gateway.frame() == {"op": 9, "d": False}
    assert not sim.gateway.sessions


async def test_a_resume_ahead_of_the_session_is_refused(
    community: Community, gateway: GatewayClient
) -> None:
    """A sequence number that was never sent closes with 4007."""
    await gateway.identify()
    await gateway.close(code=4000)

    await gateway.resume(seq=99)

    assert await gateway.close_code() == 4007


async def test_a_resume_without_any_session_begins_anew(gateway: GatewayClient) -> None:
    """Whoever overheard why it was closed asks to resume nothing, and is told to identify."""
    await gateway.open()
    await gateway.send(6, {"token": gateway.token, "session_id": None, "seq": None})

    assert await gateway.frame() == {"op": 9, "d": False}


async def test_a_clock_jump_is_an_event(community: Community, gateway: GatewayClient) -> None:
    """Connected sessions hear at once, others when they resume."""
    await gateway.identify()
    await community.sim.advance(hours=1)
    assert await gateway.event("SANDBOX_CLOCK") == {"offset_ms": 3_600_000}
    await gateway.close(code=4000)
    await community.sim.until(lambda: not community.sim.gateway.connected)
    await community.sim.advance(minutes=1)
    await gateway.resume()
    assert await gateway.event("SANDBOX_CLOCK") == {"offset_ms": 3_660_000}


async def test_direct_messages_go_to_shard_zero(
    community: Community, gateway: GatewayClient
) -> None:
    """They have no guild, and need their intent."""
    await gateway.identify(EVERYTHING, shard=[0, 2])
    await community.ada.writes_to_bot("help")

    message = await gateway.event("MESSAGE_CREATE")
    assert message["content"] == "help"
    assert "guild_id" not in message


async def test_faults_decide_what_becomes_of_an_event(
    community: Community, gateway: GatewayClient
) -> None:
    """A dropped event is not sent, a doubled one twice, each with its own number."""

    class Twice:
        """Doubles posts and drops deletions."""

        def on_dispatch(
            self, event_name: str, payload: dict[str, object]
        ) -> list[dict[str, object]]:
            """Return what is sent instead."""
            return {"MESSAGE_CREATE": [payload] * 2, "MESSAGE_DELETE": []}.get(
                event_name, [payload]
            )

    community.sim.gateway.faults = Twice()
    await gateway.identify()
    await gateway.event("GUILD_CREATE")
    post = await community.ada.says(community.board, "x")
    await community.ada.deletes(post)
    await community.guild.channel("later")

    assert await gateway.events_until("CHANNEL_CREATE") == [
        "MESSAGE_CREATE",
        "MESSAGE_CREATE",
        "CHANNEL_CREATE",
    ]
