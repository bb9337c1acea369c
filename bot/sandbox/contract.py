"""Checks each request of the bot, and each answer to it, against Discord's own contract."""

from pathlib import Path
from typing import Self

import orjson
from aiohttp import web

from bot.sandbox.contract_document import AnswerContract, ContractDocument, Operation
from bot.sandbox.contract_errors import faults_of
from bot.sandbox.contract_paths import PathMatch
from bot.sandbox.contract_tally import ContractTally, Violation
from bot.sandbox.seam import API_PREFIX, Handler

_JSON = "application/json"
_BOOLEANS = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}
"""How a boolean is written in a query; discord.py writes numbers (``http.py``, get_guild)."""


class Contract:
    """The contract of one simulated Discord.

    It refuses nothing: what does not hold is collected in `violations`. Answers that the contract
    says nothing about (5xx) and those that never reached the bot are not counted. Gateway
    and simulation routes have no contract.

    Args:
        document: the compiled contract; may be shared.
        session: counts over several simulations, for a summary at the end.
    """

    def __init__(self, document: ContractDocument, session: ContractTally | None = None) -> None:
        self._document = document
        self._tally = ContractTally()
        self._tallies = [self._tally] if session is None else [self._tally, session]

    @classmethod
    def load(cls, path: Path, session: ContractTally | None = None) -> Self:
        """Read the contract from Discord's ``openapi.json``.

        Raises:
            ContractUnavailableError: the file or the package jsonschema-rs is missing.
        """
        return cls(ContractDocument.load(path), session)

    @property
    def violations(self) -> list[Violation]:
        """What did not hold, each different violation once, the first one first."""
        return list(self._tally.violations)

    @property
    def checked_requests(self) -> int:
        """How many requests were checked."""
        return self._tally.checked_requests

    @property
    def checked_answers(self) -> int:
        """How many answers were checked."""
        return self._tally.checked_answers

    def summary(self) -> str:
        """Return one line that says what was checked."""
        return self._tally.summary()

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Check a call on its way in and its answer on the way out."""
        path = request.path.removeprefix(API_PREFIX)
        if request.get("route") is None or path.startswith("/sandbox/"):
            return await handler(request)
        match = self._document.match(path)
        operation = (
            self._document.operation(request.method, match.template) if match is not None else None
        )
        if match is None or operation is None:
            self._count(requests=1)
            self._violated(f"{request.method} {path}", "request", "the contract has no such route")
            return await handler(request)
        route = f"{request.method} {match.template}"
        self._check_request(route, match, operation, request)
        response = await handler(request)
        if request.transport is not None and not request.transport.is_closing():
            self._check_answer(route, request.method, match, response)
        return response

    def _check_request(
        self, route: str, match: PathMatch, operation: Operation, request: web.Request
    ) -> None:
        self._count(requests=1)
        for where, what in faults_of(operation.path_parameters, match.parameters):
            self._violated(route, f"path: {where}", what)
        for where, what in faults_of(operation.query, _read_query(request, operation)):
            self._violated(route, f"query: {where}", what)
        payload: object = request.get("payload")
        if payload is None:
            if operation.body_required:
                self._violated(route, "request body", "is required and missing")
        elif operation.body is None:
            if not request.content_type.startswith("multipart/"):
                self._violated(route, "request body", "the contract knows none here")
        else:
            for where, what in faults_of(operation.body, payload):
                self._violated(route, f"request body: {where}", what)

    def _check_answer(
        self, route: str, method: str, match: PathMatch, response: web.StreamResponse
    ) -> None:
        status = response.status
        expected = self._document.answer(method, match.template, status)
        if expected is None:
            if status < 500:
                self._count(answers=1)
                self._violated(route, f"answer {status}", "the contract has no such status")
            return
        self._count(answers=1)
        for where, what in _answer_faults(expected, response):
            self._violated(route, f"answer {status}: {where}", what)

    def _count(self, requests: int = 0, answers: int = 0) -> None:
        for tally in self._tallies:
            tally.checked_requests += requests
            tally.checked_answers += answers

    def _violated(self, route: str, where: str, message: str) -> None:
        for tally in self._tallies:
            tally.violations[Violation(route, where, message)] += 1


def _answer_faults(expected: AnswerContract, response: web.StreamResponse) -> list[tuple[str, str]]:
    body = response.body if isinstance(response, web.Response) else None
    if not expected.has_body:
        return [("body", "the contract knows none here")] if body else []
    if expected.json_body is None:
        return []
    if response.headers.get("Content-Type") != _JSON:
        return [("Content-Type", f"is not exactly {_JSON}")]
    if not isinstance(body, bytes | bytearray):
        return [("body", "is required and missing")]
    try:
        answer: object = orjson.loads(body)
    except orjson.JSONDecodeError:
        return [("body", "is not JSON")]
    return list(faults_of(expected.json_body, answer))


def _read_query(request: web.Request, operation: Operation) -> dict[str, object]:
    """Return the query as the JSON values that its texts stand for."""
    query: dict[str, object] = {}
    for name in request.query:
        json_type = operation.query_types.get(name, "string")
        if json_type == "array":
            query[name] = list(request.query.getall(name))
        else:
            query[name] = _read_parameter(request.query[name], json_type)
    return query


def _read_parameter(text: str, json_type: str) -> object:
    """Return what a parameter of this type says; the text itself where it does not fit."""
    if json_type == "integer":
        try:
            return int(text)
        except ValueError:
            return text
    if json_type == "boolean":
        return _BOOLEANS.get(text, text)
    return text
