"""The fault switchboard: what goes wrong with the next calls and events.

It reads like an instruction: ``sim.faults.next("DELETE /channels/{channel_id}/messages/\
{message_id}", Fault.RESET, times=2)``.
"""

import asyncio
import re
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from aiohttp import web

from bot.sandbox.event_faults import EventCondition, EventFault, EventFaults
from bot.sandbox.fault_kinds import Fault, FaultKind
from bot.sandbox.fault_plans import FaultPlans, PendingFault
from bot.sandbox.seam import Handler, JsonObject

CallCondition: TypeAlias = Callable[[web.Request, object], bool]
"""Whether a fault is meant for this call: the request and its parsed JSON body (None: no body)."""

_ROUTE_RE = re.compile(
    r"(?:GET|POST|PUT|PATCH|DELETE)"  # the method
    r" (?P<path>/\S*)"  # the path template
)
_PARAMETER_RE = re.compile(r"\{[^{}/]*\}")


@dataclass(frozen=True, slots=True)
class FiredFault:
    """A fault that a call or an event has met."""

    target: str
    """The route as the server named it, or the name of the event."""
    fault: Fault | EventFault


NEVER_SENT = 499
"""The status of a response that stands for none, where the connection is broken (nginx's word for
a client that closed the request; chosen so that a record of calls shows it)."""


@dataclass(slots=True)
class _HeldCall:
    request: web.Request
    handler: Handler
    released: asyncio.Future[web.StreamResponse | None]
    """None: the call is let go without having taken effect."""


