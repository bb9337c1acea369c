"""The simulated Discord as one aiohttp application on loopback."""

import time
import traceback
from collections.abc import Callable, Iterable

from aiohttp import web

from bot.sandbox import errors
from bot.sandbox.contract import Contract
from bot.sandbox.faults import Faults
from bot.sandbox.gateway import Gateway
from bot.sandbox.interactions.routes_commands import CommandRoutes
from bot.sandbox.interactions.routes_interactions import OPEN_ROUTES, InteractionRoutes
from bot.sandbox.ratelimits import RateLimits
from bot.sandbox.requests import KEPT, RequestRecord, path_of, read_body, route_of
from bot.sandbox.routes_automod import AutomodRoutes
from bot.sandbox.routes_bans import BanRoutes
from bot.sandbox.routes_channels import ChannelRoutes
from bot.sandbox.routes_guilds import GuildRoutes
from bot.sandbox.routes_messages import MessageRoutes
from bot.sandbox.routes_overwrites import OverwriteRoutes
from bot.sandbox.routes_rooms import RoomRoutes
from bot.sandbox.routes_sandbox import SandboxRoutes
from bot.sandbox.routes_threads import ThreadRoutes
from bot.sandbox.routes_users import UserRoutes
from bot.sandbox.seam import API_PREFIX, ApiError, Handler, describe, json_response
from bot.sandbox.world import World

LARGEST_BODY = 64 << 20
"""Bytes of a request; chosen above Discord's 10 MiB a file, so that its own limit speaks."""


