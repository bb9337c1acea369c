"""Channels, roles and guilds themselves: making, changing and deleting them."""

from collections.abc import Iterable

from bot.sandbox import access
from bot.sandbox.audit import AuditAction, change, record
from bot.sandbox.channels import Channel, ChannelType
from bot.sandbox.guilds import Guild, Role
from bot.sandbox.membership import require_role_below
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


def set_overwrite(
    world: World, actor: User, channel: Channel, overwrite: Overwrite, reason: str | None = None
) -> None:
    """Give a channel an overwrite, in place of that for the same role or member.

    Raises:
        ApiError: 50001, 50013.
    """
    access.require(world, actor.id, channel, Permission.MANAGE_ROLES)
    guild = world.guilds[channel.guild_id]
    old = channel.overwrites.get(overwrite.target_id)
    channel.overwrites[overwrite.target_id] = overwrite
    world.tell("CHANNEL_UPDATE", channel.payload(), guild=guild)
    record(
        world,
        guild,
        AuditAction.OVERWRITE_CREATE if old is None else AuditAction.OVERWRITE_UPDATE,
        actor.id,
        channel.id,
        reason=reason,
        options={"id": str(overwrite.target_id), "type": str(int(overwrite.kind))},
        changes=[
            change(
                "allow", None if old is None else str(int(old.allow)), str(int(overwrite.allow))
            ),
            change("deny", None if old is None else str(int(old.deny)), str(int(overwrite.deny))),
        ],
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


def create_role(
    world: World,
    actor: User,
    guild: Guild,
    name: str,
    permissions: Permission = Permission.NONE,
    *,
    position: int = 1,
    mentionable: bool = False,
    bot_id: int | None = None,
) -> Role:
    """Make a role.

    Raises:
        ApiError: 50013.
    """
    access.require_in_guild(world, actor.id, guild, Permission.MANAGE_ROLES)
    role = Role(
        world.snowflakes.next(),
        name,
        permissions,
        position,
        mentionable=mentionable,
        bot_id=bot_id,
    )
    guild.roles[role.id] = role
    _tell_role(world, guild, "GUILD_ROLE_CREATE", role)
    record(
        world,
        guild,
        AuditAction.ROLE_CREATE,
        actor.id,
        role.id,
        changes=[change("name", None, name)],
    )
    return role


def change_role(
    world: World,
    actor: User,
    guild: Guild,
    role: Role,
    *,
    name: str | None = None,
    permissions: Permission | None = None,
    position: int | None = None,
) -> None:
    """Change a role; None leaves a thing as it is.

    Raises:
        ApiError: 50013.
    """
    access.require_in_guild(world, actor.id, guild, Permission.MANAGE_ROLES)
    changes = []
    wanted: JsonObject = {"name": name, "permissions": permissions, "position": position}
    for key, value in wanted.items():
        old = getattr(role, key)
        if value is not None and value != old:
            as_text = key == "permissions"
            changes.append(
                change(key, str(old) if as_text else old, str(value) if as_text else value)
            )
            setattr(role, key, value)
    if not changes:
        return
    _tell_role(world, guild, "GUILD_ROLE_UPDATE", role)
    record(world, guild, AuditAction.ROLE_UPDATE, actor.id, role.id, changes=changes)


def delete_role(world: World, actor: User, guild: Guild, role: Role) -> None:
    """Delete a role; whoever had it has it no more.

    Raises:
        ApiError: 50013.
    """
    access.require_in_guild(world, actor.id, guild, Permission.MANAGE_ROLES)
    require_role_below(guild, actor, role)
    for member in guild.members.values():
        if role.id in member.role_ids:
            member.role_ids = [each for each in member.role_ids if each != role.id]
    for channel in guild.channels.values():
        channel.overwrites.pop(role.id, None)
    del guild.roles[role.id]
    world.tell(
        "GUILD_ROLE_DELETE",
        {"guild_id": str(guild.id), "role_id": str(role.id)},
        guild=guild,
    )
    record(
        world,
        guild,
        AuditAction.ROLE_DELETE,
        actor.id,
        role.id,
        changes=[change("name", role.name, None)],
    )


def _tell_role(world: World, guild: Guild, event: str, role: Role) -> None:
    world.tell(event, {"guild_id": str(guild.id), "role": role.payload()}, guild=guild)
