"""Components as they stand in a message or a form, and how to find one."""

from collections.abc import Iterable, Iterator
from enum import IntEnum

from bot.sandbox.interactions.commands import objects_of
from bot.sandbox.messages import Attachment
from bot.sandbox.seam import JsonObject


class ComponentKind(IntEnum):
    """Discord's components (its documentation, reference "Components", 2026-08)."""

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


SELECTS = frozenset(
    {
        ComponentKind.STRING_SELECT,
        ComponentKind.USER_SELECT,
        ComponentKind.ROLE_SELECT,
        ComponentKind.MENTIONABLE_SELECT,
        ComponentKind.CHANNEL_SELECT,
    }
)
"""The menus."""

INPUTS = SELECTS | {
    ComponentKind.TEXT_INPUT,
    ComponentKind.FILE_UPLOAD,
    ComponentKind.RADIO_GROUP,
    ComponentKind.CHECKBOX_GROUP,
    ComponentKind.CHECKBOX,
}
"""What a form can ask for."""

_ATTACHED = "attachment://"
"""How a component names a file that is sent with it."""

LINK_BUTTON, PREMIUM_BUTTON = 5, 6
"""Styles of buttons that tell the bot nothing when pressed (same source)."""


def kind_of(component: JsonObject) -> ComponentKind:
    """Return what a component is."""
    number = component["type"]
    assert isinstance(number, int), "BUG: components are read before they are kept"
    return ComponentKind(number)


def walk(components: list[JsonObject]) -> Iterator[JsonObject]:
    """Yield components with all that is inside them, outermost first, in order."""
    for component in components:
        yield component
        yield from walk(objects_of(component, "components"))
        for key in ("component", "accessory"):
            inner = component.get(key)
            if isinstance(inner, dict):
                yield from walk([inner])


def words_of(components: list[JsonObject]) -> str:
    """Return the texts of all text displays, a line each."""
    return "\n".join(
        str(component["content"])
        for component in walk(components)
        if component["type"] == ComponentKind.TEXT_DISPLAY
    )


def with_media(components: list[JsonObject], attachments: Iterable[Attachment]) -> list[JsonObject]:
    """Return components whose pictures and files lead to what is attached beside them."""
    by_name = {attachment.filename: attachment for attachment in attachments}

    def led(value: object) -> object:
        if isinstance(value, list):
            return [led(each) for each in value]
        if not isinstance(value, dict):
            return value
        inside = {key: led(inner) for key, inner in value.items()}
        url = value.get("url")
        name = url.removeprefix(_ATTACHED) if isinstance(url, str) else ""
        attachment = by_name.get(name)
        if "proxy_url" not in value or attachment is None or name == url:
            return inside
        return {
            **inside,
            "id": str(attachment.id),
            "url": attachment.url,
            "proxy_url": attachment.url,
            "content_type": attachment.content_type,
            "attachment_id": str(attachment.id),
        }

    return [each for each in map(led, components) if isinstance(each, dict)]
