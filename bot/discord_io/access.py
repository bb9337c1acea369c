"""Whether a change of permissions has opened to Concord what it could not read before."""

from typing import Final

import discord

_OPENING: Final = discord.Permissions(
    administrator=True, view_channel=True, read_message_history=True
)
"""What decides whether a channel can be read (Discord's documentation, topic "Permissions")."""


def can_read(channel: discord.abc.GuildChannel, member: discord.Member) -> bool:
    """Whether a member sees a channel and what was written there before."""
    allowed = channel.permissions_for(member)
    return allowed.view_channel and allowed.read_message_history


def opened_by_channel(before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> bool:
    """Whether a change of a channel lets Concord read it from now on.

    A category holds no messages: its channels change with it, each in an event of its own.
    """
    if isinstance(after, discord.CategoryChannel):
        return False
    me = after.guild.me
    return can_read(after, me) and not can_read(before, me)


def opened_by_role(before: discord.Role, after: discord.Role) -> bool:
    """Whether a change of a role gives Concord what it takes to read and no other role gave it.

    True also in the rare case that every channel overrules it: then one reading is in vain.
    """
    me = after.guild.me
    if after not in me.roles:
        return False
    others = [role.permissions.value for role in me.roles if role != after]
    had = before.permissions.value
    for value in others:
        had |= value
    return bool(after.permissions.value & ~had & _OPENING.value)


def opened_by_member(before: discord.Member, after: discord.Member) -> bool:
    """Whether a change of Concord's own roles lets it read a channel that it could not read."""
    if after != after.guild.me or before.roles == after.roles:
        return False
    return any(
        can_read(channel, after) and not can_read(channel, before)
        for channel in after.guild.channels
        if not isinstance(channel, discord.CategoryChannel)
    )
