"""From the body of a request to a command.

Limits: Discord's documentation, topic "Application Commands" (2026-08), and its contract document.
"""

from bot.sandbox.errors import leaf
from bot.sandbox.form import Form
from bot.sandbox.interactions.command_names import DESCRIPTION, NAME, read_name
from bot.sandbox.interactions.commands import CommandKind
from bot.sandbox.interactions.option_form import read_options, size_of
from bot.sandbox.seam import JsonObject

ALL_TOGETHER = 8000
"""Code points of all names, descriptions and choices of one command."""

_LOCALES = 34


def read_command(body: object, earlier: JsonObject | None = None) -> tuple[CommandKind, JsonObject]:
    """Read a whole command, or a change to one; return its kind and fields, the name included.

    Args:
        body: of the request.
        earlier: the command as it is; what is not named stays. None: a new one.

    Raises:
        ApiError: 50035 with everything that is wrong.
    """
    form = Form(body)
    kind, fields = read_command_form(form, earlier)
    form.check()
    return kind, fields


def read_command_form(form: Form, earlier: JsonObject | None) -> tuple[CommandKind, JsonObject]:
    """As `read_command`, leaving what is wrong in the form."""
    kind = _read_kind(form, earlier)
    fields: JsonObject = {
        **_UNSAID,
        **{key: value for key, value in (earlier or {}).items() if key not in _GIVEN},
    }
    if earlier is None or "name" in form:
        fields["name"] = read_name(form, chat_input=kind is CommandKind.CHAT_INPUT)
    if earlier is None or "description" in form:
        fields["description"] = _read_description(form, kind)
    if earlier is None or "options" in form:
        _read_options(form, kind, fields)
    if "default_member_permissions" in form:
        needed = form.number("default_member_permissions", 0, (1 << 54) - 1)
        fields["default_member_permissions"] = None if needed is None else str(needed)
    for key in ("dm_permission", "nsfw"):
        given = form.flag(key)
        if given is not None:
            fields[key] = given
    _read_places(form, fields)
    for key in ("name_localizations", "description_localizations"):
        if form.raw(key) is not None:
            fields[key] = _read_localizations(form, key)
    return kind, fields


_UNSAID: JsonObject = {
    "name": "",
    "description": "",
    "default_member_permissions": None,
    "dm_permission": True,
    "nsfw": False,
    "contexts": None,
    "integration_types": [0],
}
"""What a command is where its maker says nothing."""

_GIVEN = frozenset({"id", "application_id", "version", "type", "guild_id"})
"""What Discord itself sets of a command."""


def _read_kind(form: Form, earlier: JsonObject | None) -> CommandKind:
    if earlier is None:
        return CommandKind(form.number("type", 1, 3) or 1)
    known = earlier.get("type")
    return CommandKind(known) if isinstance(known, int) else CommandKind.CHAT_INPUT


def _read_options(form: Form, kind: CommandKind, fields: JsonObject) -> None:
    options = read_options(form)
    if kind is CommandKind.CHAT_INPUT:
        fields["options"] = options
    elif options:
        form.fail(
            "options",
            "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS",
            "Context menu commands cannot have options",
        )
    if "options" not in form.errors and size_of(fields) > ALL_TOGETHER:
        form.fail(
            "options",
            "APPLICATION_COMMAND_TOO_LARGE",
            f"Command exceeds maximum size ({ALL_TOGETHER})",
        )


def _read_description(form: Form, kind: CommandKind) -> str:
    description = form.text("description", DESCRIPTION) or ""
    if kind is CommandKind.CHAT_INPUT:
        if not description and "description" not in form.errors:
            form.fail("description", "BASE_TYPE_REQUIRED", "This field is required")
        return description
    if description:
        form.fail(
            "description",
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
            "Context menu commands cannot have descriptions",
        )
    # discord.py reads the key of every command: it comes back, and empty.
    return ""


def _read_places(form: Form, fields: JsonObject) -> None:
    for key, most in (("contexts", 2), ("integration_types", 1)):
        if key not in form:
            continue
        values = form.items(key, most + 1)
        if values is None:
            continue
        known = [value for value in values if value in range(most + 1)]
        if not values or len(known) != len(values) or len(set(known)) != len(known):
            form.fail(key, "BASE_TYPE_CHOICES", "Value must be a set of known numbers.")
        fields[key] = known


def _read_localizations(form: Form, key: str) -> JsonObject:
    value = form.raw(key)
    if not isinstance(value, dict) or len(value) > _LOCALES:
        form.fail(key, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return {}
    longest = NAME if key == "name_localizations" else DESCRIPTION
    wrong: JsonObject = {
        locale: leaf("BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {longest} in length.")
        for locale, text in value.items()
        if not isinstance(text, str) or not 1 <= len(text) <= longest
    }
    if wrong:
        form.fail_inside(key, wrong)
    return value
