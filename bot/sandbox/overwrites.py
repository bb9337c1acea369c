"""A channel's exceptions for roles and members: setting and deleting them, and who may.

A category's channels that have exactly its overwrites are in step with it. When the category's
change, theirs follow, each with a CHANNEL_UPDATE of its own: Discord's documentation, resource
"Channel", Modify Channel (2026-08) says that events "fire for each child channel that also
changes", its help centre ("Channel Categories 101") that synced channels update by themselves, and
discord.js issue 6004 shows the events. That single overwrites do the same as the whole list is
taken from there too. The audit log names the category only; that is chosen, not measured.
"""

from collections.abc import Mapping

from bot.sandbox import access, errors
from bot.sandbox.audit import AuditAction, change, record
from bot.sandbox.channels import Channel, ChannelType
from bot.sandbox.guilds import Guild
from bot.sandbox.permissions import ALL, Overwrite, OverwriteKind, Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import World


def set_overwrite(
    world: World, actor: User, channel: Channel, overwrite: Overwrite, reason: str | None = None
) -> None:
    """Give a channel an overwrite, in place of that for the same role or member.

    Nothing is told where nothing changes.

    Raises:
        ApiError: 50001; 50013 without MANAGE_ROLES there or for bits that the actor may not give;
            10009 for a role that is not there, and for the first overwrite of who is no member.
    """
    access.require(world, actor.id, channel, Permission.MANAGE_ROLES)
    guild = world.guilds[channel.guild_id]
    old = channel.overwrites.get(overwrite.target_id)
    _require_target(guild, overwrite, old)
    require_grantable(world, actor, guild, channel, overwrite.allow | overwrite.deny)
    if overwrite == old:
        return
    replace(world, guild, channel, {**channel.overwrites, overwrite.target_id: overwrite})
    action = AuditAction.OVERWRITE_CREATE if old is None else AuditAction.OVERWRITE_UPDATE
    _record(world, actor, guild, channel, action, old, overwrite, reason)


def delete_overwrite(
    world: World, actor: User, channel: Channel, target_id: int, reason: str | None = None
) -> None:
    """Take away a channel's overwrite for a role or member, who may have left.

    Raises:
        ApiError: 50001, 50013; 10009 where there is none.
    """
    access.require(world, actor.id, channel, Permission.MANAGE_ROLES)
    guild = world.guilds[channel.guild_id]
    old = channel.overwrites.get(target_id)
    if old is None:
        raise errors.unknown_overwrite()
    kept = {key: value for key, value in channel.overwrites.items() if key != target_id}
    replace(world, guild, channel, kept)
    _record(world, actor, guild, channel, AuditAction.OVERWRITE_DELETE, old, None, reason)


def set_all(
    world: World,
    actor: User,
    channel: Channel,
    wanted: Mapping[int, Overwrite],
    reason: str | None = None,
) -> bool:
    """Give a channel these overwrites and no others; each difference is an entry of the log.

    Returns:
        Whether anything changed.

    Raises:
        ApiError: 50001, 50013; only what differs must be the actor's to give.
    """
    before = dict(channel.overwrites)
    if dict(wanted) == before:
        return False
    require_all(world, actor, channel, wanted)
    guild = world.guilds[channel.guild_id]
    replace(world, guild, channel, wanted)
    for target_id in [*wanted, *(each for each in before if each not in wanted)]:
        old, new = before.get(target_id), wanted.get(target_id)
        if new is None:
            action = AuditAction.OVERWRITE_DELETE
        elif old is None:
            action = AuditAction.OVERWRITE_CREATE
        else:
            action = AuditAction.OVERWRITE_UPDATE
        if old != new:
            _record(world, actor, guild, channel, action, old, new, reason)
    return True


