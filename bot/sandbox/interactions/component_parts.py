"""The fields of each kind of component: from the body of a request, with Discord's limits.

Source: Discord's documentation, reference "Components" (2026-08), and its contract document.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.sandbox.form import Form
from bot.sandbox.interactions.components import LINK_BUTTON, PREMIUM_BUTTON, SELECTS, ComponentKind
from bot.sandbox.seam import JsonObject

CUSTOM_ID, BUTTON_LABEL, PLACEHOLDER, OPTION, OPTIONS = 100, 80, 150, 100, 25
TEXT = 4000
URL = 512
GALLERY = 10


def required(form: Form, key: str, longest: int) -> str:
    """Read a text that must not be empty."""
    text = form.text(key, longest, 1)
    if text is None and key not in form.errors:
        form.fail(key, "BASE_TYPE_REQUIRED", "This field is required")
    return text or ""


def read_button(form: Form) -> JsonObject:
    """Read a button."""
    style = form.number("style", 1, 6)
    if style is None and "style" not in form.errors:
        form.fail("style", "BASE_TYPE_REQUIRED", "This field is required")
    button: JsonObject = {"style": style}
    label, emoji = form.text("label", BUTTON_LABEL), form.raw("emoji")
    if label:
        button["label"] = label
    if isinstance(emoji, dict):
        button["emoji"] = _read_emoji(emoji)
    if not label and not emoji and style != PREMIUM_BUTTON and "label" not in form.errors:
        form.fail("label", "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji")
    if style == LINK_BUTTON:
        button["url"] = required(form, "url", URL)
        if form.raw("custom_id"):
            form.fail(
                "custom_id",
                "BUTTON_COMPONENT_INVALID_CUSTOM_ID",
                "A custom id and url cannot both be specified",
            )
    elif style == PREMIUM_BUTTON:
        button["sku_id"] = str(form.snowflake("sku_id") or 0)
    else:
        button["custom_id"] = required(form, "custom_id", CUSTOM_ID)
        if form.raw("url"):
            form.fail(
                "url",
                "BUTTON_COMPONENT_INVALID_URL",
                "A custom id and url cannot both be specified",
            )
    if form.flag("disabled"):
        button["disabled"] = True
    return button


def read_select(form: Form) -> JsonObject:
    """Read a menu of users, roles, channels or both of the first."""
    select: JsonObject = {"custom_id": required(form, "custom_id", CUSTOM_ID)}
    placeholder = form.text("placeholder", PLACEHOLDER)
    if placeholder:
        select["placeholder"] = placeholder
    least = form.number("min_values", 0, OPTIONS)
    most = form.number("max_values", 1, OPTIONS)
    select["min_values"] = 1 if least is None else least
    select["max_values"] = 1 if most is None else most
    if (least or 0) > (most or 1) and not form.errors:
        form.fail("min_values", "BASE_TYPE_MAX", "min_values cannot be above max_values")
    if form.flag("disabled"):
        select["disabled"] = True
    for key in ("channel_types", "default_values"):
        given = form.items(key, OPTIONS)
        if given:
            select[key] = given
    return select


def read_string_select(form: Form) -> JsonObject:
    """Read a menu of texts."""
    select = read_select(form)
    options = read_choices(form, OPTIONS)
    select["options"] = options
    values = [option["value"] for option in options]
    if len(set(values)) != len(values):
        form.fail(
            "options",
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
            "The specified option value is already used",
        )
    most = select["max_values"]
    if isinstance(most, int) and options and most > len(options):
        form.fail(
            "max_values",
            "BASE_TYPE_MAX",
            f"max_values must not be above the number of options ({len(options)})",
        )
    return select


def read_choices(form: Form, most: int, least: int = 1) -> list[JsonObject]:
    """Read the options of a menu or a group of boxes."""
    sources = form.objects("options", most) or []
    errors: JsonObject = {}
    options: list[JsonObject] = []
    for index, source in enumerate(sources):
        inner = Form(source)
        option: JsonObject = {
            "label": required(inner, "label", OPTION),
            "value": required(inner, "value", OPTION),
        }
        description = inner.text("description", OPTION)
        if description:
            option["description"] = description
        emoji = inner.raw("emoji")
        if isinstance(emoji, dict):
            option["emoji"] = _read_emoji(emoji)
        if inner.flag("default"):
            option["default"] = True
        options.append(option)
        if inner.errors:
            errors[str(index)] = inner.errors
    if errors:
        form.fail_inside("options", errors)
    elif len(options) < least and "options" not in form.errors:
        form.fail(
            "options", "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."
        )
    return options


def read_text_display(form: Form) -> JsonObject:
    """Read a text."""
    return {"content": required(form, "content", TEXT)}


def read_separator(form: Form) -> JsonObject:
    """Read a line or gap."""
    divider = form.flag("divider")
    return {
        "divider": True if divider is None else divider,
        "spacing": form.number("spacing", 1, 2) or 1,
    }


def read_container(form: Form) -> JsonObject:
    """Read the frame of a container; what is inside is read elsewhere."""
    return {
        "accent_color": form.number("accent_color", 0, 0xFFFFFF),
        "spoiler": form.flag("spoiler") or False,
    }


def read_thumbnail(form: Form) -> JsonObject:
    """Read a small picture, or one of a gallery."""
    return {
        "media": _read_media(form, "media"),
        "description": form.text("description", 1024),
        "spoiler": form.flag("spoiler") or False,
    }


def read_gallery(form: Form) -> JsonObject:
    """Read several pictures."""
    errors: JsonObject = {}
    items = []
    for index, source in enumerate(form.objects("items", GALLERY) or []):
        inner = Form(source)
        items.append(read_thumbnail(inner))
        if inner.errors:
            errors[str(index)] = inner.errors
    if errors:
        form.fail_inside("items", errors)
    elif not items and "items" not in form.errors:
        form.fail("items", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {GALLERY} in length.")
    return {"items": items}


def read_file(form: Form) -> JsonObject:
    """Read a file that is shown."""
    return {
        "file": _read_media(form, "file"),
        "spoiler": form.flag("spoiler") or False,
        "name": None,
        "size": None,
    }


def _read_media(form: Form, key: str) -> JsonObject:
    inner = form.form(key)
    if inner is None:
        form.fail(key, "BASE_TYPE_REQUIRED", "This field is required")
        return {}
    url = required(inner, "url", 2048)
    form.absorb(key, inner)
    return {"id": "0", "url": url, "proxy_url": url}


def _read_emoji(emoji: JsonObject) -> JsonObject:
    read: JsonObject = {"name": str(emoji.get("name") or "")}
    if emoji.get("id"):
        read["id"] = str(emoji["id"])
        read["animated"] = bool(emoji.get("animated"))
    return read


READERS: Mapping[ComponentKind, Callable[[Form], JsonObject]] = MappingProxyType(
    {
        **dict.fromkeys(SELECTS, read_select),
        ComponentKind.STRING_SELECT: read_string_select,
        ComponentKind.BUTTON: read_button,
        ComponentKind.TEXT_DISPLAY: read_text_display,
        ComponentKind.SEPARATOR: read_separator,
        ComponentKind.CONTAINER: read_container,
        ComponentKind.THUMBNAIL: read_thumbnail,
        ComponentKind.MEDIA_GALLERY: read_gallery,
        ComponentKind.FILE: read_file,
    }
)
"""Who reads which kind of component of a message."""
