"""Which roles a member has: given, taken, chosen."""

from bot.sandbox import access, errors
from bot.sandbox.audit import AuditAction, change, record
from bot.sandbox.guilds import Guild, Member, Role, role_rank
from bot.sandbox.membership import tell_member
from bot.sandbox.permissions import Permission
from bot.sandbox.users import User
from bot.sandbox.world import World


def set_roles(
    world: World,
    actor: User,
    guild: Guild,
    member: Member,
    role_ids: list[int],
    reason: str | None = None,
) -> None:
    """Give a member exactly these roles.

    Raises:
        ApiError: 10011 for a role that is not there; 50013 without MANAGE_ROLES, or for a changed
            role that is not below the actor's highest, managed, or @everyone.
    """
    access.require_in_guild(world, actor.id, guild, Permission.MANAGE_ROLES)
    wanted = list(dict.fromkeys(role_ids))
    if any(role_id not in guild.roles for role_id in wanted):
        raise errors.unknown_role()
    for role_id in set(wanted) ^ set(member.role_ids):
        require_role_below(guild, actor, guild.roles[role_id])
    _change_roles(world, actor, guild, member, wanted, reason)


def pick_roles(world: World, guild: Guild, member: Member, role_ids: list[int]) -> None:
    """Let a member choose roles by the guild's onboarding, where nobody else acts.

    That the entry in the log then names the member as the one who acted is as observed; Discord
    does not document it.
    """
    _change_roles(world, member.user, guild, member, list(dict.fromkeys(role_ids)), None)


def _change_roles(
    world: World,
    actor: User,
    guild: Guild,
    member: Member,
    wanted: list[int],
    reason: str | None,
) -> None:
    if set(wanted) == set(member.role_ids):
        return
    before, member.role_ids = member.role_ids, wanted
    tell_member(world, guild, member)
    changes = []
    for key, gone in (("$add", before), ("$remove", wanted)):
        moved = [
            {"id": str(role_id), "name": guild.roles[role_id].name}
            for role_id in (wanted if key == "$add" else before)
            if role_id not in gone
        ]
        if moved:
            changes.append(change(key, None, moved))
    record(
        world,
        guild,
        AuditAction.MEMBER_ROLE_UPDATE,
        actor.id,
        member.user.id,
        reason=reason,
        changes=changes,
    )


def require_role_below(guild: Guild, actor: User, role: Role) -> None:
    """Make sure that somebody may give, take or change a role.

    Raises:
        ApiError: 50013.
    """
    if role.id == guild.id or role.bot_id is not None:
        raise errors.missing_permissions()
    if guild.rank(actor.id) <= role_rank(role):
        raise errors.missing_permissions()
