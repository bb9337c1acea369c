"""What the routes and the middlewares of the simulated Discord agree on.

Three optional middlewares stand between the wire and the routes, outermost first: the contract
check, the fault switchboard, the rate limits. Before any of them runs, the server has put on the
request:

- ``request["route"]``: the route's template without the API prefix, with its method, e.g.
  ``"DELETE /channels/{channel_id}/messages/{message_id}"``; for an address that the simulation
  does not know, the method and the raw path.
- ``request["payload"]``: the parsed JSON body (of a multipart request: its ``payload_json``), or
  None where there was no body.
- ``request["files"]``: the uploaded files of a multipart request by their index.

A middleware may raise `ApiError`; it is answered as Discord would. The answer of the inner handler
that a middleware sees is already a response, errors included. A request's effect on the world is
complete when the inner handler has returned.
"""

import warnings
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import orjson
from aiohttp import web

JsonObject: TypeAlias = dict[str, object]
"""A JSON object as orjson reads and writes it."""

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
"""An aiohttp request handler."""

API_PREFIX = "/api/v10"
"""Where the REST routes begin; discord.py 2.7 speaks version 10 (``http.py``, ``Route.BASE``)."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file of a multipart request."""

    filename: str
    content_type: str
    data: bytes


def describe(
    request: web.Request, route: str, payload: object, files: Mapping[int, Upload]
) -> None:
    """Put on a request what the layers and the routes read from it."""
    with warnings.catch_warnings():
        # aiohttp from 3.14 on recommends typed keys, which 3.10 does not have yet.
        warnings.simplefilter("ignore")
        request["route"] = route
        request["payload"] = payload
        request["files"] = files


class ApiError(Exception):
    """An error answer of the Discord API.

    Args:
        status: the HTTP status.
        code: Discord's JSON error code; 0 for a general error.
        message: Discord's words for it.
        errors: the nested error object of an invalid form body (code 50035), if any.
        headers: further headers of the answer.
    """

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        errors: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} (error code {code}): {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.headers = headers

    def response(self) -> web.Response:
        """Return the answer that Discord would send."""
        body: JsonObject = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = dict(self.errors)
        return json_response(body, status=self.status, headers=self.headers)


def json_response(
    data: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """Return a JSON answer whose Content-Type is exactly ``application/json``.

    discord.py 2.7.1 reads a body as JSON only when the header is exactly that
    (``http.py``, ``json_or_text``); aiohttp's own helper appends a charset.
    """
    return web.Response(
        body=orjson.dumps(data),
        status=status,
        headers={**(headers or {}), "Content-Type": "application/json"},
    )


class Layer(Protocol):
    """One of the optional middlewares."""

    @property
    def middleware(self) -> Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]:
        """An ``aiohttp.web.middleware`` coroutine function."""
        ...


class DispatchFaults(Protocol):
    """What may happen to a gateway event on its way to one session."""

    def on_dispatch(self, event_name: str, payload: JsonObject) -> list[JsonObject]:
        """Return what is sent instead: nothing, the payload, copies of it, something broken.

        Each returned payload is sent under the same event name with a sequence number of its own.
        """
        ...
