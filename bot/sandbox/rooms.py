"""Channels: making, changing and deleting them."""

from collections.abc import Iterable

from bot.sandbox import access
from bot.sandbox.audit import AuditAction, change, record
from bot.sandbox.channels import Channel, ChannelType
from bot.sandbox.guilds import Guild
from bot.sandbox.permissions import Overwrite, Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import World


def create_channel(
    world: World,
    actor: User,
    guild: Guild,
    name: str,
    *,
    kind: ChannelType = ChannelType.TEXT,
    category: Channel | None = None,
    overwrites: Iterable[Overwrite] | None = None,
    topic: str | None = None,
) -> Channel:
    """Make a channel; without overwrites of its own it copies its category's.

    Raises:
        ApiError: 50013.
    """
    access.require_in_guild(world, actor.id, guild, Permission.MANAGE_CHANNELS)
    if overwrites is None:
        overwrites = () if category is None else category.overwrites.values()
    channel = Channel(
        id=world.snowflakes.next(),
        guild_id=guild.id,
        name=name,
        type=kind,
        parent_id=None if category is None else category.id,
        position=len(guild.channels),
        topic=topic,
        overwrites={overwrite.target_id: overwrite for overwrite in overwrites},
    )
    guild.channels[channel.id] = channel
    world.channels[channel.id] = channel
    world.tell("CHANNEL_CREATE", channel.payload(), guild=guild)
    record(
        world,
        guild,
        AuditAction.CHANNEL_CREATE,
        actor.id,
        channel.id,
        changes=[change("name", None, name), change("type", None, int(kind))],
    )
    return channel


def change_channel(
    world: World,
    actor: User,
    channel: Channel,
    *,
    name: str | None = None,
    topic: str | None = None,
    slowmode_seconds: int | None = None,
    reason: str | None = None,
) -> None:
    """Change a channel; None leaves a thing as it is.

    Raises:
        ApiError: 50001, 50013.
    """
    access.require(world, actor.id, channel, Permission.MANAGE_CHANNELS)
    guild = world.guilds[channel.guild_id]
    changes = []
    wanted: JsonObject = {"name": name, "topic": topic, "slowmode_seconds": slowmode_seconds}
    for key, value in wanted.items():
        old = getattr(channel, key)
        if value is not None and value != old:
            audit_key = "rate_limit_per_user" if key == "slowmode_seconds" else key
            changes.append(change(audit_key, old, value))
            setattr(channel, key, value)
    if not changes:
        return
    world.tell("CHANNEL_UPDATE", channel.payload(), guild=guild)
    record(
        world,
        guild,
        AuditAction.CHANNEL_UPDATE,
        actor.id,
        channel.id,
        reason=reason,
        changes=changes,
    )


def delete_channel(world: World, actor: User, channel: Channel, reason: str | None = None) -> None:
    """Delete a channel with its threads; a category leaves its channels behind.

    Raises:
        ApiError: 50001, 50013.
    """
    access.require(world, actor.id, channel, Permission.MANAGE_CHANNELS)
    guild = world.guilds[channel.guild_id]
    for thread in [t for t in guild.threads.values() if t.parent_id == channel.id]:
        del guild.threads[thread.id]
        del world.channels[thread.id]
    for other in guild.channels.values():
        if other.parent_id == channel.id:
            other.parent_id = None
    for message in channel.history:
        message.deleted = True
    del guild.channels[channel.id]
    del world.channels[channel.id]
    world.tell("CHANNEL_DELETE", channel.payload(), guild=guild)
    record(
        world,
        guild,
        AuditAction.CHANNEL_DELETE,
        actor.id,
        channel.id,
        reason=reason,
        changes=[change("name", channel.name, None)],
    )
