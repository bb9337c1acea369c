"""The bot's first answer to an interaction.

Source: Discord's documentation, topic "Receiving and Responding", section "Interaction Callback
Type" (2026-08).
"""

import time
from collections.abc import Mapping

from bot.sandbox.errors import invalid_form, leaf, unknown_message
from bot.sandbox.form import Form
from bot.sandbox.interactions import replies
from bot.sandbox.interactions.commands import OptionKind
from bot.sandbox.interactions.interaction import (
    CallbackKind,
    Choice,
    Interaction,
    InteractionKind,
)
from bot.sandbox.interactions.modal_form import read_modal
from bot.sandbox.interactions.option_form import CHOICE, CHOICES
from bot.sandbox.seam import ApiError, JsonObject, Upload
from bot.sandbox.world import World

_NEW = frozenset({CallbackKind.MESSAGE, CallbackKind.DEFERRED_MESSAGE})
_ON_SOURCE = frozenset({CallbackKind.DEFERRED_UPDATE, CallbackKind.UPDATE})
_FIT: Mapping[InteractionKind, frozenset[CallbackKind]] = {
    InteractionKind.COMMAND: _NEW | {CallbackKind.MODAL},
    InteractionKind.COMPONENT: _NEW | _ON_SOURCE | {CallbackKind.MODAL},
    InteractionKind.AUTOCOMPLETE: frozenset({CallbackKind.CHOICES}),
    InteractionKind.MODAL_SUBMIT: _NEW | _ON_SOURCE,
}


def open_one(world: World, interaction_id: int, token: str) -> Interaction:
    """Return an interaction that can be answered now.

    Raises:
        ApiError: 10062 for one that is not there, not this token's or too old, 40060 for one that
            was answered before.
    """
    interaction = world.interactions.get(interaction_id)
    if interaction is None or interaction.token != token:
        raise _unknown()
    if interaction.answer is not None:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    if time.monotonic() >= interaction.due_at:
        raise _unknown()
    return interaction


def answer(
    world: World, interaction: Interaction, body: object, uploads: Mapping[int, Upload]
) -> None:
    """Answer an interaction as the body of a callback says.

    Raises:
        ApiError: 50035 and what posting or editing raises; then it is not answered.
    """
    form = Form(body)
    kind = _read_kind(form, interaction)
    form.check()
    data = form.form("data")
    match kind:
        case CallbackKind.MESSAGE | CallbackKind.DEFERRED_MESSAGE:
            replies.answer_with_message(
                world,
                interaction,
                form.raw("data"),
                uploads,
                loading=kind is CallbackKind.DEFERRED_MESSAGE,
            )
        case CallbackKind.UPDATE:
            source = interaction.source
            if source is None or source.deleted:
                raise unknown_message()
            replies.change_message(world, interaction, source, form.raw("data"), uploads)
            interaction.original = source
        case CallbackKind.DEFERRED_UPDATE:
            interaction.original = interaction.source
        case CallbackKind.CHOICES:
            inner = data or Form({})
            interaction.choices = _read_choices(inner, interaction)
            _check(inner)
        case _:
            inner = data or Form({})
            modal = read_modal(inner, interaction)
            _check(inner)
            interaction.modal = modal
    interaction.answer = kind
    interaction.answered_at = time.monotonic()
    interaction.finished = kind not in {
        CallbackKind.DEFERRED_MESSAGE,
        CallbackKind.DEFERRED_UPDATE,
    }
    if interaction.form is not None:
        interaction.form.sent = True


def callback_payload(interaction: Interaction, shown: JsonObject | None) -> JsonObject:
    """Return what a callback is answered with, where the bot asks for it.

    Args:
        interaction: the answered one.
        shown: the message that was posted or updated.
    """
    told: JsonObject = {"id": str(interaction.id), "type": int(interaction.kind)}
    payload: JsonObject = {"interaction": told}
    original = interaction.original
    if original is None:
        return payload
    told["response_message_id"] = str(original.id)
    told["response_message_loading"] = original.is_loading
    told["response_message_ephemeral"] = original.is_ephemeral
    told["channel_id"] = str(original.channel_id)
    if interaction.guild_id is not None:
        told["guild_id"] = str(interaction.guild_id)
    if shown is not None and interaction.answer in {CallbackKind.MESSAGE, CallbackKind.UPDATE}:
        payload["resource"] = {"type": int(interaction.answer), "message": shown}
    return payload


def _unknown() -> ApiError:
    return ApiError(404, 10062, "Unknown interaction")


def _check(form: Form) -> None:
    if form.errors:
        raise invalid_form({"data": form.errors})


def _read_kind(form: Form, interaction: Interaction) -> CallbackKind:
    number = form.number("type", 1, 12)
    if number is None:
        if "type" not in form.errors:
            form.fail("type", "BASE_TYPE_REQUIRED", "This field is required")
        return CallbackKind.PONG
    fitting = _FIT[interaction.kind]
    if interaction.source is None:
        fitting -= _ON_SOURCE
    kind = next((each for each in fitting if each == number), None)
    if kind is None:
        form.fail_inside(
            "type",
            leaf(
                "INTERACTION_TYPE_INVALID",
                f"An interaction of type {int(interaction.kind)} cannot be answered by {number}",
            ),
        )
        return CallbackKind.PONG
    return kind


def _read_choices(form: Form, interaction: Interaction) -> list[Choice]:
    errors: JsonObject = {}
    choices = []
    for index, source in enumerate(form.objects("choices", CHOICES) or []):
        inner = Form(source)
        name = inner.text("name", CHOICE, 1)
        value = _read_value(inner, interaction.focused)
        if name is None and "name" not in inner.errors:
            inner.fail("name", "BASE_TYPE_REQUIRED", "This field is required")
        if inner.errors:
            errors[str(index)] = inner.errors
        elif name is not None and value is not None:
            choices.append(Choice(name, value))
    if errors:
        form.fail_inside("choices", errors)
    return choices


def _read_value(form: Form, kind: OptionKind | None) -> str | int | float | None:
    value = form.raw("value")
    if kind is OptionKind.STRING and isinstance(value, str):
        return form.text("value", CHOICE, 1)
    if kind is OptionKind.INTEGER and isinstance(value, int) and not isinstance(value, bool):
        return value
    if kind is OptionKind.NUMBER and isinstance(value, int | float):
        return value
    form.fail(
        "value", "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID", "The value does not fit the option"
    )
    return None
