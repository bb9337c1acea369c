"""What the bot asked, as it came in; and how handlers read it."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote

import orjson
from aiohttp import BodyPartReader, web

from bot.sandbox import errors
from bot.sandbox.form import as_integer, as_snowflake
from bot.sandbox.seam import API_PREFIX, JsonObject, Upload

REASON_LIMIT = 512
"""Characters of an audit log reason (Discord's documentation, resource "Audit Log")."""

FILE_LIMIT = 10 << 20
"""Bytes of one file (Discord's documentation, topic "Uploading Files", 2026-08)."""

KEPT = 200_000
"""Requests kept in the record; chosen, not measured."""


@dataclass(slots=True, eq=False)
class RequestRecord:
    """One request of the bot and how it was answered.

    Attributes:
        route: the template, e.g. ``"DELETE /channels/{channel_id}/messages/{message_id}"``.
        path: the address without the API prefix, and without an interaction's token.
        headers: without the token.
        body: the JSON body; of a multipart request its ``payload_json``.
        status: 0 while unanswered, and for good where the answer was lost.
        at: simulated time of arrival.
        started: seconds on the real, monotonic clock; so is `ended`, None while unanswered.
    """

    method: str
    route: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: object
    at: datetime
    started: float
    files: list[str] = field(default_factory=list)
    status: int = 0
    ended: float | None = None


def route_of(request: web.Request) -> str:
    """Return the template of a request's route, with its method."""
    resource = request.match_info.route.resource
    path = request.path if resource is None else resource.canonical
    return f"{request.method} {path.removeprefix(API_PREFIX)}"


def path_of(request: web.Request) -> str:
    """Return a request's address without the API prefix, and without an interaction's token.

    The token lets whoever reads it speak as the bot: records, and errors made of them, name it
    only.
    """
    path = request.path.removeprefix(API_PREFIX)
    for name in ("interaction_token", "webhook_token"):
        token = request.match_info.get(name)
        if token:
            path = path.replace(token, f"{{{name}}}")
    return path


async def read_body(request: web.Request) -> tuple[object, dict[int, Upload]]:
    """Return the parsed body (None: there is none) and the uploaded files by their index.

    Raises:
        ApiError: 50109 for what is not JSON, 40005 for too much.
    """
    try:
        if request.content_type == "multipart/form-data":
            return await _read_multipart(request)
        raw = await request.read()
    except web.HTTPRequestEntityTooLarge as error:
        raise errors.file_too_large() from error
    return (_parse(raw) if raw else None), {}


async def _read_multipart(request: web.Request) -> tuple[object, dict[int, Upload]]:
    files: dict[int, Upload] = {}
    fields: JsonObject = {}
    payload: object = None
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or part.name is None:
                continue
            data = bytes(await part.read(decode=True))
            if len(data) > FILE_LIMIT:
                raise errors.file_too_large()
            index = as_integer(part.name.removeprefix("files[").removesuffix("]"))
            if part.name == "payload_json":
                payload = _parse(data)
            elif part.filename is not None and index is not None:
                kind = part.headers.get("Content-Type", "application/octet-stream")
                files[index] = Upload(part.filename, kind, data)
            else:
                fields[part.name] = data.decode("utf-8", "replace")
    except ValueError as error:
        raise errors.invalid_form(
            errors.leaf("MULTIPART", "Could not read the multipart body")
        ) from error
    return (fields if payload is None else payload), files


def _parse(raw: bytes) -> object:
    try:
        parsed: object = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise errors.invalid_json() from error
    return parsed


def path_id(request: web.Request, name: str) -> int:
    """Return an id from the address.

    Raises:
        ApiError: 50035 where it is no id.
    """
    number = as_snowflake(request.match_info[name])
    if number is None:
        raise errors.invalid_form(
            {
                name: errors.leaf(
                    "NUMBER_TYPE_COERCE",
                    f'Value "{request.match_info[name]}" is not snowflake.',
                )
            }
        )
    return number


def query_number(request: web.Request, name: str, default: int, least: int, most: int) -> int:
    """Return a bounded number from the query.

    Raises:
        ApiError: 50035 where it is none or out of range.
    """
    text = request.query.get(name)
    if text is None:
        return default
    number = as_integer(text)
    if number is None or not least <= number <= most:
        raise errors.invalid_form(
            {
                name: errors.leaf(
                    "NUMBER_TYPE_MAX",
                    f"int value should be between {least} and {most}.",
                )
            }
        )
    return number


def query_id(request: web.Request, name: str) -> int | None:
    """Return an id from the query; None where it is absent.

    Raises:
        ApiError: 50035 where it is no id.
    """
    text = request.query.get(name)
    if text is None:
        return None
    number = as_snowflake(text)
    if number is None:
        raise errors.invalid_form(
            {name: errors.leaf("NUMBER_TYPE_COERCE", f'Value "{text}" is not snowflake.')}
        )
    return number


def reason_of(request: web.Request) -> str | None:
    """Return the decoded audit log reason; None where there is none.

    Raises:
        ApiError: 50035 for more than `REASON_LIMIT` characters.
    """
    header = request.headers.get("X-Audit-Log-Reason")
    if not header:
        return None
    reason = unquote(header)
    if len(reason) > REASON_LIMIT:
        raise errors.invalid_form(
            {
                "reason": errors.leaf(
                    "BASE_TYPE_MAX_LENGTH", f"Must be {REASON_LIMIT} or fewer in length."
                )
            }
        )
    return reason
