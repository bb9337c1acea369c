"""Joining, leaving, names, timeouts: the acts that change who is who in a guild."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.sandbox import access, errors
from bot.sandbox.audit import AuditAction, change, record
from bot.sandbox.channels import DirectChannel
from bot.sandbox.guild_create import guild_create
from bot.sandbox.guilds import Guild, Member
from bot.sandbox.permissions import Permission
from bot.sandbox.snowflake import iso
from bot.sandbox.users import User
from bot.sandbox.world import World

LONGEST_TIMEOUT = timedelta(days=28)
"""Discord's documentation, resource "Guild", Modify Guild Member (2026-08)."""


def direct_channel(world: World, user: User) -> DirectChannel:
    """Return the direct messages between the bot and a user, opened where need be."""
    channel = world.direct.get(user.id)
    if channel is None:
        channel = DirectChannel(world.snowflakes.next(), user)
        world.direct[user.id] = channel
        world.channels[channel.id] = channel
    return channel


def join(
    world: World,
    guild: Guild,
    user: User,
    joined_at: datetime | None = None,
    first_roles: Sequence[int] = (),
) -> Member:
    """Make a user a member; the bot itself is told of the whole guild.

    Who was a member before has no roles of then; a timeout that still runs holds (Discord's help
    centre, "Time Out FAQ"), and so do the channels' overwrites.

    Raises:
        ApiError: 40007 for who is banned.
    """
    if user.id in guild.bans:
        raise errors.banned()
    member = Member(user, joined_at or world.clock.now(), list(first_roles))
    member.timed_out_until = guild.kept_timeouts.pop(user.id, None)
    guild.members[user.id] = member
    if user is world.bot:
        world.tell("GUILD_CREATE", guild_create(world, guild), guild=guild)
    else:
        world.tell("GUILD_MEMBER_ADD", {**member.payload(), "guild_id": str(guild.id)}, guild=guild)
    return member


def leave(world: World, guild: Guild, user: User) -> None:
    """End a membership, whoever wanted it; nothing happens to who is no member."""
    if user.id not in guild.members:
        return
    if user is world.bot:
        world.tell("GUILD_DELETE", {"id": str(guild.id)}, guild=guild)
    until = guild.members.pop(user.id).timed_out_until
    if until is not None and until > world.clock.now():
        guild.kept_timeouts[user.id] = until
    for thread in guild.threads.values():
        thread.members.pop(user.id, None)
    world.tell(
        "GUILD_MEMBER_REMOVE",
        {"guild_id": str(guild.id), "user": user.payload()},
        guild=guild,
    )


def member_of(guild: Guild, user_id: int) -> Member:
    """Return a member.

    Raises:
        ApiError: 10007.
    """
    member = guild.members.get(user_id)
    if member is None:
        raise errors.unknown_member()
    return member


def time_out(
    world: World,
    actor: User,
    guild: Guild,
    member: Member,
    until: datetime | None,
    reason: str | None = None,
) -> None:
    """Time a member out until a time, or end the timeout (None).

    It ends by the clock: no event tells of it, and the time stays where it was.

    Raises:
        ApiError: 50013 without MODERATE_MEMBERS, for who stands at least as high, for the owner
            and administrators; 50035 for more than 28 days.
    """
    access.require_in_guild(world, actor.id, guild, Permission.MODERATE_MEMBERS)
    if actor is not member.user:
        access.require_above(guild, actor.id, member.user.id)
    now = world.clock.now()
    if until is not None and guild.is_administrator(member.user.id, now):
        raise errors.missing_permissions()
    # A minute of grace, as clocks differ; chosen, not measured.
    if until is not None and until - now > LONGEST_TIMEOUT + timedelta(minutes=1):
        raise errors.invalid_form(
            {
                "communication_disabled_until": errors.leaf(
                    "NUMBER_TYPE_MAX", "Timeout cannot be more than 28 days in the future."
                )
            }
        )
    old = disable_communication(world, guild, member, until)
    if old == until:
        return
    changes = [
        change(
            "communication_disabled_until",
            None if old is None else iso(old),
            None if until is None else iso(until),
        )
    ]
    record(
        world,
        guild,
        AuditAction.MEMBER_UPDATE,
        actor.id,
        member.user.id,
        reason=reason,
        changes=changes,
    )


def disable_communication(
    world: World, guild: Guild, member: Member, until: datetime | None
) -> datetime | None:
    """Set when a member's timeout ends, without asking who may; return when it ended before."""
    old, member.timed_out_until = member.timed_out_until, until
    if old != until:
        tell_member(world, guild, member)
    return old


def set_flags(world: World, guild: Guild, member: Member, flags: int) -> None:
    """Set a member's flags, without asking who may."""
    member.flags = flags
    tell_member(world, guild, member)


def rename(
    world: World,
    actor: User,
    guild: Guild,
    member: Member,
    nick: str | None,
    reason: str | None = None,
) -> None:
    """Give a member a nickname, or take it (None).

    Raises:
        ApiError: 50013.
    """
    if actor is member.user:
        access.require_in_guild(world, actor.id, guild, Permission.CHANGE_NICKNAME)
    else:
        access.require_in_guild(world, actor.id, guild, Permission.MANAGE_NICKNAMES)
        access.require_above(guild, actor.id, member.user.id)
    old, member.nick = member.nick, nick or None
    if old == member.nick:
        return
    tell_member(world, guild, member)
    record(
        world,
        guild,
        AuditAction.MEMBER_UPDATE,
        actor.id,
        member.user.id,
        reason=reason,
        changes=[change("nick", old, member.nick)],
    )


def kick(
    world: World, actor: User, guild: Guild, member: Member, reason: str | None = None
) -> None:
    """Remove a member.

    Raises:
        ApiError: 50013.
    """
    access.require_in_guild(world, actor.id, guild, Permission.KICK_MEMBERS)
    access.require_above(guild, actor.id, member.user.id)
    leave(world, guild, member.user)
    record(world, guild, AuditAction.MEMBER_KICK, actor.id, member.user.id, reason=reason)


def tell_member(world: World, guild: Guild, member: Member) -> None:
    """Tell of a member as they now are."""
    world.tell("GUILD_MEMBER_UPDATE", {**member.payload(), "guild_id": str(guild.id)}, guild=guild)


def delete_account(world: World, user: User) -> None:
    """Delete an account: it leaves every guild, loses its name and takes no messages.

    What it wrote stays, under a name that Discord gives it; so do bans and overwrites.
    """
    for guild in world.guilds.values():
        leave(world, guild, user)
    user.username, user.global_name, user.avatar = f"deleted_user_{user.id % 1_000_000}", None, None
    user.takes_dms = False


def change_display_name(world: World, user: User, name: str) -> None:
    """Change the name that a user shows everywhere, and tell each guild they are in."""
    user.global_name = name
    for guild in world.guilds.values():
        member = guild.members.get(user.id)
        if member is not None:
            tell_member(world, guild, member)
