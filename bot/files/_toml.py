"""Values as TOML text, laid out the way a person would write the file."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

Value = str | int | bool | datetime | Sequence["Value"] | Mapping[str, "Value"]


def line(key: str, value: Value) -> str:
    """Return ``key = value`` on one line."""
    return f"{_key(key)} = {_inline(value)}"


def section(header: str, table: Mapping[str, Value]) -> str:
    """Return a header with the lines of a table under it."""
    return "\n".join([header, *(line(key, value) for key, value in table.items())])


def _inline(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(line(key, one) for key, one in value.items()) + " }"
    return "[" + ", ".join(_inline(one) for one in value) + "]"


def _key(key: str) -> str:
    bare = key.replace("-", "").replace("_", "")
    return key if bare.isascii() and bare.isalnum() else _text(key)


def _text(value: str) -> str:
    # JSON's escapes are TOML's, but TOML also wants DEL escaped (toml.io, v1.0.0, "String").
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
