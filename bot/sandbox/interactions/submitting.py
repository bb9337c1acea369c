"""Filling in and sending a form that the bot has opened."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from bot.sandbox.drafts import File
from bot.sandbox.interactions.asking import ask, open_interaction
from bot.sandbox.interactions.commands import objects_of
from bot.sandbox.interactions.component_parts import TEXT
from bot.sandbox.interactions.components import INPUTS, SELECTS, ComponentKind, kind_of, walk
from bot.sandbox.interactions.interaction import Interaction, InteractionKind, Modal
from bot.sandbox.interactions.pressing import chosen_values, offered_value, require_count
from bot.sandbox.interactions.refusals import InteractionRefusedError, require_not_timed_out
from bot.sandbox.interactions.resolved import Given, Resolved
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import World

Filled: TypeAlias = "str | bool | Sequence[str] | Sequence[Given]"
"""What is put into a field of a form: a text, a tick, or what is chosen."""


def submit(world: World, user: User, modal: Modal, filled: Mapping[str, Filled]) -> Interaction:
    """Send a form; each field is named by its label or its custom id.

    What is not named keeps what the form came with.

    Raises:
        InteractionRefusedError: it is another's form or was sent before, a field is not there, or
            Discord's client does not take what stands in it.
    """
    opener = modal.opened_by
    if opener.user is not user:
        raise InteractionRefusedError("the form was opened for somebody else")
    if modal.sent:
        raise InteractionRefusedError("the form was sent already")
    require_not_timed_out(world, user, opener.channel)
    fields = _fields(modal)
    unknown = [name for name in filled if not any(name in names for names in fields.values())]
    if unknown:
        there = ", ".join(names[0] for names in fields.values())
        raise InteractionRefusedError(f"the form has no {unknown}; it has: {there}")
    resolved = Resolved(world, opener.channel, user)
    sent = [_send(component, fields, filled, resolved) for component in modal.components]
    interaction = open_interaction(
        world, InteractionKind.MODAL_SUBMIT, user, opener.channel, name=opener.name
    )
    interaction.form = modal
    interaction.source = opener.source
    interaction.metadata["triggering_interaction_metadata"] = opener.metadata
    data: JsonObject = {"custom_id": modal.custom_id, "components": sent}
    payload = resolved.payload()
    if payload is not None:
        data["resolved"] = payload
    ask(world, interaction, data)
    return interaction


def _fields(modal: Modal) -> dict[str, list[str]]:
    """Return, by custom id, the names of each field, the one people see first."""
    fields: dict[str, list[str]] = {}
    for component in walk(modal.components):
        inner = component.get("component")
        if isinstance(inner, dict):
            fields[str(inner["custom_id"])] = [str(component["label"])]
        elif kind_of(component) in INPUTS:
            names = fields.setdefault(str(component["custom_id"]), [])
            names.extend([str(component["label"])] if component.get("label") else [])
    return {custom_id: [*names, custom_id] for custom_id, names in fields.items()}


def _send(
    component: JsonObject,
    fields: Mapping[str, list[str]],
    filled: Mapping[str, Filled],
    resolved: Resolved,
) -> JsonObject:
    sent: JsonObject = {"type": component["type"], "id": component["id"]}
    inner = component.get("component")
    if isinstance(inner, dict):
        sent["component"] = _send(inner, fields, filled, resolved)
    elif component.get("components"):
        sent["components"] = [
            _send(each, fields, filled, resolved) for each in objects_of(component, "components")
        ]
    elif kind_of(component) in INPUTS:
        custom_id = str(component["custom_id"])
        given = next((filled[name] for name in fields[custom_id] if name in filled), None)
        sent["custom_id"] = custom_id
        try:
            sent |= _value(component, given, resolved)
        except InteractionRefusedError as refused:
            raise InteractionRefusedError(f"{fields[custom_id][0]!r}: {refused}") from None
    return sent


def _value(component: JsonObject, given: "Filled | None", resolved: Resolved) -> JsonObject:
    kind = kind_of(component)
    if kind is ComponentKind.TEXT_INPUT:
        return {"value": _text(component, given)}
    if kind is ComponentKind.CHECKBOX:
        ticked = component["default"] if given is None else given
        if not isinstance(ticked, bool):
            raise InteractionRefusedError(f"takes a tick, not {given!r}")
        return {"value": ticked}
    chosen = _defaults(component) if given is None else given
    if isinstance(chosen, bool):
        raise InteractionRefusedError(f"takes a choice, not {given!r}")
    if isinstance(chosen, str):
        chosen = [chosen]
    if not chosen:
        if component["required"]:
            raise InteractionRefusedError("is required")
        return {"value": None} if kind is ComponentKind.RADIO_GROUP else {"values": []}
    if kind in SELECTS:
        return {"values": chosen_values(component, chosen, resolved)}
    require_count(component, len(chosen))
    if kind is ComponentKind.FILE_UPLOAD:
        return {"values": [_upload(each, resolved) for each in chosen]}
    values = [offered_value(component, each) for each in chosen]
    return {"value": values[0]} if kind is ComponentKind.RADIO_GROUP else {"values": values}


def _text(component: JsonObject, given: "Filled | None") -> str:
    text = component.get("value", "") if given is None else given
    if not isinstance(text, str):
        raise InteractionRefusedError(f"takes a text, not {given!r}")
    if not text:
        if component["required"]:
            raise InteractionRefusedError("is required")
        return ""
    least, most = component.get("min_length") or 0, component.get("max_length") or TEXT
    assert isinstance(least, int), "BUG: forms are read before they are shown"
    assert isinstance(most, int), "BUG: forms are read before they are shown"
    if not least <= len(text) <= most:
        raise InteractionRefusedError(f"takes {least} to {most} characters, not {len(text)}")
    return text


def _defaults(component: JsonObject) -> list[str]:
    return [
        str(option["value"]) for option in objects_of(component, "options") if option.get("default")
    ]


def _upload(given: object, resolved: Resolved) -> str:
    if not isinstance(given, File):
        raise InteractionRefusedError(f"takes files, not {given!r}")
    return resolved.add(given)
