"""The routes by which the bot follows the simulation's clock and says how far it is.

They are no part of Discord's API. Each is served below ``/sandbox`` and below the API prefix, and
needs the bot's token.
"""

from collections import deque

from aiohttp import web

from bot.sandbox import errors
from bot.sandbox.form import Form
from bot.sandbox.gateway import Gateway
from bot.sandbox.seam import API_PREFIX, JsonObject, json_response
from bot.sandbox.world import World

TRACES_KEPT = 50_000
"""Trace entries kept; chosen, not measured."""


class SandboxRoutes:
    """Clock, progress and trace.

    Attributes:
        traces: what the bot told of its own work, oldest first; bounded.
        reports: how many progress reports there have been.
    """

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.traces: deque[JsonObject] = deque(maxlen=TRACES_KEPT)
        self.reports = 0
        self._world = world
        self._gateway = gateway

    def table(self) -> list[web.RouteDef]:
        """Return the routes."""
        return [
            route
            for prefix in ("", API_PREFIX)
            for route in (
                web.get(prefix + "/sandbox/clock", self.clock, allow_head=False),
                web.post(prefix + "/sandbox/progress", self.progress),
                web.post(prefix + "/sandbox/trace", self.trace),
            )
        ]

    async def clock(self, _request: web.Request) -> web.Response:
        """Return the simulated time."""
        clock = self._world.clock
        return json_response({"offset_ms": clock.offset_ms, "now_ms": clock.now_ms()})

    async def progress(self, request: web.Request) -> web.Response:
        """Take the highest sequence number whose effects are all done."""
        form = Form(request["payload"])
        seq = form.number("seq", 0, 1 << 53)
        session_id = form.text("session_id", 100)
        for key, value in (("seq", seq), ("session_id", session_id)):
            if value is None and key not in form.errors:
                form.fail(key, "BASE_TYPE_REQUIRED", "This field is required")
        form.check()
        session = self._gateway.sessions.get(session_id or "")
        self.reports += 1
        # A report about a session that has ended since is late, not wrong.
        if session is not None and seq is not None:
            if seq > session.seq:
                raise errors.invalid_form(
                    {"seq": errors.leaf("SEQ_AHEAD", f"Only {session.seq} events were sent")}
                )
            session.reported = max(session.reported, seq)
        return web.Response(status=204)

    async def trace(self, request: web.Request) -> web.Response:
        """Keep an entry for the demo's side panel."""
        form = Form(request["payload"])
        if not form.text("kind", 100) and not form.errors:
            form.fail("kind", "BASE_TYPE_REQUIRED", "This field is required")
        form.check()
        payload = request["payload"]
        if isinstance(payload, dict):
            self.traces.append(payload)
        return web.Response(status=204)
