"""Using what stands in a message: pressing a button, choosing from a menu."""

from collections.abc import Sequence
from typing import TypeAlias

from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.drafts import File
from bot.sandbox.guilds import Role
from bot.sandbox.interactions.asking import ask, open_interaction
from bot.sandbox.interactions.commands import objects_of
from bot.sandbox.interactions.components import (
    LINK_BUTTON,
    PREMIUM_BUTTON,
    SELECTS,
    ComponentKind,
    kind_of,
    walk,
)
from bot.sandbox.interactions.interaction import Interaction, InteractionKind
from bot.sandbox.interactions.refusals import (
    InteractionRefusedError,
    require_not_timed_out,
    visible_message,
)
from bot.sandbox.interactions.resolved import Given, Resolved
from bot.sandbox.messages import Message
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import World

Chosen: TypeAlias = "Sequence[str] | Sequence[Given]"
"""What is chosen from a menu: labels or values, or whom and what it offers."""


def press(
    world: World,
    user: User,
    message: Message,
    *,
    label: str | None = None,
    custom_id: str | None = None,
) -> Interaction:
    """Press a button of a message, found by its label or its custom id.

    Raises:
        InteractionRefusedError: there is no such button, or it cannot be pressed.
    """
    channel = visible_message(world, user, message)
    require_not_timed_out(world, user, channel)
    buttons = [each for each in walk(message.components) if kind_of(each) is ComponentKind.BUTTON]
    button = _the_one(buttons, "button", label=label, custom_id=custom_id)
    if button["style"] in {LINK_BUTTON, PREMIUM_BUTTON}:
        raise InteractionRefusedError("this button leads elsewhere; the bot is told nothing")
    interaction = _open(world, user, message)
    ask(world, interaction, _data(button))
    return interaction


def choose(
    world: World, user: User, message: Message, chosen: Chosen, *, custom_id: str | None = None
) -> Interaction:
    """Choose from a menu of a message, found by its custom id where there are several.

    Raises:
        InteractionRefusedError: there is no such menu, or it does not offer this.
    """
    channel = visible_message(world, user, message)
    require_not_timed_out(world, user, channel)
    menus = [each for each in walk(message.components) if kind_of(each) in SELECTS]
    menu = _the_one(menus, "menu", custom_id=custom_id)
    resolved = Resolved(world, channel, user)
    values = chosen_values(menu, chosen, resolved)
    interaction = _open(world, user, message)
    data = {**_data(menu), "values": values}
    payload = resolved.payload()
    if payload is not None:
        data["resolved"] = payload
    ask(world, interaction, data)
    return interaction


def chosen_values(menu: JsonObject, chosen: Chosen, resolved: Resolved) -> list[str]:
    """Return the values of what is chosen from a menu of a message or a form.

    Raises:
        InteractionRefusedError: the menu does not offer this, or not so many.
    """
    require_count(menu, len(chosen))
    kind = kind_of(menu)
    if kind is ComponentKind.STRING_SELECT:
        return [offered_value(menu, each) for each in chosen]
    values = []
    for each in chosen:
        if isinstance(each, str) or not _offers(kind, each):
            raise InteractionRefusedError(f"a menu of this kind ({kind.name}) offers no {each!r}")
        types = menu.get("channel_types")
        if (
            isinstance(each, ChannelHandle)
            and isinstance(types, list)
            and int(each.state.type) not in types
        ):
            raise InteractionRefusedError(f"the menu offers channels of {types} only")
        values.append(resolved.add(each))
    return values


def offered_value(component: JsonObject, chosen: object) -> str:
    """Return the value of an option by its value or its label.

    Raises:
        InteractionRefusedError: it is not offered.
    """
    options = objects_of(component, "options")
    for option in options:
        if chosen in (option["value"], option["label"]):
            return str(option["value"])
    offered = ", ".join(str(option["label"]) for option in options)
    raise InteractionRefusedError(f"{chosen!r} is not offered: {offered}")


def require_count(component: JsonObject, count: int) -> None:
    """Make sure that as many are chosen as a component takes.

    Raises:
        InteractionRefusedError: that is not so.
    """
    least, most = component.get("min_values", 1), component.get("max_values", 1)
    assert isinstance(least, int), "BUG: components are read before they are kept"
    assert isinstance(most, int), "BUG: components are read before they are kept"
    if not least <= count <= most:
        raise InteractionRefusedError(f"takes {least} to {most}, not {count}")


def _offers(kind: ComponentKind, given: Given) -> bool:
    role, channel = isinstance(given, Role), isinstance(given, ChannelHandle)
    if isinstance(given, File):
        return False
    match kind:
        case ComponentKind.ROLE_SELECT:
            return role
        case ComponentKind.CHANNEL_SELECT:
            return channel
        case ComponentKind.USER_SELECT:
            return not (role or channel)
        case _:
            return not channel


def _the_one(
    components: list[JsonObject],
    what: str,
    *,
    label: str | None = None,
    custom_id: str | None = None,
) -> JsonObject:
    found = [
        each
        for each in components
        if (label is None or each.get("label") == label)
        and (custom_id is None or each.get("custom_id") == custom_id)
    ]
    if len(found) != 1:
        there = ", ".join(str(each.get("label") or each.get("custom_id")) for each in components)
        raise InteractionRefusedError(
            f"{len(found)} {what}s fit label={label!r}, custom_id={custom_id!r};"
            f" the message has: {there or 'none'}"
        )
    if found[0].get("disabled"):
        raise InteractionRefusedError(f"the {what} is disabled")
    return found[0]


def _open(world: World, user: User, message: Message) -> Interaction:
    channel = world.channels[message.channel_id]
    interaction = open_interaction(world, InteractionKind.COMPONENT, user, channel)
    interaction.source = message
    interaction.metadata["interacted_message_id"] = str(message.id)
    return interaction


def _data(component: JsonObject) -> JsonObject:
    return {
        "component_type": component["type"],
        "custom_id": component["custom_id"],
        "id": component["id"],
    }
