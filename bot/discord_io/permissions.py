"""What Concord is missing on a server, in words that say what it breaks and how to mend it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

import discord

from bot.discord_io.deniable import deniable
from bot.discord_io.refusals import FLAGS, held_in, in_words, missing_power, too_low
from bot.model.community import Community, CommunityGroup, Place
from bot.model.standing import Power
from bot.policy.writing import SENDING, WRITING
from bot.text.escaping import escaped

_Needs = Mapping[str, tuple[str, str]]

_ON_THE_SERVER: Final = {
    Power.MODERATE_MEMBERS: "nobody can be timed out",
    Power.BAN_MEMBERS: "nobody can be banned",
    Power.MANAGE_ROLES: "nobody can be removed from a board or a group",
    Power.MANAGE_THREADS: "threads cannot be locked or closed by command",
    Power.VIEW_AUDIT_LOG: (
        "what moderators, other bots and AutoMod do by hand becomes no case, and Concord does not "
        "notice when somebody undoes what it did"
    ),
}
_ON_BOARDS: Final = {
    "view_channel": ("View Channel", "posts there cannot be screened"),
    "read_message_history": (
        "Read Message History",
        "what is posted while Concord is away cannot be caught up on",
    ),
    "manage_messages": ("Manage Messages", "posts there cannot be removed"),
}
_ON_THE_LOG: Final = {
    "view_channel": ("View Channel", "the moderators' log cannot be written"),
    "send_messages": ("Send Messages", "the moderators' log cannot be written"),
    "embed_links": ("Embed Links", "the moderators' log cannot be written"),
    "attach_files": ("Attach Files", "the files of removed posts cannot be kept as evidence"),
    "read_message_history": (
        "Read Message History",
        "after a crash a line of the log may have to be shown as uncertain",
    ),
}
_ON_THE_PUBLIC_LOG: Final = {
    "view_channel": ("View Channel", "the public log cannot be written"),
    "send_messages": ("Send Messages", "the public log cannot be written"),
    "embed_links": ("Embed Links", "the public log cannot be written"),
    "read_message_history": (
        "Read Message History",
        "after a crash a line of it may have to be shown as uncertain",
    ),
}
_IN_THREADS: Final = {
    "create_private_threads": (
        "Create Private Threads",
        "members with closed direct messages cannot be told why a post was removed",
    ),
    "send_messages_in_threads": (
        "Send Messages in Threads",
        "members with closed direct messages cannot be told why a post was removed",
    ),
}
_GIVE: Final = "Give it to Concord's role in the server's or the channel's settings."


def missing(
    guild: discord.Guild, community: Community, takes: Collection[str] = ()
) -> tuple[str, ...]:
    """Return one sentence for each permission that Concord lacks where it needs it.

    Args:
        guild: as it is now.
        community: names boards, groups and logs.
        takes: permissions that a removal from a board takes, as discord.py names them: Concord can
            only take what it has.
    """
    return tuple(dict.fromkeys(_missing(guild, community, takes)))


def _missing(guild: discord.Guild, community: Community, takes: Collection[str]) -> Iterator[str]:
    held = guild.me.guild_permissions
    for power, lost in _ON_THE_SERVER.items():
        if not getattr(held, FLAGS[power]):
            yield f"{missing_power(power)}. Until then {lost}."
    boards: _Needs = {**_ON_BOARDS, **_IN_THREADS}
    if held.manage_roles:  # else it has been said for all of them
        boards = {**boards, "manage_roles": ("Manage Permissions", "nobody can be removed from it")}
    for board in community.boards:
        yield from _lacking(guild, board.channel.id, board.name, boards)
        yield from _not_to_take(guild, board.channel.id, board.name, takes)
    for group in community.groups:
        yield from _out_of_reach(guild, group)
    if community.log is not None:
        yield from _lacking(guild, community.log.id, community.log.name, _ON_THE_LOG)
    if community.public_log is not None:
        log: Place = community.public_log
        yield from _lacking(guild, log.id, log.name, _ON_THE_PUBLIC_LOG)


def _not_to_take(
    guild: discord.Guild, channel: int | None, name: str, takes: Collection[str]
) -> Iterator[str]:
    if channel is None or guild.get_channel(channel) is None:
        return  # it has been said that it is gone
    for flag in sorted(takes):
        if deniable(guild, channel, WRITING[flag]).lacking:
            breaks = "who is removed from the board could still do that there"
            if WRITING[flag] == SENDING:
                breaks = "nobody can be removed from the board"
            yield f"In #{name} Concord lacks {in_words(flag)}: {breaks}. {_GIVE}"


def _lacking(
    guild: discord.Guild, channel_id: int | None, name: str, needs: _Needs
) -> Iterator[str]:
    channel = guild.get_channel_or_thread(channel_id) if channel_id is not None else None
    name = escaped(name)
    if channel is None:
        yield f"#{name} is not there any more: apply the community file again."
        return
    allowed = held_in(channel, guild.me)
    for permission, (word, breaks) in needs.items():
        if not getattr(allowed, permission):
            yield f"In #{name} Concord lacks {word}: {breaks}. {_GIVE}"


def _out_of_reach(guild: discord.Guild, group: CommunityGroup) -> Iterator[str]:
    role = guild.get_role(group.role.id) if group.role.id is not None else None
    name = escaped(group.name)
    if role is None:
        yield f"The role of the group {name} is not there any more: apply the community file again."
    elif role.managed:
        yield (
            f"Nobody can be removed from the group {name}: its role belongs to an app or to "
            "Discord. Please choose another role for it."
        )
    elif role >= guild.me.top_role:
        words = too_low(guild.me.top_role.name, role.name)
        yield f"Nobody can be removed from the group {name}. {words}."
