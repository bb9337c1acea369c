"""Why Discord refuses Concord something about a member, in words that say how to mend it.

Discord answers every such refusal with the same code (50013), so the reason is looked for in what
is known of the server: the permission, the owner, an administrator, the order of the roles.
"""

from typing import Final

import discord

from bot.model.standing import Power
from bot.text.escaping import escaped

FLAGS: Final = {
    Power.MANAGE_MESSAGES: "manage_messages",
    Power.MODERATE_MEMBERS: "moderate_members",
    Power.BAN_MEMBERS: "ban_members",
    Power.MANAGE_ROLES: "manage_roles",
    Power.MANAGE_THREADS: "manage_threads",
    Power.VIEW_AUDIT_LOG: "view_audit_log",
}
"""discord.py's names of the permissions."""

_VOICE: Final = discord.Permissions.voice().value

TWO_FACTOR: Final = 60003
"""Two factor is required for this operation (Discord's JSON error codes)."""

_ROLES: Final = "Server Settings > Roles"


def missing_power(power: Power) -> str:
    """Return what to do where Concord lacks a permission on the server."""
    return f"Concord lacks the permission {power}: give it to Concord's role in {_ROLES}"


def too_low(mine: str, theirs: str) -> str:
    """Return what to do where Concord's role is not above another; both by their names."""
    ours = escaped(mine)
    return (
        f"Concord's highest role, “{ours}”, is not above the role “{escaped(theirs)}”: "
        f"drag “{ours}” above it in {_ROLES}"
    )


def about_member(guild: discord.Guild | None, user: int, power: Power) -> str:
    """Return why a member or account cannot be sanctioned; what is not known is left open."""
    if guild is None or not getattr(guild.me.guild_permissions, FLAGS[power]):
        return missing_power(power)
    me = guild.me
    if user == guild.owner_id:
        return "they own the server, and Discord lets nobody sanction its owner"
    member = guild.get_member(user)
    if member is None:
        return f"Discord does not let Concord; see whether its role is high enough in {_ROLES}"
    if power is Power.MODERATE_MEMBERS and _is_administrator(member):
        return "they hold the permission Administrator, and Discord lets nobody time such a one out"
    if member.top_role >= me.top_role:
        return too_low(me.top_role.name, member.top_role.name)
    return "Discord did not say why; see whether Concord's role was moved or changed just now"


def about_role(guild: discord.Guild | None, role: int) -> str:
    """Return why a role cannot be given or taken."""
    known = guild.get_role(role) if guild is not None else None
    if guild is None or not guild.me.guild_permissions.manage_roles:
        return missing_power(Power.MANAGE_ROLES)
    if known is None:
        return f"Discord does not let Concord; see whether its role is high enough in {_ROLES}"
    if known.managed:
        name = escaped(known.name)
        return f"the role “{name}” belongs to an app or to Discord: nobody can give or take it"
    if known >= guild.me.top_role:
        return too_low(guild.me.top_role.name, known.name)
    return "Discord did not say why; see whether Concord's role was moved or changed just now"


def about_channel(guild: discord.Guild | None, channel: int, bits: int) -> str:
    """Return why a member's permissions in a channel cannot be changed.

    Args:
        guild: as it is known; None if it is not.
        channel: where.
        bits: all permissions that the overwrite names: whoever sets it needs them too.
    """
    place = guild.get_channel(channel) if guild is not None else None
    if guild is None or place is None:
        return missing_power(Power.MANAGE_ROLES)
    allowed = held_in(place, guild.me)
    name = escaped(place.name)
    if not allowed.view_channel:
        return f"Concord cannot see #{name}: give its role View Channel there"
    if not allowed.manage_roles:
        return (
            f"Concord lacks {Power.MANAGE_ROLES} in #{name}, where Discord calls it Manage "
            "Permissions: give it to Concord's role there"
        )
    lacking = discord.Permissions(bits & ~allowed.value)
    names = ", ".join(in_words(flag) for flag, held in lacking if held)
    if names:
        return (
            f"Concord may only change what it may do itself, and in #{name} it lacks {names}: "
            "give that to Concord's role there"
        )
    only_there = discord.Permissions(bits & ~grantable_in(place, guild.me).value)
    names = ", ".join(in_words(flag) for flag, held in only_there if held)
    if names:
        return (
            f"Concord may only change what it may do itself on the server, and it has {names} in "
            f"#{name} alone: give that to Concord's role in {_ROLES}"
        )
    return f"Discord did not say why; see what #{name} allows Concord's role"


def held_in(
    place: discord.abc.GuildChannel | discord.Thread, me: discord.Member
) -> discord.Permissions:
    """Return what somebody may do in a channel, and so may take from others there.

    discord.py leaves out of a text channel what is done in voice channels; an overwrite may name it
    all the same.
    """
    allowed = place.permissions_for(me).value
    if not isinstance(place, discord.VoiceChannel | discord.StageChannel):
        allowed |= me.guild_permissions.value & _VOICE
    return discord.Permissions(allowed)


def grantable_in(
    place: discord.abc.GuildChannel | discord.Thread, me: discord.Member
) -> discord.Permissions:
    """Return what somebody may do in a channel and may allow or deny others there.

    What the channel alone lets them do does not count, but what they hold on the server or in its
    category; unless an overwrite of that very channel gives them Manage Permissions (Discord's
    documentation, Edit Channel Permissions, and its change log of 2021-01-22; discord-api-docs
    issue 3450).
    """
    held = held_in(place, me)
    category = place.category
    whole = me.guild_permissions.value
    if category is not None:
        whole |= category.permissions_for(me).value
    mine: tuple[discord.Member | discord.Role, ...] = (me, me.guild.default_role, *me.roles)
    own = place.overwrites if isinstance(place, discord.abc.GuildChannel) else {}
    if any(own[one].manage_roles for one in mine if one in own):
        return held
    return discord.Permissions(held.value & whole)


def two_factor() -> str:
    """Return what to do where the server wants two-factor authentication of its moderators."""
    return (
        "this server asks moderators for two-factor authentication: the Discord account that owns "
        "Concord's application needs it"
    )


def in_words(flag: str) -> str:
    """Return a permission in the words of Discord's settings, from discord.py's name of it."""
    return flag.replace("_", " ").title().replace(" In ", " in ")


def _is_administrator(member: discord.Member) -> bool:
    # Of the roles, not of guild_permissions: those hide it from who is timed out.
    return any(role.permissions.administrator for role in member.roles)
