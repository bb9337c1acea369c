"""Bans: who may not come back, and what of theirs is deleted."""

from collections.abc import Sequence
from datetime import timedelta

from bot.sandbox import access, errors, membership, removal
from bot.sandbox.audit import AuditAction, record
from bot.sandbox.guilds import Guild
from bot.sandbox.permissions import Permission
from bot.sandbox.seam import ApiError
from bot.sandbox.users import User
from bot.sandbox.world import World

LONGEST_DELETION = timedelta(days=7)
"""How far back a ban deletes messages at most (Discord's documentation, "Create Guild Ban")."""

MOST_AT_ONCE = 200
"""Users of one bulk ban (same source, "Bulk Guild Ban")."""


def ban(
    world: World,
    actor: User,
    guild: Guild,
    user_id: int,
    reason: str | None = None,
    delete: timedelta = timedelta(0),
) -> None:
    """Ban a user, member or not, and delete what they wrote lately.

    Who is banned already stays so: no event, no entry, the first reason is kept (chosen, not
    measured). GUILD_BAN_ADD comes before GUILD_MEMBER_REMOVE (discord.py relies on it,
    ``state.py``, parse_guild_ban_add).
    `delete` says how far back from now; at most `LONGEST_DELETION`.

    Raises:
        ApiError: 50013 without BAN_MEMBERS, and for the owner and who stands at least as high;
            10013 for nobody; 30035 where the guild's quota for strangers is used up.
    """
    access.require_in_guild(world, actor.id, guild, Permission.BAN_MEMBERS)
    user = world.users.get(user_id)
    if user is None:
        raise errors.unknown_user()
    access.require_above(guild, actor.id, user_id)
    if user_id in guild.bans:
        return
    if user_id not in guild.members and guild.stranger_bans_left is not None:
        if guild.stranger_bans_left < 1:
            raise errors.too_many_stranger_bans()
        guild.stranger_bans_left -= 1
    guild.bans[user_id] = reason
    world.tell("GUILD_BAN_ADD", _event(guild, user), guild=guild)
    membership.leave(world, guild, user)
    if delete:
        removal.delete_recent(world, guild, user, world.clock.now() - delete)
    record(world, guild, AuditAction.MEMBER_BAN_ADD, actor.id, user_id, reason=reason)


def ban_many(
    world: World,
    actor: User,
    guild: Guild,
    user_ids: Sequence[int],
    reason: str | None = None,
    delete: timedelta = timedelta(0),
) -> tuple[list[int], list[int]]:
    """Ban several users at once; return who was banned and who was not.

    Raises:
        ApiError: 50013 without BAN_MEMBERS and MANAGE_GUILD; 500000 where nobody could be banned.
    """
    needed = Permission.BAN_MEMBERS | Permission.MANAGE_GUILD
    access.require_in_guild(world, actor.id, guild, needed)
    banned: list[int] = []
    failed: list[int] = []
    for user_id in user_ids:
        if user_id in guild.bans:
            failed.append(user_id)
            continue
        try:
            ban(world, actor, guild, user_id, reason, delete)
        except ApiError:
            failed.append(user_id)
        else:
            banned.append(user_id)
    if not banned:
        raise errors.nobody_banned()
    return banned, failed


def unban(world: World, actor: User, guild: Guild, user_id: int, reason: str | None = None) -> None:
    """Lift a ban.

    Raises:
        ApiError: 50013 without BAN_MEMBERS; 10026 for who is not banned.
    """
    access.require_in_guild(world, actor.id, guild, Permission.BAN_MEMBERS)
    if user_id not in guild.bans:
        raise errors.unknown_ban()
    del guild.bans[user_id]
    world.tell("GUILD_BAN_REMOVE", _event(guild, world.users[user_id]), guild=guild)
    record(world, guild, AuditAction.MEMBER_BAN_REMOVE, actor.id, user_id, reason=reason)


def _event(guild: Guild, user: User) -> dict[str, object]:
    return {"guild_id": str(guild.id), "user": user.payload()}
