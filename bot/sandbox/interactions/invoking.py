"""Calling a command: by typing it, asking for suggestions, or from a context menu."""

from collections.abc import Mapping

from bot.sandbox import access, errors
from bot.sandbox.channels import AnyChannel, ChannelType
from bot.sandbox.guilds import Guild
from bot.sandbox.interactions.asking import ask, open_interaction
from bot.sandbox.interactions.commands import (
    Command,
    CommandKind,
    OptionKind,
    objects_of,
)
from bot.sandbox.interactions.interaction import Interaction, InteractionKind
from bot.sandbox.interactions.options import Value, called, fill, nest, split_name
from bot.sandbox.interactions.refusals import (
    InteractionRefusedError,
    offered_command,
    visible_message,
)
from bot.sandbox.interactions.resolved import Resolved
from bot.sandbox.messages import Message
from bot.sandbox.permissions import Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import World


def type_command(
    world: World, user: User, channel: AnyChannel, name: str, given: Mapping[str, Value]
) -> Interaction:
    """Call a command as typed, such as ``"case show"``.

    Raises:
        InteractionRefusedError: Discord's client does not offer it, or not so.
    """
    own, path = split_name(name)
    command = offered_command(world, user, channel, CommandKind.CHAT_INPUT, own)
    steps = called(command, path)
    options = objects_of(steps[-1], "options") if steps else command.options
    resolved = Resolved(world, channel, user)
    filled = nest(steps, fill(options, given, resolved))
    interaction = open_interaction(
        world, InteractionKind.COMMAND, user, channel, name=" ".join([own, *path])
    )
    ask(world, interaction, _data(command, resolved, options=filled))
    return interaction


def ask_suggestions(
    world: World,
    user: User,
    channel: AnyChannel,
    name: str,
    focused: str,
    given: Mapping[str, Value],
) -> Interaction:
    """Ask what an option that is being typed may become; `given` holds its text.

    Raises:
        InteractionRefusedError: the option has no suggestions, or the command is not offered.
    """
    own, path = split_name(name)
    command = offered_command(world, user, channel, CommandKind.CHAT_INPUT, own)
    steps = called(command, path)
    options = objects_of(steps[-1], "options") if steps else command.options
    option = next((each for each in options if each["name"] == focused), None)
    if option is None or not option.get("autocomplete"):
        raise InteractionRefusedError(f"/{name} has no suggestions for {focused!r}")
    resolved = Resolved(world, channel, user)
    filled = nest(steps, fill(options, given, resolved, focused=focused))
    interaction = open_interaction(world, InteractionKind.AUTOCOMPLETE, user, channel, name=name)
    kind = option["type"]
    interaction.focused = OptionKind(kind) if isinstance(kind, int) else None
    # While somebody types, Discord sends ids without what they stand for.
    ask(world, interaction, _data(command, None, options=filled))
    return interaction


def choose_for_user(
    world: World, user: User, channel: AnyChannel, name: str, target: User
) -> Interaction:
    """Choose a command from a user's context menu.

    Raises:
        InteractionRefusedError: Discord's client does not offer it.
    """
    command = offered_command(world, user, channel, CommandKind.USER, name)
    resolved = Resolved(world, channel, user)
    target_id = resolved.add_user(target)
    interaction = open_interaction(world, InteractionKind.COMMAND, user, channel, name=name)
    interaction.metadata["target_user"] = target.payload()
    ask(world, interaction, _data(command, resolved, target_id=target_id))
    return interaction


def choose_for_message(world: World, user: User, name: str, target: Message) -> Interaction:
    """Choose a command from a message's context menu.

    Raises:
        InteractionRefusedError: Discord's client does not offer it, or the message is not in sight.
    """
    channel = visible_message(world, user, target)
    if target.is_ephemeral:
        raise InteractionRefusedError("an ephemeral message has no such menu")
    command = offered_command(world, user, channel, CommandKind.MESSAGE, name)
    resolved = Resolved(world, channel, user)
    target_id = resolved.add_message(target)
    interaction = open_interaction(world, InteractionKind.COMMAND, user, channel, name=name)
    interaction.metadata["target_message_id"] = target_id
    ask(world, interaction, _data(command, resolved, target_id=target_id))
    return interaction


def usual_channel(world: World, user: User, guild: Guild) -> AnyChannel:
    """Return the first room of a guild where somebody may write commands.

    Raises:
        ApiError: 10003 where there is none.
    """
    needed = Permission.VIEW_CHANNEL | Permission.USE_APPLICATION_COMMANDS
    for channel in guild.channels.values():
        granted = access.permissions(world, user.id, channel)
        if channel.type is not ChannelType.CATEGORY and granted & needed == needed:
            return channel
    raise errors.unknown_channel()


def _data(
    command: Command,
    resolved: Resolved | None,
    *,
    options: list[JsonObject] | None = None,
    target_id: str | None = None,
) -> JsonObject:
    data: JsonObject = {"id": str(command.id), "name": command.name, "type": int(command.kind)}
    if command.guild_id is not None:
        data["guild_id"] = str(command.guild_id)
    if options:
        data["options"] = options
    if target_id is not None:
        data["target_id"] = target_id
    payload = None if resolved is None else resolved.payload()
    if payload is not None:
        data["resolved"] = payload
    return data
