"""Discord's contract document (OpenAPI 3.1), compiled into validators as they are needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import orjson

from bot.sandbox.contract_closing import JsonValue, close, closed
from bot.sandbox.contract_deviations import DEVIATIONS, Deviation, Side
from bot.sandbox.contract_paths import PathMatch, PathTemplates

if TYPE_CHECKING:
    from jsonschema_rs import Validator

_JSON = "application/json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"  # of OpenAPI 3.1


class ContractUnavailableError(Exception):
    """The contract cannot be checked here; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What the contract says about one route's requests."""

    path_parameters: "Validator"
    query: "Validator"
    query_types: Mapping[str, str]
    """The JSON types of the query's parameters that are no strings, by name."""
    body: "Validator | None"
    """None: the contract knows no JSON body here."""
    body_required: bool


@dataclass(frozen=True, slots=True)
class AnswerContract:
    """What the contract says about the answers of one status."""

    has_body: bool
    json_body: "Validator | None"
    """None: the answer has no body, or one that is not JSON and is not checked."""


class _Compiled:
    """One side of the document: closed schemas in a registry."""

    def __init__(self, uri: str, document: dict[str, JsonValue]) -> None:
        from jsonschema_rs import Registry

        self.uri = uri
        self.document = document
        self._registry: Registry = Registry(
            [(uri, closed(_object(_object(document["components"])["schemas"]), uri))]
        )

    def validator(self, schema: JsonValue) -> "Validator":
        """Compile a schema of the document."""
        from jsonschema_rs import validator_for

        return validator_for(
            {"$schema": _DIALECT, **_object(close(schema, self.uri))},
            registry=self._registry,
            validate_formats=True,
            mask="a value",
        )

    def operation(self, method: str, template: str) -> dict[str, JsonValue] | None:
        """Return the document's entry of a route."""
        path = _object(_object(self.document["paths"]).get(template))
        found = path.get(method.lower())
        return found if isinstance(found, dict) else None

    def parameters(self, method: str, template: str) -> list[dict[str, JsonValue]]:
        """Return the parameters of a route, those of its path included."""
        path = _object(_object(self.document["paths"])[template])
        operation = _object(path[method.lower()])
        return [
            _object(parameter)
            for listed in (path.get("parameters"), operation.get("parameters"))
            for parameter in (listed if isinstance(listed, list) else [])
        ]

    def resolve(self, value: JsonValue) -> dict[str, JsonValue]:
        """Follow a reference within the document."""
        found = _object(value)
        reference = found.get("$ref")
        if not isinstance(reference, str):
            return found
        place: JsonValue = self.document
        for key in reference.removeprefix("#/").split("/"):
            place = _object(place)[key]
        return self.resolve(place)


class ContractDocument:
    """The compiled contract; may be shared by several simulations, for nothing in it changes.

    Validators are compiled when a route is first met, and kept.
    """

    def __init__(self, requests: _Compiled, answers: _Compiled) -> None:
        self._requests = requests
        self._answers = answers
        self._templates = PathTemplates(_object(requests.document["paths"]))
        self._operations: dict[tuple[str, str], Operation | None] = {}
        self._answer_contracts: dict[tuple[str, str, int], AnswerContract | None] = {}

    @classmethod
    def load(cls, path: Path, deviations: Iterable[Deviation] = DEVIATIONS) -> Self:
        """Read the document, and change it as the deviations say.

        Raises:
            ContractUnavailableError: the file or the package jsonschema-rs is missing.
            ValueError: a deviation names a place that the document does not have.
        """
        try:
            import jsonschema_rs  # noqa: F401 - the simulation runs without it
        except ImportError as error:
            raise ContractUnavailableError(
                "checking Discord's contract needs the package jsonschema-rs;"
                " pip install 'concord-bot[test]' brings it"
            ) from error
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise ContractUnavailableError(
                f"Discord's contract could not be read from {path} ({error.strerror})"
            ) from error
        sides = {}
        for side in Side:
            document = _object(orjson.loads(raw))
            for deviation in deviations:
                if deviation.side is side:
                    deviation.apply(document)
            sides[side] = _Compiled(f"urn:discord:{side.name.lower()}", document)
        return cls(sides[Side.REQUESTS], sides[Side.ANSWERS])

    def match(self, path: str) -> PathMatch | None:
        """Return the template of an address without its API prefix; None: there is none."""
        return self._templates.match(path)

    def operation(self, method: str, template: str) -> Operation | None:
        """Return what the contract says of a route's requests; None: it has no such route."""
        key = (method, template)
        if key not in self._operations:
            self._operations[key] = self._compile_operation(method, template)
        return self._operations[key]

    def answer(self, method: str, template: str, status: int) -> AnswerContract | None:
        """Return what the contract says of a route's answers of a status; None: nothing."""
        key = (method, template, status)
        if key not in self._answer_contracts:
            self._answer_contracts[key] = self._compile_answer(method, template, status)
        return self._answer_contracts[key]

    def _compile_operation(self, method: str, template: str) -> Operation | None:
        side = self._requests
        entry = side.operation(method, template)
        if entry is None:
            return None
        parameters = side.parameters(method, template)
        query = [item for item in parameters if item.get("in") == "query"]
        body = _object(entry.get("requestBody"))
        media = _object(_object(body.get("content")).get(_JSON))
        return Operation(
            path_parameters=side.validator(
                _parameter_schema([item for item in parameters if item.get("in") == "path"])
            ),
            query=side.validator(_parameter_schema(query)),
            query_types={str(item["name"]): _json_type(side, item["schema"]) for item in query},
            body=side.validator(media["schema"]) if "schema" in media else None,
            body_required=body.get("required") is True,
        )

    def _compile_answer(self, method: str, template: str, status: int) -> AnswerContract | None:
        side = self._answers
        entry = side.operation(method, template)
        responses = _object(entry.get("responses")) if entry is not None else {}
        listed = responses.get(str(status), responses.get(f"{status // 100}XX"))
        if listed is None:
            return None
        content = _object(side.resolve(listed).get("content"))
        media = _object(content.get(_JSON))
        return AnswerContract(
            has_body=bool(content),
            json_body=side.validator(media["schema"]) if "schema" in media else None,
        )


def _object(value: JsonValue) -> dict[str, JsonValue]:
    return value if isinstance(value, dict) else {}


def _parameter_schema(parameters: list[dict[str, JsonValue]]) -> JsonValue:
    return {
        "type": "object",
        "properties": {str(item["name"]): item["schema"] for item in parameters},
        "required": [item["name"] for item in parameters if item.get("required") is True],
    }


def _json_type(side: _Compiled, schema: JsonValue) -> str:
    """Return the JSON type of a parameter, so that its text can be read; ``string`` if unsure."""
    found = side.resolve(schema).get("type")
    return found if isinstance(found, str) else "string"
