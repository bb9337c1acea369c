"""Who may see and do what in which channel of the world."""

from typing import TYPE_CHECKING

from bot.sandbox import errors
from bot.sandbox.channels import AnyChannel, DirectChannel, Thread
from bot.sandbox.permissions import (
    ALL,
    Overwrite,
    Permission,
    in_channel,
    in_thread,
)

if TYPE_CHECKING:
    from bot.sandbox.guilds import Guild
    from bot.sandbox.world import World

IN_DIRECT_MESSAGES = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.SEND_POLLS
)
"""What both sides of a direct message may do."""


def permissions(world: "World", user_id: int, channel: AnyChannel) -> Permission:
    """Return a user's permissions in a channel, a thread or direct messages."""
    if isinstance(channel, DirectChannel):
        taking_part = user_id in {world.bot.id, channel.recipient.id}
        return IN_DIRECT_MESSAGES if taking_part else Permission.NONE
    guild = world.guilds[channel.guild_id]
    standing = guild.standing(user_id, world.clock.now())
    if standing is None:
        return Permission.NONE
    if not isinstance(channel, Thread):
        return in_channel(standing, channel.overwrites.values())
    granted = in_channel(standing, _overwrites_of_parent(guild, channel))
    if granted == ALL:
        return ALL
    hidden = channel.is_private and user_id not in channel.members
    if hidden and not granted & Permission.MANAGE_THREADS:
        return Permission.NONE
    return in_thread(granted)


def sees(world: "World", user_id: int, channel: AnyChannel) -> bool:
    """Say whether a user sees a channel."""
    return bool(permissions(world, user_id, channel) & Permission.VIEW_CHANNEL)


def visible(world: "World", user_id: int, channel_id: int) -> AnyChannel:
    """Return a channel that a user sees.

    Raises:
        ApiError: 10003 where it is not there, 50001 where the user does not see it.
    """
    channel = world.channels.get(channel_id)
    if channel is None:
        raise errors.unknown_channel()
    if not sees(world, user_id, channel):
        raise errors.missing_access()
    return channel


def require(world: "World", user_id: int, channel: AnyChannel, needed: Permission) -> Permission:
    """Return a user's permissions in a channel after making sure of some of them.

    Raises:
        ApiError: 50001 where the user does not see the channel, 50013 where `needed` is missing.
    """
    granted = permissions(world, user_id, channel)
    if not granted & Permission.VIEW_CHANNEL:
        raise errors.missing_access()
    if granted & needed != needed:
        raise errors.missing_permissions()
    return granted


def require_in_guild(world: "World", user_id: int, guild: "Guild", needed: Permission) -> None:
    """Make sure of permissions that hold for a whole guild.

    Raises:
        ApiError: 50001 for who is no member, 50013 where `needed` is missing.
    """
    if user_id not in guild.members:
        raise errors.missing_access()
    if guild.permissions_of(user_id, world.clock.now()) & needed != needed:
        raise errors.missing_permissions()


def require_above(guild: "Guild", user_id: int, target_id: int) -> None:
    """Make sure that one member stands above another.

    Raises:
        ApiError: 50013 where that is not so.
    """
    if guild.rank(user_id) <= guild.rank(target_id):
        raise errors.missing_permissions()


def guild_for(world: "World", user_id: int, guild_id: int) -> "Guild":
    """Return a guild that a user is in.

    Raises:
        ApiError: 10004 where it is not there, 50001 where the user is not in it.
    """
    guild = world.guilds.get(guild_id)
    if guild is None:
        raise errors.unknown_guild()
    if user_id not in guild.members:
        raise errors.missing_access()
    return guild


def _overwrites_of_parent(guild: "Guild", thread: Thread) -> list[Overwrite]:
    parent = guild.channels.get(thread.parent_id)
    return [] if parent is None else list(parent.overwrites.values())
