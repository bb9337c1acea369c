"""A TOML file as a table, and a table as a checked shape; mistakes come back as sentences."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError

from bot.files._sentences import sentence

_LONGEST = 1_000_000
"""Bytes of a file that is read; a community file of 500 boards has about 100,000. Chosen."""

ShapeT = TypeVar("ShapeT", bound="Shape")
T = TypeVar("T")


class Shape(BaseModel):
    """What a table may hold: exactly these keys, of exactly these types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Read(NamedTuple, Generic[T]):
    """What came of reading something: a value, or problems, never neither."""

    value: T | None
    problems: tuple[str, ...] = ()


def expected(phrase: str) -> WrapValidator:
    """Say in one phrase what a value must be, whatever is wrong with it."""

    def wrap(value: object, check: Callable[[object], object]) -> object:
        try:
            return check(value)
        except (ValidationError, ValueError) as error:
            raise PydanticCustomError("expected", "{phrase}", {"phrase": phrase}) from error

    return WrapValidator(wrap)


def unexpected(phrase: str) -> PydanticCustomError:
    """Return the error to raise in a validator; it reads "expected" and then the phrase."""
    return PydanticCustomError("expected", "{phrase}", {"phrase": phrase})


def name_of(path: Path) -> str:
    """Return a file's path as short as it can be said from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def read_table(path: Path) -> Read[dict[str, object]]:
    """Read a TOML file; whatever is wrong with it as a whole is one problem."""
    file = name_of(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LONGEST + 1)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return Read(None, (f"{file}: the file cannot be read ({reason})",))
    if len(raw) > _LONGEST:
        return Read(None, (f"{file}: the file is longer than {_LONGEST} bytes",))
    try:
        return Read(tomllib.loads(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        return Read(None, (f"{file}: byte {error.start} is not UTF-8; expected a UTF-8 text",))
    except tomllib.TOMLDecodeError as error:
        return Read(None, (f"{file}: this is not TOML: {error}",))
    except RecursionError:
        return Read(None, (f"{file}: this is not TOML: it is nested too deeply",))


def alone(shape: type[ShapeT], held: object) -> ShapeT | None:
    """Return a part of a table for itself; None where something in it is wrong, and told already.

    So that what is wrong between its keys is told together with mistakes elsewhere.
    """
    try:
        return shape.model_validate(held)
    except ValidationError:
        return None


def read_shape(
    shape: type[ShapeT], table: Mapping[str, object], file: str, context: object = None
) -> Read[ShapeT]:
    """Check a table against a shape; every mistake in it becomes a problem.

    Args:
        shape: what it should hold.
        table: what it holds.
        file: the name of the file in the sentences.
        context: what validators of the shape may ask about other files.
    """
    try:
        return Read(shape.model_validate(table, context=context))
    except ValidationError as error:
        found = (sentence(file, one, table, shape) for one in error.errors(include_url=False))
        return Read(None, tuple(dict.fromkeys(found)))
