"""What the bot may not answer: twice, too late, too much, or to whom it is not for."""

import pytest

from bot.sandbox import (
    InteractionHandle,
    MemberHandle,
    NotAnsweredError,
)
from bot.sandbox.interactions import invoking
from tests.sandbox.interactions.answering_bot import (
    ACKNOWLEDGE,
    CHOICES,
    FORM,
    MESSAGE,
    THINKING,
    UPDATE,
    AnsweringBot,
)

FIELD = {"type": 4, "custom_id": "why", "style": 1}
A_FORM = {
    "custom_id": "form",
    "title": "Why",
    "components": [{"type": 18, "label": "Reason", "component": FIELD}],
}


@pytest.mark.parametrize("kind", [MESSAGE, THINKING])
async def test_a_second_answer_is_refused(bot: AnsweringBot, mod: MemberHandle, kind: int) -> None:
    """40060, whatever the first one was."""
    outcome = await mod.slash("ask")
    await bot.respond(outcome, kind, {"content": "x"} if kind == MESSAGE else None)

    assert (await bot.respond(outcome, MESSAGE, {"content": "y"})).code == (400, 40060)
    assert "y" not in outcome.text


async def test_an_answer_that_comes_too_late_is_refused(
    bot: AnsweringBot, mod: MemberHandle
) -> None:
    """After its seconds an interaction is unknown, and its user reads that nobody responded."""
    bot.sim.world.interactions.answer_seconds = 0
    outcome = await mod.slash("ask")

    assert (await bot.respond(outcome, MESSAGE, {"content": "x"})).code == (404, 10062)
    assert (await outcome.responded()).failed
    with pytest.raises(NotAnsweredError, match="did not respond"):
        await outcome.answered()


async def test_unknown_interactions_and_tokens_are_told_apart(
    bot: AnsweringBot, mod: MemberHandle
) -> None:
    """A wrong id or token is an unknown interaction, and an unknown webhook afterwards."""
    outcome = await mod.slash("ask")
    other = await mod.slash("ask")

    wrong = f"/interactions/{outcome.id}/{other.interaction.token}/callback"
    assert (await bot.call("POST", wrong, {"type": 5})).code == (404, 10062)
    assert (await bot.call("POST", "/interactions/1/x/callback", {"type": 5})).code == (404, 10062)
    # Before the first answer there is no webhook yet.
    assert (await bot.follow(outcome, {"content": "x"})).code == (404, 10015)
    await bot.respond(outcome, MESSAGE, {"content": "x"})
    strange = f"/webhooks/1/{outcome.interaction.token}"
    assert (await bot.call("POST", strange, {"content": "x"})).code == (404, 10015)


async def test_the_token_lives_fifteen_minutes_of_simulated_time(
    bot: AnsweringBot, mod: MemberHandle
) -> None:
    """Afterwards it is invalid, and a user who still waits reads that nobody responded."""
    outcome = await mod.slash("ask")
    await bot.respond(outcome, THINKING)
    await bot.sim.advance(minutes=14, seconds=50)
    assert (await bot.follow(outcome, None, "GET", "/messages/@original")).status == 200
    assert not outcome.failed
    await bot.sim.advance(seconds=10)

    for method, path in (("POST", ""), ("PATCH", "/messages/@original"), ("GET", "/messages/1")):
        answer = await bot.follow(outcome, {"content": "x"}, method, path)
        assert answer.code == (401, 50027)
    assert outcome.failed


@pytest.mark.parametrize("kind", [1, ACKNOWLEDGE, UPDATE, CHOICES, 3, 99, None])
async def test_a_command_takes_no_answer_that_is_for_others(
    bot: AnsweringBot, mod: MemberHandle, kind: int | None
) -> None:
    """And is still unanswered then."""
    outcome = await mod.slash("ask")
    path = f"/interactions/{outcome.id}/{outcome.interaction.token}/callback"

    assert (await bot.call("POST", path, {"type": kind, "data": {}})).code == (400, 50035)
    assert (await bot.respond(outcome, MESSAGE, {"content": "x"})).status == 200


async def test_an_empty_or_too_long_answer_is_refused(bot: AnsweringBot, mod: MemberHandle) -> None:
    """As any message is."""
    outcome = await mod.slash("ask")

    assert (await bot.respond(outcome, MESSAGE, {"content": ""})).code == (400, 50006)
    assert (await bot.respond(outcome, MESSAGE, {"content": "x" * 2001})).code == (400, 50035)
    assert (await bot.respond(outcome, FORM, {"custom_id": "f"})).code == (400, 50035)
    assert outcome.interaction.answer is None


async def test_a_form_is_answered_with_messages_but_not_with_another_form(
    bot: AnsweringBot, mod: MemberHandle
) -> None:
    """A form that was sent is closed; before the bot took it, it can be sent again."""
    outcome = await mod.slash("ask")
    await bot.respond(outcome, FORM, A_FORM)
    await outcome.answered()
    bot.sim.world.interactions.answer_seconds = 0
    lost = await mod.submit(outcome, {"Reason": "one"})
    assert lost.failed
    bot.sim.world.interactions.answer_seconds = 3
    sent = await mod.submit(outcome.modal, {"why": "two"})

    assert (await bot.respond(sent, FORM, A_FORM)).code == (400, 50035)
    assert (await bot.respond(sent, UPDATE, {"content": "x"})).code == (400, 50035)
    assert (await bot.respond(sent, MESSAGE, {"content": "thanks"})).status == 200
    with pytest.raises(Exception, match="sent already"):
        await mod.submit(outcome, {})
    # A form is no message: there is no original of it.
    assert (await bot.follow(outcome, None, "GET", "/messages/@original")).code == (404, 10008)


WRONG_SUGGESTIONS = [
    [{"name": "x", "value": 1}],
    [{"name": "", "value": "x"}],
    [{"name": "x" * 101, "value": "x"}],
    [{"name": "x"}],
    [{"name": "x", "value": "x" * 101}],
    [{"name": str(number), "value": "x"} for number in range(26)],
    "x",
]


@pytest.mark.parametrize("choices", WRONG_SUGGESTIONS, ids=lambda each: str(each)[:40])
async def test_wrong_suggestions_are_refused(
    bot: AnsweringBot, mod: MemberHandle, choices: object
) -> None:
    """Up to 25, of the option's type and up to 100 characters."""
    outcome = await _typing(mod)

    assert (await bot.respond(outcome, CHOICES, {"choices": choices})).code == (400, 50035)
    assert (await bot.respond(outcome, MESSAGE, {"content": "x"})).code == (400, 50035)
    assert (await bot.respond(outcome, CHOICES, {"choices": []})).status == 200
    assert outcome.choices == []


async def _typing(mod: MemberHandle) -> InteractionHandle:
    """Begin to type into an option, without waiting for suggestions."""
    world = mod.guild.world
    channel = invoking.usual_channel(world, mod.user, mod.guild.state)
    interaction = invoking.ask_suggestions(
        world, mod.user, channel, "suggest", "what", {"what": "co"}
    )
    return InteractionHandle(mod.guild.sim, interaction)
