"""What Discord's own client does not let a person do."""

from bot.sandbox import access
from bot.sandbox.channels import AnyChannel, DirectChannel, Thread
from bot.sandbox.interactions.commands import Command, CommandKind, ContextKind
from bot.sandbox.messages import Message
from bot.sandbox.permissions import ALL, Permission
from bot.sandbox.users import User
from bot.sandbox.world import World


class InteractionRefusedError(Exception):
    """Somebody cannot do this; the message says why. The bot was not told."""


def offered_command(
    world: World, user: User, channel: AnyChannel, kind: CommandKind, name: str
) -> Command:
    """Return the command that a user is offered under a name.

    Raises:
        InteractionRefusedError: it is not synced, not offered there, or not for this user.
    """
    require_seeing(world, user, channel)
    guild = world.guild_of(channel)
    context = ContextKind.BOT_DM if isinstance(channel, DirectChannel) else ContextKind.GUILD
    guild_id = None if guild is None else guild.id
    synced = [
        each for each in world.interactions.commands.callable_in(guild_id) if each.kind is kind
    ]
    found = next((each for each in synced if each.name == name), None)
    if found is None:
        names = ", ".join(sorted({each.name for each in synced})) or "none"
        raise InteractionRefusedError(
            f"there is no {kind.name} command {name!r}; synced of this kind: {names}"
        )
    if not found.is_offered_in(context):
        raise InteractionRefusedError(f"{name!r} is not offered in {context.name}")
    _require_permission(world, user, channel, found)
    return found


def _require_permission(world: World, user: User, channel: AnyChannel, command: Command) -> None:
    if isinstance(channel, DirectChannel):
        return
    granted = access.permissions(world, user.id, channel)
    if not granted & Permission.USE_APPLICATION_COMMANDS:
        raise InteractionRefusedError("this person may not use commands here")
    if command.needed is None or granted == ALL:
        return
    # 0 stands for nobody but administrators.
    if command.needed == 0 or int(granted) & command.needed != command.needed:
        raise InteractionRefusedError(
            f"{command.name!r} needs permissions ({command.needed}) that this person lacks"
        )


def require_seeing(world: World, user: User, channel: AnyChannel) -> None:
    """Make sure that somebody sees a channel.

    Raises:
        InteractionRefusedError: that is not so.
    """
    if isinstance(channel, DirectChannel):
        if channel.recipient is not user:
            raise InteractionRefusedError("these are somebody else's direct messages")
    elif not access.sees(world, user.id, channel):
        raise InteractionRefusedError("this person does not see the channel")


def require_not_timed_out(world: World, user: User, channel: AnyChannel) -> None:
    """Make sure that somebody is not timed out where a button, menu or form is used.

    Members who are cannot use them (nextcord/previous, pull request 86, 2022-03).

    Raises:
        InteractionRefusedError: that is not so.
    """
    guild = world.guild_of(channel)
    now = world.clock.now()
    standing = None if guild is None else guild.standing(user.id, now)
    if guild is None or standing is None or not standing.is_timed_out:
        return
    if not guild.is_administrator(user.id, now):
        raise InteractionRefusedError("this person is timed out")


def visible_message(world: World, user: User, message: Message) -> AnyChannel:
    """Return the channel of a message after making sure that somebody sees it.

    Raises:
        InteractionRefusedError: it is gone, in a channel out of sight, or private to another.
    """
    if message.deleted:
        raise InteractionRefusedError("the message is gone")
    channel = world.channels.get(message.channel_id)
    if channel is None:
        raise InteractionRefusedError("the channel is gone")
    require_seeing(world, user, channel)
    if message.is_ephemeral:
        if world.interactions.seen_by(message) != user.id:
            raise InteractionRefusedError("the message is visible to somebody else only")
    elif channel.history.get(message.id) is not message:
        raise InteractionRefusedError("the message is gone")
    elif not access.permissions(world, user.id, channel) & Permission.READ_MESSAGE_HISTORY:
        raise InteractionRefusedError("this person may not read the history there")
    if isinstance(channel, Thread) and channel.archived and channel.locked:
        raise InteractionRefusedError("the thread is locked")
    return channel
