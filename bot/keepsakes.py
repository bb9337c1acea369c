"""Values of ours as text and back: what waits in a keepsake until somebody presses a button."""

import dataclasses
import json
import types
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from functools import cache
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_MICROSECOND = timedelta(microseconds=1)


class UnreadableError(ValueError):
    """A text that this version of Concord did not write, or cannot read any more."""


class Purpose(StrEnum):
    """What a keepsake is for; stored with it."""

    DRAFT = "draft"
    """An order that waits for Confirm or Change."""
    LISTING = "listing"
    """What a paged list of cases looks for."""


def to_text(value: object) -> str:
    """Return a frozen dataclass of plain fields as JSON; a lone surrogate is written escaped.

    Law: ``from_text(type(value), to_text(value)) == value``.
    """
    return json.dumps(_plain(value), separators=(",", ":"))


def from_text(kind: type[Value], text: str) -> Value:
    """Return the value that :func:`to_text` wrote; a field that came later has its default.

    Raises:
        UnreadableError: if the text is no such value.
    """
    try:
        return cast(Value, _built(kind, json.loads(text)))
    except UnreadableError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableError(f"no {kind.__name__}: {error}") from error


def _plain(value: object) -> Json:
    if isinstance(value, Enum):
        return cast(Json, value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // _MICROSECOND
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    assert dataclasses.is_dataclass(value), f"BUG: {type(value).__name__} cannot be kept"
    return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}


def _built(kind: object, plain: Json) -> object:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _built_one_of(get_args(kind), plain)
    if origin is tuple:
        if not isinstance(plain, list):
            raise UnreadableError(f"{plain!r} is no list")
        (of, _) = get_args(kind)
        return tuple(_built(of, one) for one in plain)
    assert isinstance(kind, type), f"BUG: {kind} cannot be kept"
    return _built_whole(kind, plain)


def _built_whole(kind: type, plain: Json) -> object:
    if dataclasses.is_dataclass(kind):
        if not isinstance(plain, dict):
            raise UnreadableError(f"{plain!r} is no {kind.__name__}")
        hints = _hints(kind)
        fields = {name: _built(hints[name], one) for name, one in plain.items() if name in hints}
        return cast(object, kind(**fields))
    if kind is datetime:
        return datetime.fromisoformat(cast(str, plain))
    if kind is timedelta:
        return cast(int, plain) * _MICROSECOND
    if issubclass(kind, Enum):
        return kind(plain)
    # JSON knows no difference between 1 and 1.0; whoever wrote a float wants one back.
    fits = isinstance(plain, int | float) if kind is float else type(plain) is kind
    if not fits:
        raise UnreadableError(f"{plain!r} is no {kind.__name__}")
    return float(cast(float, plain)) if kind is float else plain


def _built_one_of(kinds: tuple[object, ...], plain: Json) -> object:
    """Return the value of the one kind beside None; unions of two kinds are not kept."""
    if plain is None and types.NoneType in kinds:
        return None
    (kind,) = (one for one in kinds if one is not types.NoneType)
    return _built(kind, plain)


@cache
def _hints(kind: type) -> dict[str, object]:
    return get_type_hints(kind)
