"""What a person puts into the options of a command, checked as Discord's client checks it."""

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.drafts import File
from bot.sandbox.guilds import Role
from bot.sandbox.interactions.commands import Command, OptionKind, objects_of
from bot.sandbox.interactions.interaction import Choice
from bot.sandbox.interactions.option_form import STRING_LENGTH
from bot.sandbox.interactions.refusals import InteractionRefusedError
from bot.sandbox.interactions.resolved import Resolved
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User

if TYPE_CHECKING:
    from bot.sandbox.member_handle import MemberHandle

Value: TypeAlias = (
    "str | int | float | bool | Choice | MemberHandle | User | Role | ChannelHandle | File"
)
"""What can stand in an option."""


def split_name(name: str) -> tuple[str, list[str]]:
    """Return a command's own name, and the names of group and subcommand behind it."""
    own, *path = name.removeprefix("/").split(" ")
    return own, path


def called(command: Command, path: list[str]) -> list[JsonObject]:
    """Return what is called of a command, outermost first: groups and the subcommand.

    Raises:
        InteractionRefusedError: there is no such subcommand, or one has to be named.
    """
    nested = {OptionKind.SUBCOMMAND, OptionKind.SUBCOMMAND_GROUP}
    options, steps = command.options, list[JsonObject]()
    for name in path:
        step = next((o for o in options if o["name"] == name and o["type"] in nested), None)
        if step is None:
            raise InteractionRefusedError(
                f"/{command.name} has no subcommand {name!r}; it has {_names(options)}"
            )
        steps.append(step)
        options = objects_of(step, "options")
    if any(option["type"] in nested for option in options):
        raise InteractionRefusedError(
            f"/{command.name} is not called by itself; it has {_names(options)}"
        )
    return steps


def fill(
    options: list[JsonObject],
    given: Mapping[str, Value],
    resolved: Resolved,
    *,
    focused: str | None = None,
) -> list[JsonObject]:
    """Return the options as an interaction carries them, in the order of the command.

    Args:
        options: those of the command or subcommand.
        given: by name.
        resolved: takes what ids stand for.
        focused: the option that is being typed; then nothing is required yet.

    Raises:
        InteractionRefusedError: as Discord's client would not let it be sent.
    """
    known = [str(option["name"]) for option in options]
    for name in given:
        if name not in known:
            close = difflib.get_close_matches(name, known, 1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            raise InteractionRefusedError(f"there is no option {name!r}{hint}; {_names(options)}")
    filled: list[JsonObject] = []
    for option in options:
        name = str(option["name"])
        if name not in given:
            if option.get("required") and focused is None:
                raise InteractionRefusedError(f"the option {name!r} is required")
            continue
        kind = OptionKind(_number(option["type"]))
        if name == focused:
            # What is being typed is sent as text, whatever it may become.
            entry: JsonObject = {"name": name, "type": int(kind), "value": given[name]}
            entry["focused"] = True
        else:
            value = _read(option, kind, given[name], resolved)
            entry = {"name": name, "type": int(kind), "value": value}
        filled.append(entry)
    return filled


def nest(steps: list[JsonObject], filled: list[JsonObject]) -> list[JsonObject]:
    """Return options inside the group and subcommand that were called."""
    for step in reversed(steps):
        filled = [{"name": step["name"], "type": step["type"], "options": filled}]
    return filled


def _read(option: JsonObject, kind: OptionKind, given: Value, resolved: Resolved) -> object:
    if kind in {OptionKind.STRING, OptionKind.INTEGER, OptionKind.NUMBER}:
        return _read_plain(option, kind, given)
    if kind is OptionKind.BOOLEAN:
        if not isinstance(given, bool):
            raise _wrong(option, given)
        return given
    if isinstance(given, str | int | float | Choice) or not _fits(kind, given):
        raise _wrong(option, given)
    if isinstance(given, ChannelHandle):
        types = option.get("channel_types")
        if isinstance(types, list) and types and int(given.state.type) not in types:
            raise InteractionRefusedError(f"{option['name']!r} takes channels of {types} only")
    return resolved.add(given)


def _fits(kind: OptionKind, given: "MemberHandle | User | Role | ChannelHandle | File") -> bool:
    role, channel, file = (isinstance(given, each) for each in (Role, ChannelHandle, File))
    match kind:
        case OptionKind.ROLE:
            return role
        case OptionKind.CHANNEL:
            return channel
        case OptionKind.ATTACHMENT:
            return file
        case OptionKind.MENTIONABLE:
            return not (channel or file)
        case _:
            return not (role or channel or file)


def _read_plain(option: JsonObject, kind: OptionKind, given: Value) -> object:
    if isinstance(given, Choice):
        given = given.value
    if option.get("choices"):
        return _read_choice(option, given)
    if kind is OptionKind.STRING:
        if not isinstance(given, str):
            raise _wrong(option, given)
        least, most = option.get("min_length", 0), option.get("max_length", STRING_LENGTH)
        if not _number(least) <= len(given) <= _number(most):
            raise InteractionRefusedError(
                f"{option['name']!r} takes {least} to {most} characters, not {len(given)}"
            )
        return given
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise _wrong(option, given)
    if kind is OptionKind.INTEGER and not isinstance(given, int):
        raise _wrong(option, given)
    _require_bounds(option, given)
    return given


def _read_choice(option: JsonObject, given: object) -> object:
    choices = objects_of(option, "choices")
    for choice in choices:
        if given in (choice["name"], choice["value"]):
            return choice["value"]
    offered = ", ".join(str(choice["name"]) for choice in choices)
    raise InteractionRefusedError(f"{given!r} is not a choice of {option['name']!r}: {offered}")


def _require_bounds(option: JsonObject, given: float) -> None:
    for key, beyond in (("min_value", -1), ("max_value", 1)):
        bound = option.get(key)
        if isinstance(bound, int | float) and (given - bound) * beyond > 0:
            raise InteractionRefusedError(f"{given} is beyond the {key} of {option['name']!r}")


def _wrong(option: JsonObject, given: object) -> InteractionRefusedError:
    kind = OptionKind(_number(option["type"])).name
    return InteractionRefusedError(f"{option['name']!r} takes {kind}, not {given!r}")


def _number(value: object) -> int:
    assert isinstance(value, int), f"BUG: {value!r} was read as an integer"
    return value


def _names(options: list[JsonObject]) -> str:
    return "has " + (", ".join(str(option["name"]) for option in options) or "no options")
