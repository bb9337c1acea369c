"""A small aiohttp application with one middleware of the simulation round it, on loopback."""

import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import orjson
from aiohttp import ClientSession, web

from bot.sandbox.seam import API_PREFIX, Handler, Layer

OPENAPI = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
"""Discord's contract, beside the checkout; it is not part of the project."""


@web.middleware
async def _name_route(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Put on the request what the simulation's server puts there."""
    resource = request.match_info.route.resource
    if resource is not None and request.path.startswith(API_PREFIX):
        with warnings.catch_warnings():
            # The seam's keys are plain strings, which aiohttp 3.14 advises against.
            warnings.simplefilter("ignore")
            request["route"] = f"{request.method} {resource.canonical.removeprefix(API_PREFIX)}"
            request["payload"] = await _payload(request)
    return await handler(request)


async def _payload(request: web.Request) -> object:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return orjson.loads(str(form["payload_json"]))
    body = await request.read()
    return orjson.loads(body) if body else None


@asynccontextmanager
async def serving(
    layer: Layer, *routes: tuple[str, Callable[[web.Request], Awaitable[web.StreamResponse]]]
) -> AsyncIterator[str]:
    """Serve routes (``"GET /users/@me"``, handler) behind a layer; yield the address.

    The method ``*`` stands for every method.
    """
    app = web.Application(middlewares=[_name_route, layer.middleware])
    for route, handler in routes:
        method, path = route.split(" ")
        app.router.add_route(method, f"{API_PREFIX}{path}", handler)
    app.router.add_get("/sandbox/clock", _empty)
    runner = web.AppRunner(app, shutdown_timeout=20)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def client(base: str) -> AsyncIterator[ClientSession]:
    """Yield a session for paths behind the API prefix (``session.get("users/@me")``)."""
    async with ClientSession(f"{base}{API_PREFIX}/") as session:
        yield session


async def _empty(_request: web.Request) -> web.StreamResponse:
    return web.Response(status=204)
