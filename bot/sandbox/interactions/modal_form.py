"""A form that the bot opens: from the body of a request, with Discord's limits.

Source: Discord's documentation, references "Components" and "Receiving and Responding" (2026-08),
and its contract document.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.sandbox.form import Form
from bot.sandbox.interactions.component_parts import (
    CUSTOM_ID,
    TEXT,
    read_choices,
    read_select,
    read_string_select,
    read_text_display,
    required,
)
from bot.sandbox.interactions.components import INPUTS, SELECTS, ComponentKind, walk
from bot.sandbox.interactions.interaction import Interaction, Modal
from bot.sandbox.interactions.numbering import numbered
from bot.sandbox.seam import JsonObject

TITLE, LABEL, DESCRIPTION, PLACEHOLDER = 45, 45, 100, 100
PARTS = 5
"""Top-level components of a form (same source: 1 to 5)."""

BOXES, FILES = 10, 10


def read_modal(form: Form, opened_by: Interaction) -> Modal:
    """Read the data of a callback that opens a form; what is wrong is recorded."""
    errors: JsonObject = {}
    components: list[JsonObject] = []
    for index, source in enumerate(form.objects("components", PARTS) or []):
        inner = Form(source)
        components.append(_read_part(inner))
        if inner.errors:
            errors[str(index)] = inner.errors
    modal = Modal(
        required(form, "custom_id", CUSTOM_ID),
        required(form, "title", TITLE),
        numbered(components),
        opened_by,
    )
    ids = [each["custom_id"] for each in walk(components) if each.get("custom_id")]
    if errors:
        form.fail_inside("components", errors)
    elif not components and "components" not in form.errors:
        form.fail("components", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {PARTS} in length.")
    elif len(set(ids)) != len(ids):
        form.fail(
            "components",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        )
    return modal


def _read_part(form: Form) -> JsonObject:
    number = form.number("type", 1, 1 << 31)
    part: JsonObject = {"type": number}
    given_id = form.number("id", 0, (1 << 31) - 1)
    if given_id:
        part["id"] = given_id
    if number == ComponentKind.TEXT_DISPLAY:
        part |= read_text_display(form)
    elif number == ComponentKind.LABEL:
        part["label"] = required(form, "label", LABEL)
        description = form.text("description", DESCRIPTION)
        if description:
            part["description"] = description
        inner = form.form("component")
        if inner is None:
            form.fail("component", "BASE_TYPE_REQUIRED", "This field is required")
            return part
        part["component"] = _read_input(inner, INPUTS)
        form.absorb("component", inner)
    elif number == ComponentKind.ACTION_ROW:
        part["components"] = _read_row(form)
    else:
        form.fail("type", "BASE_TYPE_CHOICES", "Value must be one of (1, 10, 18).")
    return part


def _read_row(form: Form) -> list[JsonObject]:
    # The older form of a form: one text input a row.
    sources = form.objects("components", 1) or []
    if not sources and "components" not in form.errors:
        form.fail("components", "BASE_TYPE_BAD_LENGTH", "Must be 1 in length.")
    components = []
    for source in sources:
        inner = Form(source)
        components.append(_read_input(inner, frozenset({ComponentKind.TEXT_INPUT})))
        if "label" not in inner.errors and not inner.raw("label"):
            inner.fail("label", "BASE_TYPE_REQUIRED", "This field is required")
        if inner.errors:
            form.fail_inside("components", {"0": inner.errors})
    return components


def _read_input(form: Form, permitted: frozenset[ComponentKind]) -> JsonObject:
    number = form.number("type", 1, 1 << 31)
    kind = next((each for each in permitted if each == number), None)
    if kind is None:
        listed = ", ".join(str(int(each)) for each in sorted(permitted))
        form.fail("type", "BASE_TYPE_CHOICES", f"Value must be one of ({listed}).")
        return {"type": number}
    component: JsonObject = {"type": int(kind), **_INPUTS[kind](form)}
    if kind is not ComponentKind.CHECKBOX:
        needed = form.flag("required")
        component["required"] = True if needed is None else needed
    given_id = form.number("id", 0, (1 << 31) - 1)
    if given_id:
        component["id"] = given_id
    return component


def _read_text_input(form: Form) -> JsonObject:
    text: JsonObject = {
        "custom_id": required(form, "custom_id", CUSTOM_ID),
        "style": form.number("style", 1, 2) or 1,
        "label": form.text("label", LABEL),
        "min_length": form.number("min_length", 0, TEXT),
        "max_length": form.number("max_length", 1, TEXT),
    }
    for key, longest in (("value", TEXT), ("placeholder", PLACEHOLDER)):
        given = form.text(key, longest)
        if given:
            text[key] = given
    return text


def _read_checkbox(form: Form) -> JsonObject:
    return {
        "custom_id": required(form, "custom_id", CUSTOM_ID),
        "default": form.flag("default") or False,
    }


def _read_radio_group(form: Form) -> JsonObject:
    return {
        "custom_id": required(form, "custom_id", CUSTOM_ID),
        "options": read_choices(form, BOXES, 2),
    }


def _read_checkbox_group(form: Form) -> JsonObject:
    options = read_choices(form, BOXES)
    least, most = form.number("min_values", 0, BOXES), form.number("max_values", 1, BOXES)
    return {
        "custom_id": required(form, "custom_id", CUSTOM_ID),
        "options": options,
        "min_values": 1 if least is None else least,
        "max_values": len(options) if most is None else most,
    }


def _read_file_upload(form: Form) -> JsonObject:
    least, most = form.number("min_values", 0, FILES), form.number("max_values", 1, FILES)
    return {
        "custom_id": required(form, "custom_id", CUSTOM_ID),
        "min_values": 1 if least is None else least,
        "max_values": 1 if most is None else most,
    }


_INPUTS: Mapping[ComponentKind, Callable[[Form], JsonObject]] = MappingProxyType(
    {
        **dict.fromkeys(SELECTS, read_select),
        ComponentKind.STRING_SELECT: read_string_select,
        ComponentKind.TEXT_INPUT: _read_text_input,
        ComponentKind.CHECKBOX: _read_checkbox,
        ComponentKind.RADIO_GROUP: _read_radio_group,
        ComponentKind.CHECKBOX_GROUP: _read_checkbox_group,
        ComponentKind.FILE_UPLOAD: _read_file_upload,
    }
)
