"""The messages by which the bot answers an interaction, and what it does with them later.

Source: Discord's documentation, topic "Receiving and Responding" (2026-08).
"""

from collections.abc import Mapping

from bot.sandbox import errors, posting, removal
from bot.sandbox.drafts import Draft
from bot.sandbox.form import Form
from bot.sandbox.interactions.interaction import CallbackKind, Interaction, InteractionKind
from bot.sandbox.message_form import change, read_draft
from bot.sandbox.messages import Message, MessageFlag, MessageType
from bot.sandbox.permissions import Permission
from bot.sandbox.seam import ApiError, JsonObject, Upload
from bot.sandbox.world import World

_AS_APPLICATION = Permission.VIEW_CHANNEL | Permission.MENTION_EVERYONE
"""What limits an answer: not the bot's permissions in the channel (same source)."""


def by_token(world: World, application_id: int, token: str) -> Interaction:
    """Return the interaction of a token that can still be used.

    Raises:
        ApiError: 10015 for a token that is not there, or before the first answer; 50027 for one
            that has run out.
    """
    interaction = world.interactions.by_token(token)
    if interaction is None or application_id != world.app.id:
        raise unknown_webhook()
    if interaction.is_expired(world.clock.now()):
        raise ApiError(401, 50027, "Invalid Webhook Token")
    if interaction.answer is None:
        raise unknown_webhook()
    return interaction


def unknown_webhook() -> ApiError:
    """Return the error for a webhook that is not there."""
    return ApiError(404, 10015, "Unknown Webhook")


def answer_with_message(
    world: World,
    interaction: Interaction,
    body: object,
    uploads: Mapping[int, Upload],
    *,
    loading: bool,
) -> None:
    """Answer with a message, or with one that stands for what is still to come.

    Raises:
        ApiError: as for any message.
    """
    draft = Draft() if loading else read_draft(world, interaction.channel, body, uploads)
    draft.flags |= _privacy(body)
    if loading:
        draft.flags |= MessageFlag.LOADING
    elif draft.is_empty:
        raise errors.empty_message()
    source = interaction.source
    if interaction.kind is InteractionKind.COMMAND:
        by_menu = {"target_user", "target_message_id"} & interaction.metadata.keys()
        draft.kind = MessageType.CONTEXT_MENU_COMMAND if by_menu else MessageType.CHAT_INPUT_COMMAND
    elif source is not None and not source.is_ephemeral:
        draft.reply_to = source
    interaction.original = _post(world, interaction, draft)


def follow_up(
    world: World, interaction: Interaction, body: object, uploads: Mapping[int, Upload]
) -> Message:
    """Post a further message; the first one behind a deferred answer takes its place.

    Raises:
        ApiError: as for any message.
    """
    original = interaction.original
    if (
        interaction.answer is CallbackKind.DEFERRED_MESSAGE
        and original is not None
        and original.is_loading
        and not original.deleted
    ):
        return change_original(world, interaction, body, uploads)
    draft = read_draft(world, interaction.channel, body, uploads)
    draft.flags |= _privacy(body)
    if draft.is_empty:
        raise errors.empty_message()
    if original is not None:
        interaction.metadata["original_response_message_id"] = str(original.id)
    message = _post(world, interaction, draft)
    interaction.replies.append(message)
    interaction.finished = True
    return message


def change_original(
    world: World, interaction: Interaction, body: object, uploads: Mapping[int, Upload]
) -> Message:
    """Change the first answer; of an update, the message that it updates.

    Raises:
        ApiError: 10008 where there is none, and as for any edit.
    """
    return change_message(world, interaction, original_of(interaction), body, uploads)


def change_message(
    world: World,
    interaction: Interaction,
    message: Message,
    body: object,
    uploads: Mapping[int, Upload],
) -> Message:
    """Change a message of an interaction.

    Raises:
        ApiError: as for any edit.
    """
    was_loading = message.is_loading
    change(world, message, body, uploads)
    if was_loading:
        # What takes the place of the waiting message is no edit to those who see it.
        message.edited_at = None
        message.versions.clear()
    interaction.finished = True
    interaction.note(message)
    return message


def original_of(interaction: Interaction) -> Message:
    """Return the first answer.

    Raises:
        ApiError: 10008 where there is none (a form, suggestions) or it is gone.
    """
    original = interaction.original
    if original is None or original.deleted:
        raise errors.unknown_message()
    return original


def message_of(interaction: Interaction, message_id: int) -> Message:
    """Return a message of an interaction by its id.

    Raises:
        ApiError: 10008 where it is not there.
    """
    message = interaction.message(message_id)
    if message is None:
        raise errors.unknown_message()
    return message


def remove(world: World, interaction: Interaction, message: Message) -> None:
    """Take a message of an interaction away."""
    if message.is_ephemeral:
        message.deleted = True
        world.interactions.private.pop(message.id, None)
    else:
        removal.take_out(world, world.channels[message.channel_id], message)
    interaction.finished = True
    interaction.note(message)


def _post(world: World, interaction: Interaction, draft: Draft) -> Message:
    draft.webhook_id = world.app.id
    draft.interaction = _metadata(interaction)
    channel = interaction.channel
    if world.channels.get(channel.id) is not channel:
        raise errors.unknown_channel()
    message = posting.publish(world, world.bot, channel, draft, _AS_APPLICATION)
    if message.is_ephemeral:
        world.interactions.private[message.id] = (message, interaction.user.id)
    interaction.note(message)
    return message


def _metadata(interaction: Interaction) -> JsonObject:
    return dict(interaction.metadata)


def _privacy(body: object) -> int:
    flags = Form(body if isinstance(body, dict) else {}).number("flags", 0, (1 << 31) - 1) or 0
    return flags & MessageFlag.EPHEMERAL
