"""Closing the contract's schemas against properties that they do not name."""

from pathlib import Path

import orjson
import pytest
from jsonschema_rs import Validator

from bot.sandbox.contract_document import ContractDocument
from bot.sandbox.contract_errors import faults_of

SCHEMAS = {
    "Plain": {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "nested": {"$ref": "#/components/schemas/Inner"}},
        "required": ["a"],
    },
    "Inner": {"type": "object", "properties": {"b": {"type": "string"}}},
    "Both": {
        "type": "object",
        "allOf": [
            {"$ref": "#/components/schemas/Plain"},
            {"type": "object", "properties": {"c": {"$ref": "#/components/schemas/Inner"}}},
        ],
    },
    "Either": {
        "anyOf": [
            {"$ref": "#/components/schemas/Inner"},
            {"$ref": "#/components/schemas/Plain"},
            {"type": "null"},
        ]
    },
    "Overlapping": {
        "oneOf": [{"$ref": "#/components/schemas/Inner"}, {"$ref": "#/components/schemas/Twin"}]
    },
    "Twin": {"type": "object", "properties": {"b": {"type": "string"}}},
    "Map": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Inner"}},
    "Kind": {"type": "integer", "oneOf": [{"const": 1, "title": "ONE"}, {"const": 2}]},
    "List": {"type": "array", "items": {"$ref": "#/components/schemas/Inner"}},
}


@pytest.fixture(scope="module")
def validators(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Validator]:
    """A validator for each schema, compiled out of a document of one's own."""
    path: Path = tmp_path_factory.mktemp("contract") / "openapi.json"
    bodies = {
        f"/{name}": {
            "post": {
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}
                    }
                },
                "responses": {},
            }
        }
        for name in SCHEMAS
    }
    path.write_bytes(orjson.dumps({"paths": bodies, "components": {"schemas": SCHEMAS}}))
    document = ContractDocument.load(path, [])
    found = {}
    for name in SCHEMAS:
        operation = document.operation("POST", f"/{name}")
        assert operation is not None
        assert operation.body is not None
        found[name] = operation.body
    return found


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Plain", {"a": 1}),
        ("Plain", {"a": 1, "nested": {"b": "x"}}),
        ("Both", {"a": 1, "c": {"b": "x"}}),
        ("Either", {"b": "x"}),
        ("Either", {"a": 1}),
        ("Either", None),
        ("Overlapping", {"b": "x"}),
        ("Map", {"any": {"b": "x"}, "name": {}}),
        ("Kind", 2),
        ("List", [{"b": "x"}, {}]),
    ],
)
def test_what_is_named_passes(validators: dict[str, Validator], name: str, body: object) -> None:
    """Closing refuses nothing that the schema describes, parts and unions included."""
    assert list(faults_of(validators[name], body)) == []


@pytest.mark.parametrize(
    ("name", "body", "where", "what"),
    [
        ("Plain", {"a": 1, "x": 1}, "", "'x' was unexpected"),
        ("Plain", {"a": 1, "nested": {"x": 1}}, "nested", "'x' was unexpected"),
        ("Both", {"a": 1, "x": 1}, "", "'x' was unexpected"),
        ("Both", {"a": 1, "c": {"x": 1}}, "c", "'x' was unexpected"),
        ("Both", {"a": 1, "nested": {"x": 1}}, "nested", "'x' was unexpected"),
        ("Both", {"a": "one"}, "a", "is not of type"),
        ("Overlapping", {"x": 1}, "", "'x' was unexpected"),
        ("Map", {"any": {"x": 1}}, "any", "'x' was unexpected"),
        ("Kind", 3, "", "is not one of"),
        ("List", [{}, {"x": 1}], "[]", "'x' was unexpected"),
    ],
)
def test_what_is_not_named_is_found(
    validators: dict[str, Validator], name: str, body: object, where: str, what: str
) -> None:
    """Wherever the property stands: below, in a part, in a branch, in a map or a list."""
    faults = list(faults_of(validators[name], body))

    assert [place for place, _ in faults] == [where]
    assert what in faults[0][1]


def test_no_branch_of_a_union_takes_an_unknown_property(validators: dict[str, Validator]) -> None:
    """A property of another branch does not make it right."""
    assert list(faults_of(validators["Either"], {"b": "x", "a": 1}))
