"""Interactions meet the same faults as everything else."""

import asyncio

import aiohttp
import pytest

from bot.sandbox import MemberHandle, Simulation
from bot.sandbox.event_faults import EventFault
from bot.sandbox.fault_kinds import Fault
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.interactions.answering_bot import MESSAGE, THINKING, AnsweringBot
from tests.sandbox.rest_client import RestClient

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
FOLLOW_UP = "POST /webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"


async def test_an_event_is_dropped_doubled_or_late(bot: AnsweringBot, mod: MemberHandle) -> None:
    """As any event of the gateway is."""
    faults = bot.sim.faults
    faults.next_event("INTERACTION_CREATE", EventFault.DROP)
    faults.next_event("INTERACTION_CREATE", EventFault.DUPLICATE)
    faults.next_event("INTERACTION_CREATE", EventFault.DELAY_BEHIND_NEXT)
    await mod.slash("ask")
    outcomes = [await mod.slash("ask") for _ in range(3)]

    told = [(await bot.told())["id"] for _ in range(4)]
    doubled, late, last = (str(each.id) for each in outcomes)
    assert told == [doubled, doubled, last, late]


async def test_a_callback_is_reset_lost_or_refused(bot: AnsweringBot, mod: MemberHandle) -> None:
    """A reset changes nothing; a lost answer has taken effect; a 500 and a 429 are seen."""
    faults = bot.sim.faults
    for fault in (Fault.RESET, Fault.error(500), Fault.rate_limited(0.1), Fault.ANSWER_LOST):
        faults.next(CALLBACK, fault)
    outcome = await mod.slash("ask")
    with pytest.raises(aiohttp.ClientError):
        await bot.respond(outcome, THINKING)
    assert outcome.interaction.answer is None
    assert (await bot.respond(outcome, THINKING)).status == 500
    assert (await bot.respond(outcome, THINKING)).status == 429
    with pytest.raises(aiohttp.ClientError):
        await bot.respond(outcome, THINKING)

    assert outcome.thinking
    assert (await bot.respond(outcome, THINKING)).code == (400, 40060)
    faults.next(ORIGINAL, Fault.ANSWER_LOST)
    with pytest.raises(aiohttp.ClientError):
        await bot.follow(outcome, {"content": "done"}, "PATCH", "/messages/@original")
    assert (await outcome.answered()).text == "done"
    faults.next(FOLLOW_UP, Fault.error(500))
    assert (await bot.follow(outcome, {"content": "more"})).status == 500
    assert outcome.text == "done"


async def test_a_held_callback_takes_effect_late_or_never(
    bot: AnsweringBot, mod: MemberHandle
) -> None:
    """Whoever sent it may be dead by then."""
    bot.sim.faults.next(CALLBACK, Fault.HELD)
    outcome = await mod.slash("ask")
    sending = asyncio.create_task(bot.respond(outcome, MESSAGE, {"content": "x"}))
    await bot.sim.faults.until_fired()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    assert outcome.interaction.answer is None
    await bot.sim.faults.release_held()

    assert (await outcome.answered()).text == "x"


async def test_settling_waits_for_first_answers_and_says_so(
    bot: AnsweringBot, mod: MemberHandle, api: RestClient
) -> None:
    """An interaction is delivered when its event is reported, and done when somebody answered."""
    sim = bot.sim
    outcome = await mod.slash("ask")
    (session,) = sim.gateway.connected

    async def report() -> None:
        body = {"shard": 0, "session_id": session.id, "seq": session.seq}
        assert (await api("POST", "/sandbox/progress", body)).status == 204

    assert "INTERACTION_CREATE" in sim.outlook()
    await report()
    assert not sim.is_settled()
    assert "unanswered: COMMAND 'ask' of mo" in sim.outlook()
    await bot.respond(outcome, THINKING)
    await report()
    assert sim.is_settled()
    sim.world.interactions.answer_seconds = 0
    await mod.slash("ask")
    await report()
    assert sim.is_settled()


async def test_without_a_session_nobody_responds(
    community: Community, bot: AnsweringBot, mod: MemberHandle, gateway: GatewayClient
) -> None:
    """The user reads it when the seconds are over; a bot that left the guild is not told at all."""
    community.sim.world.interactions.answer_seconds = 0.1
    await gateway.close()
    await community.sim.until(lambda: not community.sim.gateway.connected)
    outcome = await mod.slash("ask")

    assert (await outcome.responded()).failed
    await gateway.identify()
    await community.guild.remove_bot()
    lost = await mod.slash("ask")
    assert (await lost.responded()).failed
    assert "INTERACTION_CREATE" not in await gateway.events_until("GUILD_DELETE")


async def test_first_answers_are_outside_every_limit_and_each_token_has_its_own(
    http: aiohttp.ClientSession,
) -> None:
    """Sixty answers in a moment pass; many follow-ups by one token do not."""
    async with Simulation(limited=True) as sim:
        guild = await sim.guild("Community")
        board = await guild.channel("general")
        community = Community(
            sim,
            guild,
            board,
            await guild.member("Ada"),
            await guild.member("Ben"),
            await guild.invite_bot(),
        )
        gateway = GatewayClient(http, sim.gateway_url, sim.app.token)
        bot = AnsweringBot(community, http, gateway)
        await bot.log_in(RestClient(http, sim.api_base, sim.app.token))
        outcomes = [await community.ada.slash("ask") for _ in range(60)]

        answers = [await bot.respond(each, MESSAGE, {"content": "x"}) for each in outcomes]
        assert {each.status for each in answers} == {200}
        statuses = [(await bot.follow(outcomes[0], {"content": "x"})).status for _ in range(15)]
        assert 429 in statuses
        assert (await bot.follow(outcomes[1], {"content": "x"})).status == 200
        await gateway.close()
