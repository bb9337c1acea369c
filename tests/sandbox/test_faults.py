"""The fault switchboard of the simulated Discord.

Longer than most: every way in which a call can fail is played over a real connection.
"""

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import ClientSession, web

from bot.sandbox.event_faults import EventFault
from bot.sandbox.fault_kinds import Fault, FaultKind
from bot.sandbox.faults import NEVER_SENT, Faults, FiredFault
from bot.sandbox.seam import Handler, json_response
from tests.sandbox.app_under_layer import client, serving

SEND = "POST /channels/{channel_id}/messages"
DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"
LIMIT = 5.0  # seconds after which a test gives up; chosen


class Discord:
    """An application that remembers what took effect, behind a switchboard."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.effects: list[str] = []
        self.session: ClientSession
        self.base = ""

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Take effect and answer."""
        payload = request.get("payload") or {}
        self.effects.append(f"{request.method} {payload.get('content', '')}".strip())
        return json_response({"ok": True})

    async def delete(self) -> int:
        """Delete a message and return the status of the answer."""
        async with self.session.delete("channels/1/messages/2") as answer:
            return answer.status

    async def send(self, content: str) -> int:
        """Send a message and return the status of the answer."""
        async with self.session.post("channels/1/messages", json={"content": content}) as answer:
            return answer.status


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    """An application with two routes, and a client of it."""
    discord = Discord(Faults())
    routes = [(DELETE, discord.call), (SEND, discord.call)]
    async with serving(discord.faults, *routes) as base, client(base) as session:
        discord.base, discord.session = base, session
        yield discord
        await discord.faults.close()


async def test_a_fault_meets_as_many_calls_as_asked_and_then_no_more(discord: Discord) -> None:
    """Two calls fail, the third passes; what fired and what waits can be read."""
    discord.faults.next(DELETE, Fault.MISSING_PERMISSIONS, times=2)

    statuses = [await discord.delete()]
    waiting = discord.faults.pending()
    statuses += [await discord.delete(), await discord.delete()]

    assert statuses == [403, 403, 200]
    assert [(plan.fault, plan.times) for plan in waiting] == [(Fault.MISSING_PERMISSIONS, 1)]
    assert discord.faults.pending() == []
    assert discord.faults.fired == [FiredFault(DELETE, Fault.MISSING_PERMISSIONS)] * 2
    assert discord.effects == ["DELETE"]


async def test_a_fault_meets_its_own_route_only(discord: Discord) -> None:
    """A plan for deleting does not touch sending."""
    discord.faults.next(DELETE, Fault.UNAVAILABLE)

    assert await discord.send("hello") == 200


async def test_parameters_may_have_other_names(discord: Discord) -> None:
    """The documentation's dotted parameter names mean the same route."""
    discord.faults.next("DELETE /channels/{channel.id}/messages/{message.id}", Fault.UNAVAILABLE)

    assert await discord.delete() == 503


async def test_plans_for_one_route_are_used_in_their_order(discord: Discord) -> None:
    """What was planned first goes wrong first."""
    discord.faults.next(DELETE, Fault.INTERNAL_ERROR)
    discord.faults.next(DELETE, Fault.UNKNOWN_MESSAGE)

    assert [await discord.delete() for _ in range(3)] == [500, 404, 200]


async def test_a_condition_chooses_the_call_by_its_body(discord: Discord) -> None:
    """Only the message with these words is met; the others are not counted."""
    discord.faults.next(
        SEND,
        Fault.CANNOT_SEND_TO_USER,
        when=lambda _request, body: isinstance(body, dict) and body["content"] == "second",
    )

    assert [await discord.send(word) for word in ("first", "second", "second")] == [200, 403, 200]


async def test_clear_forgets_what_was_planned(discord: Discord) -> None:
    """After clearing, calls pass."""
    discord.faults.next(DELETE, Fault.UNAVAILABLE)
    discord.faults.next_event("MESSAGE_CREATE", EventFault.DROP)

    discord.faults.clear()

    assert discord.faults.pending() == []
    assert await discord.delete() == 200


@pytest.mark.parametrize("route", ["DELETE", "delete /channels", "DELETE channels/1", "GET /a b"])
def test_a_route_that_is_none_is_refused(route: str) -> None:
    """A method in capitals and a path are expected, and the sentence says so."""
    with pytest.raises(ValueError, match="expected a method and a path"):
        Faults().next(route, Fault.RESET)


