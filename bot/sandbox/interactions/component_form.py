"""The components of a message: from the body of a request, with Discord's limits.

Source: Discord's documentation, reference "Components" (2026-08), and its contract document. The
words of errors are not promised by Discord.
"""

from collections.abc import Mapping

from bot.sandbox.errors import leaf
from bot.sandbox.form import Form
from bot.sandbox.interactions.component_parts import READERS
from bot.sandbox.interactions.components import SELECTS, ComponentKind, walk, words_of
from bot.sandbox.interactions.numbering import numbered
from bot.sandbox.seam import JsonObject

ROWS, BUTTONS, ALL_TOGETHER, WORDS = 5, 5, 40, 4000
"""Rows of a message of the first kind, buttons of a row, components and code points of a message
of the second kind."""

_ROW = frozenset({ComponentKind.ACTION_ROW})
_IN_ROW = SELECTS | {ComponentKind.BUTTON}
_IN_CONTAINER = _ROW | {
    ComponentKind.SECTION,
    ComponentKind.TEXT_DISPLAY,
    ComponentKind.MEDIA_GALLERY,
    ComponentKind.FILE,
    ComponentKind.SEPARATOR,
}
_INSIDE: Mapping[ComponentKind, frozenset[ComponentKind]] = {
    ComponentKind.ACTION_ROW: _IN_ROW,
    ComponentKind.CONTAINER: _IN_CONTAINER,
    ComponentKind.SECTION: frozenset({ComponentKind.TEXT_DISPLAY}),
}
_MOST_INSIDE: Mapping[ComponentKind, int] = {
    ComponentKind.ACTION_ROW: BUTTONS,
    ComponentKind.CONTAINER: ALL_TOGETHER,
    ComponentKind.SECTION: 3,
}
_TOP = _IN_CONTAINER | {ComponentKind.CONTAINER}


def read_components(form: Form, *, second_kind: bool) -> list[JsonObject]:
    """Read the components of a message, numbered; empty where there are none.

    What is wrong is recorded in the form.

    Args:
        form: of the message.
        second_kind: whether the message has the flag IS_COMPONENTS_V2.
    """
    permitted, most = (_TOP, ALL_TOGETHER) if second_kind else (_ROW, ROWS)
    components = _read_all(form, "components", permitted, most)
    if "components" in form.errors:
        return []
    every = list(walk(components))
    ids = [each["custom_id"] for each in every if each.get("custom_id")]
    if len(set(ids)) != len(ids):
        form.fail(
            "components",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        )
    if len(every) > ALL_TOGETHER:
        form.fail(
            "components",
            "BASE_TYPE_MAX_LENGTH",
            f"Must be {ALL_TOGETHER} or fewer components in all.",
        )
    if len(words_of(components)) > WORDS:
        form.fail(
            "components",
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"The total size of all displayable text must be {WORDS} or less",
        )
    return numbered(components)


def _read_all(
    form: Form, key: str, permitted: frozenset[ComponentKind], most: int
) -> list[JsonObject]:
    errors: JsonObject = {}
    components = []
    for index, source in enumerate(form.objects(key, most) or []):
        inner = Form(source)
        component = read_component(inner, permitted)
        if inner.errors:
            errors[str(index)] = inner.errors
        else:
            components.append(component)
    if errors:
        form.fail_inside(key, errors)
    return components


def read_component(form: Form, permitted: frozenset[ComponentKind]) -> JsonObject:
    """Read one component with all inside it; what is wrong is recorded in its form."""
    number = form.number("type", 1, 1 << 31)
    kind = next((each for each in permitted if each == number), None)
    if kind is None:
        if "type" not in form.errors:
            listed = ", ".join(str(int(each)) for each in sorted(permitted))
            form.fail("type", "BASE_TYPE_CHOICES", f"Value must be one of ({listed}).")
        return {"type": number}
    component: JsonObject = {"type": int(kind)}
    given_id = form.number("id", 0, (1 << 31) - 1)
    if given_id:
        component["id"] = given_id
    reader = READERS.get(kind)
    if reader is not None:
        component |= reader(form)
    if kind in _INSIDE:
        component["components"] = _read_inside(form, kind)
    if kind is ComponentKind.SECTION:
        component["accessory"] = _read_accessory(form)
    return component


def _read_inside(form: Form, kind: ComponentKind) -> list[JsonObject]:
    inside = _read_all(form, "components", _INSIDE[kind], _MOST_INSIDE[kind])
    if not inside and "components" not in form.errors:
        form.fail(
            "components",
            "BASE_TYPE_BAD_LENGTH",
            f"Must be between 1 and {_MOST_INSIDE[kind]} in length.",
        )
    menus = sum(1 for each in inside if each["type"] in SELECTS)
    if kind is ComponentKind.ACTION_ROW and menus and len(inside) > 1:
        form.fail(
            "components",
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        )
    return inside


def _read_accessory(form: Form) -> JsonObject:
    inner = form.form("accessory")
    if inner is None:
        form.fail("accessory", "BASE_TYPE_REQUIRED", "This field is required")
        return {}
    accessory = read_component(inner, frozenset({ComponentKind.BUTTON, ComponentKind.THUMBNAIL}))
    form.absorb("accessory", inner)
    return accessory


def refuse_first_kind(form: Form) -> None:
    """Record what a message of the second kind must not have beside its components."""
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if form.raw(key):
            form.fail_inside(
                key,
                leaf(
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
                ),
            )
