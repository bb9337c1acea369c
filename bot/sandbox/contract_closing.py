"""Makes the schemas of Discord's contract refuse properties that they do not name.

No schema of the document closes its objects, so that a misspelt property would pass.
"""

from typing import TypeAlias

JsonValue: TypeAlias = "dict[str, JsonValue] | list[JsonValue] | str | int | float | bool | None"
"""Any JSON value."""

SCHEMAS = "#/components/schemas/"
"""Where the document keeps its schemas."""

PARTS = "#/components/parts/"
"""Where the closed document keeps the same schemas for use inside ``allOf``, open at the top."""

_ANNOTATIONS = frozenset(
    {"title", "description", "default", "example", "discriminator", "x-discord-union"}
)
_UNIONS = frozenset({"oneOf", "anyOf"})


def closed(schemas: dict[str, JsonValue], uri: str) -> dict[str, JsonValue]:
    """Return a document of the schemas, each refusing the properties that it does not name.

    `uri` is where the document will be found: every reference is made absolute with it.

    An object closes with ``additionalProperties``, one put together from others with
    ``unevaluatedProperties``; what it is put together from stays open at its top, so that the
    parts can stand side by side, and is closed below. ``oneOf`` becomes ``anyOf``: the document's
    unions overlap in places, "one and no other" would refuse what Discord accepts, and closed
    objects tell the branches apart already.
    """
    return {
        "components": {
            "schemas": {name: close(schema, uri) for name, schema in schemas.items()},
            "parts": {name: close(schema, uri, part=True) for name, schema in schemas.items()},
        }
    }


def close(schema: JsonValue, uri: str, *, part: bool = False) -> JsonValue:
    """Return one schema closed, its references leading to the closed document at `uri`.

    `part`: it is one of an ``allOf`` and stays open at its top.
    """
    if not isinstance(schema, dict):
        return schema
    result: dict[str, JsonValue] = {}
    for keyword, value in schema.items():
        if keyword in _ANNOTATIONS:
            continue
        if keyword in _UNIONS and isinstance(value, list):
            constants = _constants(value)
            if constants is None:
                result["anyOf"] = [close(branch, uri, part=part) for branch in value]
            else:
                result["enum"] = constants
        else:
            result[keyword] = _close_keyword(keyword, value, uri, part=part)
    if not part:
        _close_top(result)
    return result


def _close_keyword(keyword: str, value: JsonValue, uri: str, *, part: bool) -> JsonValue:
    match keyword, value:
        case "properties", dict():
            return {name: close(inner, uri) for name, inner in value.items()}
        case "allOf", list():
            return [close(inner, uri, part=True) for inner in value]
        case "$ref", str():
            return uri + (value.replace(SCHEMAS, PARTS) if part else value)
        case "items" | "additionalProperties", _:
            return close(value, uri)
        case _:
            return value


def _close_top(schema: dict[str, JsonValue]) -> None:
    if "additionalProperties" in schema:
        return
    if "allOf" in schema or ("anyOf" in schema and "properties" in schema):
        if "properties" in schema or schema.get("type") == "object":
            schema["unevaluatedProperties"] = False
    elif "properties" in schema:
        schema["additionalProperties"] = False


def _constants(branches: list[JsonValue]) -> list[JsonValue] | None:
    """Return the values of a union of constants, the document's way of writing an enum."""
    values: list[JsonValue] = []
    for branch in branches:
        if not isinstance(branch, dict) or branch.keys() - _ANNOTATIONS != {"const"}:
            return None
        values.append(branch["const"])
    return values
