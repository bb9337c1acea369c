"""What the bot may answer, how often and until when."""

import pytest
from aiohttp import ClientSession

from bot.sandbox import (
    InteractionRefusedError,
    MemberHandle,
    Permission,
)
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import EVERYTHING, GatewayClient
from tests.sandbox.interactions.answering_bot import (
    ACKNOWLEDGE,
    MESSAGE,
    THINKING,
    UPDATE,
    AnsweringBot,
    button,
    row,
)
from tests.sandbox.rest_client import RestClient

EPHEMERAL = 64


async def test_an_answer_is_posted_and_given_back(
    community: Community, bot: AnsweringBot, mod: MemberHandle
) -> None:
    """A message for all: in the history, as the application's, with whose command it was."""
    outcome = await mod.slash("ask", community.board)
    answer = await bot.respond(outcome, MESSAGE, {"content": "here"})
    await outcome.answered()

    (message,) = community.board.messages()
    assert (message.content, message.author) == ("here", community.sim.bot)
    assert message.webhook_id == message.application_id == community.sim.app.id
    assert message.interaction_metadata is not None
    assert message.interaction_metadata["id"] == str(outcome.id)
    assert answer.status == 200
    told, resource = answer["interaction"], answer["resource"]
    assert isinstance(told, dict)
    assert isinstance(resource, dict)
    assert told["response_message_id"] == resource["message"]["id"] == str(message.id)
    assert (outcome.text, outcome.ephemeral, outcome.deferred) == ("here", False, False)
    assert outcome.delay is not None
    assert 0 < outcome.delay < 3


async def test_an_answer_that_nobody_asked_back_has_no_body(
    bot: AnsweringBot, mod: MemberHandle
) -> None:
    """Without with_response a callback is answered 204."""
    outcome = await mod.slash("ask")

    answer = await bot.respond(outcome, MESSAGE, {"content": "x"}, wanted=False)
    assert (answer.status, answer.body) == (204, None)


async def test_an_ephemeral_answer_is_in_no_history_and_nobody_else_presses_it(
    community: Community, bot: AnsweringBot, mod: MemberHandle, api: RestClient
) -> None:
    """Only its user sees it; the ordinary routes do not know it."""
    outcome = await mod.slash("ask", community.board)
    data = {"content": "psst", "flags": EPHEMERAL, "components": [row(button())]}
    await bot.respond(outcome, MESSAGE, data)

    message = outcome.message
    assert outcome.ephemeral
    assert community.board.messages() == []
    path = f"/channels/{community.board.id}/messages/{message.id}"
    assert (await api("GET", path)).code == (404, 10008)
    assert (await api("PATCH", path, {"content": "x"})).code == (404, 10008)
    with pytest.raises(Exception, match="visible to somebody else only"):
        await community.ada.press(outcome, label="Confirm")
    assert not (await mod.press(outcome, label="Confirm")).failed


async def test_the_bot_hears_of_its_ephemeral_message_as_of_a_direct_one(
    community: Community,
    http: ClientSession,
    gateway: GatewayClient,
    api: RestClient,
    mod: MemberHandle,
) -> None:
    """The events have no guild, and need the intent for direct messages."""
    bot = AnsweringBot(community, http, gateway)
    await bot.log_in(api)
    outcome = await mod.slash("ask", community.board)
    await bot.respond(outcome, MESSAGE, {"content": "psst", "flags": EPHEMERAL})
    await bot.follow(outcome, {"content": "later"}, "PATCH", "/messages/@original")

    created = await gateway.event("MESSAGE_CREATE")
    updated = await gateway.event("MESSAGE_UPDATE")
    assert created["flags"] & EPHEMERAL
    assert (created["content"], updated["content"]) == ("psst", "later")
    assert "guild_id" not in created
    await gateway.close()
    await gateway.identify(EVERYTHING & ~(1 << 12))
    await bot.respond(
        await mod.slash("ask", community.board), MESSAGE, {"content": "2", "flags": EPHEMERAL}
    )
    await community.ada.says(community.board, "public")
    assert (await gateway.event("MESSAGE_CREATE"))["content"] == "public"


@pytest.mark.parametrize("flags", [0, EPHEMERAL])
@pytest.mark.parametrize("method", ["edit", "follow"])
async def test_a_deferred_answer_is_awaited_until_it_comes(
    community: Community, bot: AnsweringBot, mod: MemberHandle, flags: int, method: str
) -> None:
    """Thinking first; an edit or the first follow-up takes its place, as private as deferred."""
    outcome = await mod.slash("ask", community.board)
    await bot.respond(outcome, THINKING, {"flags": flags} if flags else None)
    assert outcome.thinking
    assert outcome.deferred
    assert not outcome.interaction.finished
    if method == "edit":
        answer = await bot.follow(outcome, {"content": "done"}, "PATCH", "/messages/@original")
    else:
        answer = await bot.follow(outcome, {"content": "done", "flags": EPHEMERAL ^ flags})
    await outcome.answered()

    assert answer["id"] == str(outcome.message.id)
    assert not outcome.thinking
    assert outcome.ephemeral == bool(flags)
    assert outcome.text == "done"
    assert [(each.loading, each.content) for each in outcome.history] == [
        (True, ""),
        (False, "done"),
    ]
    assert [each.content for each in community.board.messages()] == ([] if flags else ["done"])


