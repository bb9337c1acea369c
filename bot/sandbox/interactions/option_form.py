"""The options of a command: from the body of a request, with Discord's limits.

Source: Discord's documentation, topic "Application Commands" (2026-08).
"""

from bot.sandbox.form import Form
from bot.sandbox.interactions.command_names import DESCRIPTION, read_name
from bot.sandbox.interactions.commands import OptionKind, objects_of
from bot.sandbox.seam import JsonObject

OPTIONS, CHOICES, CHOICE = 25, 25, 100
STRING_LENGTH = 6000
_SAFE = 1 << 53
"""Integers are sent as JSON numbers: Discord takes those between -2**53 and 2**53."""

_NESTING = frozenset({OptionKind.SUBCOMMAND, OptionKind.SUBCOMMAND_GROUP})
_CHOOSING = frozenset({OptionKind.STRING, OptionKind.INTEGER, OptionKind.NUMBER})


def read_options(form: Form, depth: int = 0) -> list[JsonObject]:
    """Read the options of a command (depth 0), a group (1) or a subcommand (2).

    What is wrong is recorded in the form.
    """
    sources = form.objects("options", OPTIONS) or []
    errors: JsonObject = {}
    options = []
    for index, source in enumerate(sources):
        inner = Form(source)
        options.append(_read_option(inner, depth))
        if inner.errors:
            errors[str(index)] = inner.errors
    if errors:
        form.fail_inside("options", errors)
        return options
    _check_together(form, options)
    return options


def size_of(fields: JsonObject) -> int:
    """Return the code points of names, descriptions and choices of a command with its options."""
    size = sum(len(str(fields.get(key) or "")) for key in ("name", "description"))
    for choice in objects_of(fields, "choices"):
        size += len(str(choice["name"])) + len(str(choice["value"]))
    return size + sum(size_of(option) for option in objects_of(fields, "options"))


def _check_together(form: Form, options: list[JsonObject]) -> None:
    names = [option["name"] for option in options]
    if len(set(names)) != len(names):
        form.fail(
            "options",
            "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
            "Option name already exists",
        )
    kinds = {OptionKind(number) for number in _types(options)}
    if kinds & _NESTING and kinds - _NESTING:
        form.fail(
            "options",
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other"
            " types",
        )
    optional_seen = False
    for option in options:
        if OptionKind(_types([option])[0]) in _NESTING:
            continue
        if option.get("required") and optional_seen:
            form.fail(
                "options",
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen = optional_seen or not option.get("required")


def _types(options: list[JsonObject]) -> list[int]:
    return [number for option in options if isinstance(number := option.get("type"), int)]


def _read_option(form: Form, depth: int) -> JsonObject:
    number = form.number("type", 1, 11)
    if number is None and "type" not in form.errors:
        form.fail("type", "BASE_TYPE_REQUIRED", "This field is required")
    kind = OptionKind(number or OptionKind.STRING)
    option: JsonObject = {"type": int(kind), "name": read_name(form, chat_input=True)}
    description = form.text("description", DESCRIPTION, 1)
    if description is None and "description" not in form.errors:
        form.fail("description", "BASE_TYPE_REQUIRED", "This field is required")
    option["description"] = description or ""
    if kind in _NESTING:
        _read_nested(form, kind, depth, option)
        return option
    option["required"] = bool(form.flag("required"))
    if kind in _CHOOSING:
        _read_choosing(form, kind, option)
    _read_bounds(form, kind, option)
    if kind is OptionKind.CHANNEL and "channel_types" in form:
        option["channel_types"] = form.items("channel_types", 20) or []
    for key in ("name_localizations", "description_localizations"):
        if form.raw(key) is not None:
            option[key] = form.raw(key)
    return option


def _read_nested(form: Form, kind: OptionKind, depth: int, option: JsonObject) -> None:
    group = kind is OptionKind.SUBCOMMAND_GROUP
    # A group only at the top, a subcommand there or in a group.
    if depth > (0 if group else 1):
        form.fail(
            "type",
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-commands and groups cannot be nested any deeper",
        )
        return
    options = read_options(form, 1 if group else 2)
    if group and any(number != OptionKind.SUBCOMMAND for number in _types(options)):
        form.fail(
            "options",
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "A sub-command group can only hold sub-commands",
        )
    option["options"] = options


def _read_choosing(form: Form, kind: OptionKind, option: JsonObject) -> None:
    choices = form.objects("choices", CHOICES) or []
    errors: JsonObject = {}
    read: list[JsonObject] = []
    for index, source in enumerate(choices):
        inner = Form(source)
        name = inner.text("name", CHOICE, 1)
        value = _read_value(inner, kind)
        for key, given in (("name", name), ("value", value)):
            if given is None and key not in inner.errors:
                inner.fail(key, "BASE_TYPE_REQUIRED", "This field is required")
        read.append({"name": name, "value": value})
        if inner.errors:
            errors[str(index)] = inner.errors
    if errors:
        form.fail_inside("choices", errors)
    if len({each["name"] for each in read}) != len(read):
        form.fail(
            "choices",
            "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
            "Option choice name already exists",
        )
    autocomplete = form.flag("autocomplete") or False
    if autocomplete and read:
        form.fail(
            "autocomplete",
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
            "Autocomplete cannot be set with choices",
        )
    if read:
        option["choices"] = read
    if autocomplete:
        option["autocomplete"] = True


def _read_value(form: Form, kind: OptionKind) -> object:
    if kind is OptionKind.STRING:
        return form.text("value", CHOICE, 1)
    if kind is OptionKind.INTEGER:
        return form.number("value", -_SAFE, _SAFE)
    value = form.raw("value")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    form.fail("value", "NUMBER_TYPE_COERCE", f'Value "{value}" is not float.')
    return None


def _read_bounds(form: Form, kind: OptionKind, option: JsonObject) -> None:
    if kind is OptionKind.STRING:
        for key, least in (("min_length", 0), ("max_length", 1)):
            bound = form.number(key, least, STRING_LENGTH)
            if bound is not None:
                option[key] = bound
    if kind in {OptionKind.INTEGER, OptionKind.NUMBER}:
        for key in ("min_value", "max_value"):
            value = form.raw(key)
            if isinstance(value, int | float) and not isinstance(value, bool):
                option[key] = value
            elif value is not None:
                form.fail(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')