def test_no_times_at_all_is_refused() -> None:
    """A fault that never happens is a mistake in the test that plans it."""
    with pytest.raises(ValueError, match="times=0"):
        Faults().next(DELETE, Fault.RESET, times=0)


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (Fault.MISSING_PERMISSIONS, 403, 50013),
        (Fault.CANNOT_SEND_TO_USER, 403, 50007),
        (Fault.UNKNOWN_MESSAGE, 404, 10008),
        (Fault.UNAUTHORIZED, 401, 0),
        (Fault.INTERNAL_ERROR, 500, 0),
        (Fault.error(400, 50035, "Invalid Form Body"), 400, 50035),
    ],
)
async def test_an_error_has_discords_body(
    discord: Discord, fault: Fault, status: int, code: int
) -> None:
    """The code and its words come as JSON, with exactly the content type discord.py reads."""
    discord.faults.next(DELETE, fault)

    async with discord.session.delete("channels/1/messages/2") as answer:
        assert answer.status == status
        assert answer.headers["Content-Type"] == "application/json"
        assert await answer.json() == {"code": code, "message": fault.message}
    assert discord.effects == []


@pytest.mark.parametrize(("fault", "status"), [(Fault.BAD_GATEWAY, 502), (Fault.UNAVAILABLE, 503)])
async def test_a_gateway_error_is_not_json(discord: Discord, fault: Fault, status: int) -> None:
    """Proxies answer in their own words."""
    discord.faults.next(DELETE, fault)

    async with discord.session.delete("channels/1/messages/2") as answer:
        assert answer.status == status
        assert answer.content_type.startswith("text/")


@pytest.mark.parametrize("scope", ["user", "global", "shared"])
async def test_a_rate_limit_says_whose_it_is_and_how_long(discord: Discord, scope: str) -> None:
    """429 carries the wait in body and header, the scope, and the header discord.py needs."""
    discord.faults.next(DELETE, Fault.rate_limited(1.25, scope))

    async with discord.session.delete("channels/1/messages/2") as answer:
        body = await answer.json()
        assert answer.status == 429
        assert (body["retry_after"], body["global"]) == (1.25, scope == "global")
        assert answer.headers["Retry-After"] == "2"
        assert answer.headers["X-RateLimit-Scope"] == scope
        assert ("X-RateLimit-Global" in answer.headers) == (scope == "global")
        assert answer.headers["Via"]


async def test_a_reset_breaks_the_connection_before_anything_happens(discord: Discord) -> None:
    """The client sees errno 104, and nothing took effect."""
    discord.faults.next(SEND, Fault.RESET)

    with pytest.raises(aiohttp.ClientOSError) as caught:
        await discord.send("one")

    assert caught.value.errno == 104
    assert discord.effects == []
    assert await discord.send("two") == 200