def require_all(
    world: World, actor: User, channel: Channel, wanted: Mapping[int, Overwrite]
) -> None:
    """Make sure that somebody may give a channel these overwrites and no others.

    Raises:
        ApiError: 50001, 50013.
    """
    if dict(wanted) == channel.overwrites:
        return
    access.require(world, actor.id, channel, Permission.MANAGE_ROLES)
    guild = world.guilds[channel.guild_id]
    for target_id, overwrite in wanted.items():
        if overwrite != channel.overwrites.get(target_id):
            require_grantable(world, actor, guild, channel, overwrite.allow | overwrite.deny)


def replace(world: World, guild: Guild, channel: Channel, wanted: Mapping[int, Overwrite]) -> None:
    """Change a channel's overwrites, and those of the channels in step with it; tell of each."""
    following = in_step(guild, channel)
    for each in (channel, *following):
        each.overwrites = dict(wanted)
        world.tell("CHANNEL_UPDATE", each.payload(), guild=guild)


def in_step(guild: Guild, category: Channel) -> list[Channel]:
    """Return the channels of a category whose overwrites equal its own; none for a channel."""
    if category.type is not ChannelType.CATEGORY:
        return []
    return [
        channel
        for channel in guild.channels.values()
        if channel.parent_id == category.id and channel.overwrites == category.overwrites
    ]


def require_grantable(
    world: World, actor: User, guild: Guild, channel: Channel | None, bits: Permission
) -> None:
    """Make sure that somebody may allow or deny these bits in a channel (None: a new one).

    Only what one has in the guild or in the channel's category, unless an overwrite of that very
    channel allows one MANAGE_ROLES; and MANAGE_ROLES itself only then, or as an administrator
    (Discord's documentation, resource "Channel", Edit Channel Permissions, and its change log of
    2021-01-22; that the channel's own permissions do not count: discord-api-docs issue 3450).
    All bits of an overwrite count, those it had before too; that is chosen, the stricter reading.

    Raises:
        ApiError: 50013.
    """
    now = world.clock.now()
    held = guild.permissions_of(actor.id, now)
    if held == ALL or (channel is not None and _manages_roles_there(guild, actor, channel)):
        return
    parent = None if channel is None else guild.channels.get(channel.parent_id or 0)
    if parent is not None:
        held |= access.permissions(world, actor.id, parent)
    if bits & ~held or bits & Permission.MANAGE_ROLES:
        raise errors.missing_permissions()


def _manages_roles_there(guild: Guild, actor: User, channel: Channel) -> bool:
    member = guild.members.get(actor.id)
    own = {actor.id, guild.id, *(member.role_ids if member is not None else ())}
    return any(
        overwrite.allow & Permission.MANAGE_ROLES
        for target_id, overwrite in channel.overwrites.items()
        if target_id in own
    )


def _require_target(guild: Guild, overwrite: Overwrite, old: Overwrite | None) -> None:
    """Refuse who or what is not there, as discord.py documents it (``abc.py``, set_permissions).

    That an overwrite which is there may still be changed for somebody who left is chosen.
    """
    there = guild.roles if overwrite.kind is OverwriteKind.ROLE else guild.members
    if overwrite.target_id not in there and (old is None or old.kind is not overwrite.kind):
        raise errors.unknown_overwrite()


def _record(
    world: World,
    actor: User,
    guild: Guild,
    channel: Channel,
    action: AuditAction,
    old: Overwrite | None,
    new: Overwrite | None,
    reason: str | None,
) -> None:
    overwrite = new or old
    assert overwrite is not None, "BUG: an overwrite that neither was nor is"
    options = {"id": str(overwrite.target_id), "type": str(int(overwrite.kind))}
    role = guild.roles.get(overwrite.target_id)
    if overwrite.kind is OverwriteKind.ROLE and role is not None:
        options["role_name"] = role.name
    before: JsonObject = {} if old is None else old.payload()
    after: JsonObject = {} if new is None else new.payload()
    keys = ("id", "type", "allow", "deny")
    record(
        world,
        guild,
        action,
        actor.id,
        channel.id,
        reason=reason,
        options=options,
        changes=[
            change(key, before.get(key), after.get(key))
            for key in keys
            if before.get(key) != after.get(key)
        ],
    )
