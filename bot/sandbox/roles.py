"""Roles themselves: making, changing and deleting them."""

from bot.sandbox import access
from bot.sandbox.audit import AuditAction, change, record
from bot.sandbox.guilds import Guild, Role
from bot.sandbox.member_roles import require_role_below
from bot.sandbox.permissions import Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import World


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
