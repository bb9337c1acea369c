"""What Concord is missing on a server, in words that say what it breaks and how to mend it."""

from collections.abc import Iterator

import discord

from bot.model.community import Community

_ON_BOARDS = {
    "view_channel": ("View Channel", "posts there cannot be screened"),
    "read_message_history": (
        "Read Message History",
        "what is posted while Concord is away cannot be caught up on",
    ),
    "manage_messages": ("Manage Messages", "posts there cannot be removed"),
}
_ON_THE_LOG = {
    "view_channel": ("View Channel", "the moderators' log cannot be written"),
    "send_messages": ("Send Messages", "the moderators' log cannot be written"),
    "embed_links": ("Embed Links", "the moderators' log cannot be written"),
    "read_message_history": (
        "Read Message History",
        "after a crash a line of the log may have to be shown as uncertain",
    ),
}
_IN_THREADS = {
    "create_private_threads": (
        "Create Private Threads",
        "members with closed direct messages cannot be told why a post was removed",
    ),
    "send_messages_in_threads": (
        "Send Messages in Threads",
        "members with closed direct messages cannot be told why a post was removed",
    ),
}


def missing(guild: discord.Guild, community: Community) -> tuple[str, ...]:
    """Return one sentence for each permission that Concord lacks where it needs it."""
    return tuple(dict.fromkeys(_missing(guild, community)))


def _missing(guild: discord.Guild, community: Community) -> Iterator[str]:
    for board in community.boards:
        yield from _lacking(guild, board.channel.id, board.name, _ON_BOARDS | _IN_THREADS)
    if community.log is not None:
        yield from _lacking(guild, community.log.id, community.log.name, _ON_THE_LOG)


def _lacking(
    guild: discord.Guild, channel_id: int | None, name: str, needs: dict[str, tuple[str, str]]
) -> Iterator[str]:
    channel = guild.get_channel_or_thread(channel_id) if channel_id is not None else None
    if channel is None:
        yield f"#{name} is not there any more: apply the community file again."
        return
    allowed = channel.permissions_for(guild.me)
    for permission, (word, breaks) in needs.items():
        if not getattr(allowed, permission):
            yield (
                f"In #{name} Concord lacks {word}: {breaks}. "
                "Give it to Concord's role in the server's or the channel's settings."
            )