@pytest.mark.parametrize("fault", [Fault.RESET, Fault.DISCONNECT])
async def test_aiohttp_repeats_a_broken_delete_once_by_itself(
    discord: Discord, fault: Fault
) -> None:
    """One broken connection of an idempotent call goes unnoticed, two do not."""
    discord.faults.next(DELETE, fault)

    unnoticed = await discord.delete()
    discord.faults.next(DELETE, fault, times=2)

    assert unnoticed == 200
    with pytest.raises((aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
        await discord.delete()


async def test_a_disconnect_closes_without_an_answer(discord: Discord) -> None:
    """The client sees the end of the stream, and nothing took effect."""
    discord.faults.next(SEND, Fault.DISCONNECT)

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await discord.send("one")

    assert discord.effects == []


async def test_a_lost_answer_takes_effect(discord: Discord) -> None:
    """The call happened; only its answer did not arrive."""
    discord.faults.next(SEND, Fault.ANSWER_LOST)

    with pytest.raises(aiohttp.ClientOSError):
        await discord.send("once")

    assert discord.effects == ["POST once"]


async def test_a_timeout_never_answers(discord: Discord) -> None:
    """The call hangs until it is let go, then its connection is reset; nothing took effect."""
    discord.faults.next(SEND, Fault.TIMEOUT)
    call = asyncio.create_task(discord.send("one"))

    await asyncio.wait_for(discord.faults.until_fired(), LIMIT)
    hanging = not call.done()
    discord.faults.release_timeouts()

    with pytest.raises(aiohttp.ClientOSError):
        await asyncio.wait_for(call, LIMIT)
    assert hanging
    assert discord.effects == []


async def test_latency_delays_and_then_lets_through() -> None:
    """The call waits as long as asked, and then takes effect."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    discord = Discord(Faults(sleep))
    discord.faults.next(DELETE, Fault.latency(3.5))

    async with serving(discord.faults, (DELETE, discord.call)) as base, client(base) as session:
        discord.session = session
        assert await discord.delete() == 200

    assert waited == [3.5]
    assert discord.effects == ["DELETE"]


async def test_held_calls_take_effect_in_order_though_their_senders_are_gone(
    discord: Discord,
) -> None:
    """The senders die first; released, both calls reach the world, bodies included."""
    discord.faults.next(SEND, Fault.HELD, times=2)
    async with client(discord.base) as doomed:
        calls = []
        for number, word in enumerate(("one", "two"), start=1):
            calls.append(
                asyncio.create_task(doomed.post("channels/1/messages", json={"content": word}))
            )
            await asyncio.wait_for(discord.faults.until_fired(number), LIMIT)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
    before = list(discord.effects)

    outcomes = await discord.faults.release_held()

    assert before == []
    assert discord.effects == ["POST one", "POST two"]
    assert [getattr(outcome, "status", None) for outcome in outcomes] == [200, 200]
    assert discord.faults.held == 0


async def test_a_held_call_whose_sender_waits_is_reset_when_released(discord: Discord) -> None:
    """Who still listens learns nothing of the effect."""
    discord.faults.next(SEND, Fault.HELD)
    call = asyncio.create_task(discord.send("one"))
    await asyncio.wait_for(discord.faults.until_fired(), LIMIT)

    await discord.faults.release_held()

    with pytest.raises(aiohttp.ClientOSError):
        await asyncio.wait_for(call, LIMIT)
    assert discord.effects == ["POST one"]


async def test_a_held_call_that_fails_is_an_outcome(discord: Discord) -> None:
    """What the route raises is returned, and the other held calls still run."""

    async def broken(_request: web.Request) -> web.StreamResponse:
        raise RuntimeError("broken")

    faults = Faults()
    faults.next(DELETE, Fault.HELD)
    async with serving(faults, (DELETE, broken)) as base, client(base) as session:
        call = asyncio.create_task(session.delete("channels/1/messages/2"))
        await asyncio.wait_for(faults.until_fired(), LIMIT)
        outcomes = await faults.release_held()
        await asyncio.gather(call, return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [RuntimeError]


async def test_closing_lets_go_of_every_connection() -> None:
    """A server with hanging and held calls stops at once, and they never take effect."""
    discord = Discord(Faults())
    discord.faults.next(SEND, Fault.TIMEOUT)
    discord.faults.next(SEND, Fault.HELD)

    async with serving(discord.faults, (SEND, discord.call)) as base:
        async with client(base) as discord.session:
            calls = [
                asyncio.create_task(discord.send("hanging")),
                asyncio.create_task(discord.send("held")),
            ]
            await asyncio.wait_for(discord.faults.until_fired(2), LIMIT)
            await discord.faults.close()
            ends = await asyncio.wait_for(asyncio.gather(*calls, return_exceptions=True), LIMIT)
        closing = time.monotonic()

    assert [isinstance(end, aiohttp.ClientOSError) for end in ends] == [True, True]
    assert time.monotonic() - closing < LIMIT  # the runner would wait 20 s for a busy handler
    assert discord.effects == []


@pytest.mark.parametrize(
    ("fault", "recorded"),
    [(Fault.RESET, NEVER_SENT), (Fault.DISCONNECT, NEVER_SENT), (Fault.ANSWER_LOST, 200)],
)
async def test_a_record_of_calls_can_tell_what_took_effect(fault: Fault, recorded: int) -> None:
    """What an outer layer sees of a broken call is its effect's answer, or a status of its own."""
    discord = Discord(Faults())
    seen: list[int] = []

    class Recording:
        """A layer round the switchboard."""

        @staticmethod
        @web.middleware
        async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
            response = await discord.faults.middleware(request, handler)
            seen.append(response.status)
            return response

    discord.faults.next(SEND, fault)
    async with serving(Recording(), (SEND, discord.call)) as base, client(base) as session:
        discord.session = session
        with pytest.raises((aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
            await discord.send("one")

    assert seen == [recorded]


async def test_routes_of_the_simulation_itself_are_never_touched(discord: Discord) -> None:
    """What is not Discord's API passes."""
    discord.faults.next("GET /sandbox/clock", Fault.UNAVAILABLE)

    async with discord.session.get(f"{discord.base}/sandbox/clock") as answer:
        assert answer.status == 204


@pytest.mark.parametrize("kind", FaultKind)
async def test_every_kind_of_fault_is_carried_out(kind: FaultKind) -> None:
    """No kind exists that lets a call end as if nothing had been planned."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    discord = Discord(Faults(sleep))
    discord.faults.next(SEND, Fault(kind, status=500, seconds=1.0))
    async with serving(discord.faults, (SEND, discord.call)) as base, client(base) as session:
        discord.session = session
        call = asyncio.create_task(discord.send("x"))
        await asyncio.wait_for(discord.faults.until_fired(), LIMIT)
        if kind in (FaultKind.TIMEOUT, FaultKind.HELD):
            await discord.faults.close()
        end = (await asyncio.gather(call, return_exceptions=True))[0]

    assert end != 200 or waited == [1.0]
