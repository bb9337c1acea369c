"""Mistakes in a file as sentences that name file, key, value and what was expected."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import get_args

from pydantic import BaseModel, SecretStr
from pydantic_core import ErrorDetails

_SHOWN = 60
"""Code points of a value that an error shows; chosen so that a sentence stays on one line."""

_PHRASES = {
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "too_short": "at least one entry",
    "list_type": "a list in square brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "date_type": "a date such as 2026-11-22",
    "datetime_type": "a date with time and offset, such as 2027-01-31T12:00:00Z",
}
"""What pydantic's own error types mean to somebody who writes TOML."""


def sentence(
    file: str, error: ErrorDetails, data: Mapping[str, object], shape: type[BaseModel]
) -> str:
    """Return one of pydantic's errors as a sentence.

    Args:
        file: the file's name as its writer knows it.
        error: what pydantic found.
        data: the whole file as read, which names entries of lists better than their place does.
        shape: the model it was validated with, which knows the keys that would have been right.
    """
    path = tuple(step for step in error["loc"] if step != "[key]")
    key = key_of(path, data)
    kind = error["type"]
    if kind == "missing":
        return f"{file}: {key} is missing"
    if kind == "extra_forbidden":
        known = known_keys(shape, path[:-1])
        return f"{file}: {key} is an unknown key; {did_you_mean(str(path[-1]), known)}"
    if error["loc"] and error["loc"][-1] == "[key]":
        return f"{file}: {key} is not {_phrase(error)}"
    value = "not usable" if _is_secret(shape, path) else shown(error["input"])
    return f"{file}: {key} is {value}; expected {_phrase(error)}"


def _phrase(error: ErrorDetails) -> str:
    return _PHRASES.get(error["type"], error["msg"])


def key_of(path: Iterable[int | str], data: object) -> str:
    """Return the place of a value in a file as a reader would say it.

    An entry of a list goes by its id, name or number where it has one, else by its place from 1 on.
    """
    words: list[str] = []
    here = data
    for step in path:
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
            words[-1] += f"[{_name_of(here, step)}]"
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
            words.append(step)
    return ".".join(words) or "the file"


def _name_of(entry: object, place: int) -> str:
    if isinstance(entry, Mapping):
        for key in ("id", "name", "number"):
            if isinstance(entry.get(key), str | int):
                return str(entry[key])
    return str(place + 1)


def known_keys(shape: type[BaseModel], path: Iterable[int | str]) -> tuple[str, ...]:
    """Return the keys that a table at some place of a file may have."""
    here: type[BaseModel] | None = shape
    for step in path:
        if here is not None and isinstance(step, str) and step in here.model_fields:
            here = _model_in(here.model_fields[step].annotation)
    if here is None:
        return ()
    return tuple(field.alias or name for name, field in here.model_fields.items())


def _model_in(annotation: object) -> type[BaseModel] | None:
    for part in _parts(annotation):
        if isinstance(part, type) and issubclass(part, BaseModel):
            return part
    return None


def _is_secret(shape: type[BaseModel], path: tuple[int | str, ...]) -> bool:
    fields = (field for field in shape.model_fields.values() if field.alias in path)
    return any(not one.repr or SecretStr in _parts(one.annotation) for one in fields)


def _parts(annotation: object) -> Iterator[object]:
    yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return what to say after a word that is not among those known."""
    names = tuple(known)
    close = get_close_matches(word, names, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    if not names:
        return "nothing is expected here"
    return f"expected one of {', '.join(names)}"


def shown(value: object) -> str:
    """Return a value as it would stand in a file, cut to a length that fits a sentence."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        text = f"[{', '.join(shown(one) for one in value[:4])}{', …' if len(value) > 4 else ''}]"
    elif isinstance(value, str):
        text = repr(value)
    else:
        text = str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