async def test_further_messages_are_posted_read_changed_and_taken_away(
    community: Community, bot: AnsweringBot, mod: MemberHandle
) -> None:
    """Follow-ups and the original, each by its own address; what is gone is unknown."""
    outcome = await mod.slash("ask", community.board)
    await bot.respond(outcome, MESSAGE, {"content": "one"})
    second = await bot.follow(outcome, {"content": "two"})
    third = await bot.follow(outcome, {"content": "three", "flags": EPHEMERAL})
    assert [each.content for each in outcome.messages] == ["one", "two", "three"]
    assert [each.content for each in community.board.messages()] == ["one", "two"]

    for shown in (second, third):
        path = f"/messages/{shown['id']}"
        assert (await bot.follow(outcome, None, "GET", path))["id"] == shown["id"]
        changed = await bot.follow(outcome, {"content": "changed"}, "PATCH", path)
        assert changed["content"] == "changed"
        assert (await bot.follow(outcome, None, "DELETE", path)).status == 204
        assert (await bot.follow(outcome, None, "GET", path)).code == (404, 10008)
    assert (await bot.follow(outcome, None, "GET", "/messages/@original"))["content"] == "one"
    assert (await bot.follow(outcome, None, "DELETE", "/messages/@original")).status == 204
    assert (await bot.follow(outcome, None, "GET", "/messages/@original")).code == (404, 10008)
    assert outcome.messages == []
    assert [each.content for each in outcome.history if each.gone] == ["changed", "changed", "one"]
    assert community.board.messages() == []


async def test_what_was_answered_for_all_is_the_bots_own_message(
    community: Community, bot: AnsweringBot, mod: MemberHandle, api: RestClient
) -> None:
    """It changes and deletes it by the ordinary routes too, long after the token has run out."""
    outcome = await mod.slash("ask", community.board)
    await bot.respond(outcome, MESSAGE, {"content": "one"})
    await community.sim.advance(hours=1)
    path = f"/channels/{community.board.id}/messages/{outcome.message.id}"

    assert (await api("PATCH", path, {"content": "two"}))["content"] == "two"
    assert outcome.text == "two"
    assert (await api("DELETE", path)).status == 204
    assert outcome.messages == []


async def test_an_answer_needs_no_permission_of_the_bot(
    community: Community, bot: AnsweringBot, mod: MemberHandle
) -> None:
    """Where it may neither see nor write, it still answers who calls it."""
    nothing = Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES
    await community.board.allow(community.bot, deny=nothing)
    outcome = await mod.slash("ask", community.board)
    await bot.respond(outcome, THINKING)
    await bot.follow(outcome, {"content": "done"}, "PATCH", "/messages/@original")
    assert (await bot.follow(outcome, {"content": "more"})).status == 200

    assert community.board.history_texts() == ["done", "more"]


async def test_commands_are_called_in_direct_messages(
    community: Community, bot: AnsweringBot, mod: MemberHandle, api: RestClient
) -> None:
    """Where their contexts say so; there is a user then, and no member."""
    outcome = await mod.slash("ask", mod.inbox)
    told = await bot.told()
    await bot.respond(outcome, MESSAGE, {"content": "hello"})

    assert (told["context"], told["user"]["id"]) == (1, str(mod.id))
    assert not {"guild_id", "guild", "member"} & told.keys()
    assert [message.content for message in mod.dms()] == ["hello"]
    path = f"/applications/{community.sim.app.id}/commands"
    only = [{"name": "ask", "description": "x", "contexts": [0]}]
    await api("PUT", path, only)
    with pytest.raises(InteractionRefusedError, match="not offered in BOT_DM"):
        await mod.slash("ask", mod.inbox)
    with pytest.raises(InteractionRefusedError, match="somebody else's"):
        await mod.slash("ask", community.ben.inbox)


async def test_an_update_changes_the_message_of_the_button(
    community: Community, bot: AnsweringBot, mod: MemberHandle, api: RestClient
) -> None:
    """Also when it was only acknowledged; the original is the message pressed."""
    body = {"content": "case", "components": [row(button())]}
    await api("POST", f"/channels/{community.board.id}/messages", body)
    (message,) = community.board.messages()
    first = await mod.press(message, label="Confirm")
    await bot.respond(first, UPDATE, {"content": "taken"})
    second = await mod.press(message, custom_id="ok")
    await bot.respond(second, ACKNOWLEDGE)
    assert not second.interaction.finished
    await bot.follow(second, {"content": "done", "components": []}, "PATCH", "/messages/@original")
    await second.answered()

    assert first.message is second.message is message
    assert (message.content, message.versions) == ("done", ["case", "taken"])
    with pytest.raises(Exception, match="0 buttons fit"):
        await mod.press(message, label="Confirm")


async def test_an_interaction_carries_what_discord_sends(
    community: Community, bot: AnsweringBot, mod: MemberHandle
) -> None:
    """Who, where, with which permissions, and the token's application."""
    await mod.slash("ask", community.board)
    told = await bot.told()

    assert (told["type"], told["version"], told["context"]) == (2, 1, 0)
    assert told["guild_id"] == told["guild"]["id"] == str(community.guild.id)
    assert told["channel"]["id"] == told["channel_id"] == str(community.board.id)
    assert told["member"]["user"]["id"] == str(mod.id)
    assert int(told["member"]["permissions"]) & 1 << 40
    assert int(told["app_permissions"]) & 1 << 2
    assert told["authorizing_integration_owners"] == {"0": str(community.guild.id)}
    assert told["data"]["name"] == "ask"
    assert "user" not in told


async def test_no_record_holds_an_interactions_token(
    community: Community, bot: AnsweringBot, mod: MemberHandle
) -> None:
    """Neither the requests, nor what an error quotes."""
    outcome = await mod.slash("ask", community.board)
    await bot.respond(outcome, THINKING)
    await bot.follow(outcome, {"content": "done"})
    token = outcome.interaction.token

    assert token not in repr(community.sim.requests)
    assert token not in repr(outcome.interaction)
    assert token not in repr(community.sim.world.interactions)
    assert token not in community.sim.outlook()
