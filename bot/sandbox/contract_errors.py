"""Says what is wrong with a body, without quoting what it says."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, Validator

_MAX_MESSAGE = 240
"""Characters of one message; lists of permitted values are long. Chosen, not measured."""


def faults_of(validator: "Validator", instance: object) -> Iterator[tuple[str, str]]:
    """Yield (where, what) for every fault of a body; nothing for a right one.

    Where is a path such as ``embeds[].title``, empty for the body itself; which element of an
    array it was is left out, so that what is wrong with many is one finding. Names of properties
    are quoted, values never.
    """
    if validator.is_valid(instance):
        return
    for error in _telling(validator.iter_errors(instance)):
        message = error.message
        if len(message) > _MAX_MESSAGE:
            message = f"{message[:_MAX_MESSAGE]} ..."
        yield _path(error), message


def _telling(errors: Iterable["ValidationError"]) -> list["ValidationError"]:
    """Return the errors that say most: of a union, those of the branch that was likely meant."""
    from jsonschema_rs import ValidationErrorKind as Kind

    found: list[ValidationError] = []
    for error in errors:
        kind = error.kind
        if isinstance(kind, Kind.AnyOf):
            likeliest = max((_telling(branch) for branch in kind.context), key=_likeliness)
            found.extend(likeliest)
        else:
            found.append(error)
    # A property that is wrong itself counts as unevaluated as well: say only what is wrong.
    plain = [error for error in found if not isinstance(error.kind, Kind.UnevaluatedProperties)]
    return plain or found


def _likeliness(branch: list["ValidationError"]) -> tuple[bool, int, int]:
    """Rank a branch of a union by how far the body fits it.

    A branch for another type of value (``null``) or another ``type`` was not meant; of the others
    the one with errors deepest inside and fewest in all.
    """
    from jsonschema_rs import ValidationErrorKind as Kind

    meant = not any(
        (isinstance(error.kind, Kind.Enum | Kind.Constant) and error.instance_path[-1:] == ["type"])
        or (isinstance(error.kind, Kind.Type) and len(error.instance_path) == _shallowest(branch))
        for error in branch
    )
    depth = max((len(error.instance_path) for error in branch), default=0)
    return meant, depth, -len(branch)


def _shallowest(branch: list["ValidationError"]) -> int:
    return min(len(error.instance_path) for error in branch)


def _path(error: "ValidationError") -> str:
    path = ""
    for step in error.instance_path:
        path += "[]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".")