class Faults:
    """The switchboard of one simulated Discord.

    A call meets at most one fault. Faults answer before rate limits are counted, so that an
    answer made here is not in the count of invalid requests.

    Args:
        sleep: how LATENCY waits; takes seconds.
    """

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.fired: list[FiredFault] = []
        """What has been met, in order."""
        self._calls: FaultPlans[Fault, CallCondition] = FaultPlans()
        self._events = EventFaults()
        self._held: list[_HeldCall] = []
        self._silent: set[asyncio.Future[web.StreamResponse | None]] = set()
        self._running: set[asyncio.Task[web.StreamResponse]] = set()
        self._something_fired = asyncio.Event()
        self._sleep = sleep

    def next(
        self, route: str, fault: Fault, times: int = 1, when: CallCondition | None = None
    ) -> None:
        """Let the next `times` calls to `route` meet `fault`.

        Args:
            route: method and path template, ``"GET /users/{user_id}"``; how the parameters are
                named makes no difference.
            fault: what goes wrong.
            times: how many calls meet it; at least 1.
            when: meets only calls of which this is true; the others pass and are not counted.

        Raises:
            ValueError: `route` or `times` is not as expected.
        """
        if _ROUTE_RE.fullmatch(route) is None:
            raise ValueError(
                f"route={route!r}: expected a method and a path, such as"
                " 'DELETE /channels/{channel_id}/messages/{message_id}'"
            )
        self._calls.add(_nameless(route), fault, times, when)

    def next_event(
        self,
        event_name: str,
        fault: EventFault,
        times: int = 1,
        when: EventCondition | None = None,
    ) -> None:
        """Let the next `times` gateway events of a name (``"MESSAGE_CREATE"``) meet `fault`.

        Raises:
            ValueError: `times` is below 1.
        """
        self._events.plans.add(event_name, fault, times, when)

    def on_dispatch(self, event_name: str, payload: JsonObject) -> list[JsonObject]:
        """Return what is sent in the place of an event, in order; possibly nothing."""
        fault, sent = self._events.meet(event_name, payload)
        if fault is not None:
            self._note(FiredFault(event_name, fault))
        return sent

    def pending(self) -> list[PendingFault[Fault] | PendingFault[EventFault]]:
        """Return what still waits for a call or an event, in the order planned; calls first."""
        return [*self._calls.pending(), *self._events.plans.pending()]

    @property
    def held(self) -> int:
        """How many calls are held and have not taken effect."""
        return len(self._held)

    @property
    def delayed_events(self) -> int:
        """How many events wait behind one that has not come yet."""
        return self._events.delayed

    async def until_fired(self, count: int = 1) -> None:
        """Return when so many faults have been met since the switchboard was made."""
        while len(self.fired) < count:
            self._something_fired.clear()
            await self._something_fired.wait()

    async def release_held(self) -> list[web.StreamResponse | Exception]:
        """Let the held calls take effect, one after another in the order of their arrival.

        Whoever sent them need not be connected any more; who is, is reset.

        Returns:
            What each call would have been answered, or the exception it ended with.
        """
        held, self._held = self._held, []
        outcomes: list[web.StreamResponse | Exception] = []
        for call in held:
            answer = None
            try:
                answer = await call.handler(call.request)
                outcomes.append(answer)
            except Exception as error:  # noqa: BLE001 - a route may raise anything; nobody listens
                outcomes.append(error)
            finally:
                _let_go(call.released, answer)
        return outcomes

    def release_timeouts(self) -> None:
        """End the calls that got no answer; their connections are reset."""
        for silent in self._silent:
            _let_go(silent, None)

    def clear(self) -> None:
        """Forget what is planned and the events that were delayed; held calls stay held."""
        self._calls.clear()
        self._events.clear()

    async def close(self) -> None:
        """Forget everything, and let go of every connection; held calls never take effect."""
        self.clear()
        self.release_timeouts()
        held, self._held = self._held, []
        for call in held:
            _let_go(call.released, None)
        if self._running:
            await asyncio.wait(self._running)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let a call meet the fault that waits for it; others pass."""
        route: str | None = request.get("route")
        if route is None:
            return await handler(request)
        body: object = request.get("payload")

        def meant(_fault: Fault, when: CallCondition | None) -> bool:
            return when is None or when(request, body)

        fault = self._calls.take(_nameless(route), meant)
        if fault is None:
            return await handler(request)
        return await self._meet(fault, FiredFault(route, fault), request, handler)

    async def _meet(
        self, fault: Fault, fired: FiredFault, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        match fault.kind:
            case FaultKind.ERROR | FaultKind.RATE_LIMITED:
                self._note(fired)
                return fault.answer()
            case FaultKind.LATENCY:
                self._note(fired)
                await self._sleep(fault.seconds)
                return await handler(request)
            case FaultKind.DISCONNECT:
                self._note(fired)
                return _disconnect(request)
            case FaultKind.RESET:
                self._note(fired)
                answer = None
            case FaultKind.TIMEOUT:
                answer = await self._stay_silent(fired)
            case FaultKind.ANSWER_LOST:
                self._note(fired)
                answer = await self._run(handler, request)
            case FaultKind.HELD:
                released = asyncio.get_running_loop().create_future()
                self._held.append(_HeldCall(request, handler, released))
                self._note(fired)
                answer = await released
        _reset(request)
        return answer or web.Response(status=NEVER_SENT)

    async def _stay_silent(self, fired: FiredFault) -> web.StreamResponse | None:
        silent: asyncio.Future[web.StreamResponse | None]
        silent = asyncio.get_running_loop().create_future()
        self._silent.add(silent)
        self._note(fired)
        try:
            return await silent
        finally:
            self._silent.discard(silent)

    async def _run(self, handler: Handler, request: web.Request) -> web.StreamResponse:
        """Run a call to its end, whatever becomes of the connection meanwhile."""

        async def call() -> web.StreamResponse:
            return await handler(request)

        task = asyncio.create_task(call())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    def _note(self, fired: FiredFault) -> None:
        self.fired.append(fired)
        self._something_fired.set()


def _nameless(route: str) -> str:
    return _PARAMETER_RE.sub("{}", route)


def _let_go(
    waiter: asyncio.Future[web.StreamResponse | None], answer: web.StreamResponse | None
) -> None:
    if not waiter.done():
        waiter.set_result(answer)


def _reset(request: web.Request) -> None:
    transport = request.transport
    if transport is None:
        return
    connection: socket.socket | None = transport.get_extra_info("socket")
    if connection is not None:
        # On, with no time to linger: closing sends RST instead of FIN (socket(7), SO_LINGER).
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


def _disconnect(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.close()
    return web.Response(status=NEVER_SENT)