class Server:
    """The application, its middlewares and what it recorded.

    Attributes:
        requests: the bot's requests, oldest first, without those to the sandbox's own routes.
        refused: requests to addresses that the simulation does not know, as ``"METHOD /path"``.
        bugs: tracebacks of handlers that failed; a correct simulation has none.
        extra_routes: further routes that are no part of Discord; added to before the start.
    """

    def __init__(
        self,
        world: World,
        changed: Callable[[], None],
        *,
        rate_limits: RateLimits,
        contract: Contract | None = None,
    ) -> None:
        self.world = world
        self.gateway = Gateway(world, changed)
        self.faults = Faults()
        self.rate_limits = rate_limits
        self.contract = contract
        self.sandbox = SandboxRoutes(world, self.gateway)
        self.requests: list[RequestRecord] = []
        self.refused: list[str] = []
        self.bugs: list[str] = []
        self._in_flight: dict[int, tuple[web.Request, RequestRecord]] = {}
        self.extra_routes: list[web.RouteDef] = []
        self._changed = changed
        self._runner: web.AppRunner | None = None
        self.gateway.faults = self.faults

    @property
    def in_flight(self) -> list[RequestRecord]:
        """The bot's requests that are being answered and whose connection is still open."""
        return [
            record
            for request, record in self._in_flight.values()
            if request.transport is not None and not request.transport.is_closing()
        ]

    def application(self) -> web.Application:
        """Return the application with all routes."""
        layers = [self.faults.middleware, self.rate_limits.middleware]
        if self.contract is not None:
            layers.insert(0, self.contract.middleware)
        app = web.Application(
            client_max_size=LARGEST_BODY,
            middlewares=[self._receive, *layers, self._answer],
        )
        app.add_routes([web.get("/gw", self.gateway.serve), web.get("/gw/", self.gateway.serve)])
        app.add_routes([web.get("/cdn/{path:.*}", self._served_file)])
        app.add_routes(self._api_routes())
        app.add_routes(self.extra_routes)
        return app

    async def start(self, port: int = 0) -> int:
        """Serve on loopback; return the port.

        Args:
            port: 0 means any free one.
        """
        # Handlers must finish what they began when the bot dies: its request was accepted.
        self._runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        port = int(self._runner.addresses[0][1])
        self.world.base_url = f"http://127.0.0.1:{port}"
        return port

    async def stop(self) -> None:
        """Close every connection and stop serving."""
        for session in self.gateway.connected:
            self.gateway.drop(session, 1001)
        if self._runner is not None:
            await self._runner.cleanup()

    def _api_routes(self) -> Iterable[web.RouteDef]:
        world = self.world
        yield from UserRoutes(world, self.gateway).table()
        yield from GuildRoutes(world).table()
        yield from ChannelRoutes(world).table()
        yield from ThreadRoutes(world).table()
        yield from MessageRoutes(world).table()
        yield from CommandRoutes(world).table()
        yield from InteractionRoutes(world).table()
        yield from AutomodRoutes(world).table()
        yield from BanRoutes(world).table()
        yield from OverwriteRoutes(world).table()
        yield from RoomRoutes(world).table()
        yield from self.sandbox.table()

    @web.middleware
    async def _receive(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Record the request, name its route, and answer errors of the layers within."""
        if request.path.startswith(("/gw", "/cdn/", *(route.path for route in self.extra_routes))):
            return await handler(request)
        started = time.monotonic()
        try:
            payload, files = await read_body(request)
        except ApiError as error:
            return error.response()
        describe(request, route_of(request), payload, files)
        record = self._record(request, started)
        self._in_flight[id(request)] = (request, record)
        try:
            if "/sandbox/" in request.path:
                # No part of Discord: neither faults nor limits apply.
                response = await self._answer(request, handler)
            else:
                response = await handler(request)
            record.status = response.status
        except ApiError as error:
            response = error.response()
            record.status = response.status
        except (ConnectionError, web.HTTPException):
            raise
        except Exception as error:  # noqa: BLE001 - a layer's bug is told like a route's
            response = self._report_bug(request, error)
        finally:
            record.ended = time.monotonic()
            del self._in_flight[id(request)]
            self._changed()
        return response

    @web.middleware
    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Check the token and turn errors into answers."""
        if "route" not in request:
            return await handler(request)
        if request.match_info.http_exception is not None:
            return self._refuse(request)
        try:
            self._authorize(request)
            return await handler(request)
        except ApiError as error:
            return error.response()
        except Exception as error:  # noqa: BLE001 - must not look like Discord's own failure
            return self._report_bug(request, error)

    def _authorize(self, request: web.Request) -> None:
        if request["route"].partition(" ")[2] in OPEN_ROUTES:
            return
        if request.headers.get("Authorization") != f"Bot {self.world.app.token}":
            raise errors.unauthorized()

    def _report_bug(self, request: web.Request, error: Exception) -> web.Response:
        self.bugs.append(f"{request['route']}\n{''.join(traceback.format_exception(error))}")
        # Not a 500: discord.py would repeat that for 25 seconds.
        return json_response(
            {"message": f"bug in the simulated Discord: {error!r}", "code": 0}, status=400
        )

    def _refuse(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix(API_PREFIX)
        self.refused.append(f"{request.method} {path}")
        return json_response(
            {
                "message": f"the simulated Discord does not know {request.method} {path} yet",
                "code": 0,
            },
            status=501,
        )

    def _record(self, request: web.Request, started: float) -> RequestRecord:
        record = RequestRecord(
            method=request.method,
            route=request["route"],
            path=path_of(request),
            query=dict(request.query),
            headers={
                name: value
                for name, value in request.headers.items()
                if name.lower() != "authorization"
            },
            body=request["payload"],
            at=self.world.clock.now(),
            started=started,
            files=[upload.filename for upload in request["files"].values()],
        )
        if "/sandbox/" not in request.path:
            self.requests.append(record)
            if len(self.requests) > KEPT:
                del self.requests[: KEPT // 2]
        return record

    async def _served_file(self, request: web.Request) -> web.Response:
        """Serve the bytes of an attachment; nothing else is on the simulated CDN."""
        parts = request.match_info["path"].split("/")
        known = len(parts) == 4 and parts[0] == "attachments" and parts[2].isdigit()
        attachment = self.world.attachments.get(int(parts[2])) if known else None
        if attachment is None:
            return web.Response(status=404, text="not on the simulated CDN")
        return web.Response(body=attachment.data, headers={"Content-Type": attachment.content_type})
