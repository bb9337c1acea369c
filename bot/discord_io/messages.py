"""A Discord message becomes a value: its texts by surface, its author, its place."""

from collections.abc import Iterator

import discord

from bot.model.post import AuthorKind, Part, Post, PostFile, Surface
from bot.placing import Location, Written

_WRITTEN_TYPES = frozenset(
    {
        discord.MessageType.default,
        discord.MessageType.reply,
        discord.MessageType.chat_input_command,
        discord.MessageType.context_menu_command,
        discord.MessageType.thread_starter_message,
    }
)
"""Types whose content somebody wrote; the others are announcements of Discord's own."""


def written(message: discord.Message, me: int) -> Written | None:
    """Return a message as a value, or None for one that is not screened whatever it holds.

    Args:
        message: in a guild or not; what stands in direct messages is never screened.
        me: Concord's own user id.
    """
    guild = message.guild
    if guild is None or message.author.id == me or message.type not in _WRITTEN_TYPES:
        return None
    author, kind = _author(message)
    if author == me:
        return None
    member = guild.get_member(author)
    post = Post(
        id=message.id,
        guild=guild.id,
        channel=message.channel.id,
        author=author,
        parts=tuple(_parts(message)),
        at=message.created_at,
        author_kind=kind,
        edited_at=message.edited_at,
        answers=message.type is discord.MessageType.reply,
        files=tuple(_files(message)),
    )
    return Written(
        post,
        location_of(message.channel, guild),
        roles=frozenset(role.id for role in member.roles) if member is not None else frozenset(),
        manages=member is not None
        and (member.id == guild.owner_id or member.guild_permissions.manage_guild),
    )


def location_of(channel: object, guild: discord.Guild) -> Location:
    """Return where a channel stands, from the inside out, and whether everyone can see it."""
    places: list[int] = []
    outer: object | None = channel
    if isinstance(channel, discord.Thread):
        places.append(channel.id)
        outer = channel.parent
        if outer is None:
            return Location((channel.id, channel.parent_id), public=False)
    if isinstance(outer, discord.abc.GuildChannel):
        places.append(outer.id)
        if outer.category_id is not None:
            places.append(outer.category_id)
        everyone = outer.permissions_for(guild.default_role)
        private = isinstance(channel, discord.Thread) and channel.is_private()
        return Location(tuple(places), public=everyone.view_channel and not private)
    identity = getattr(channel, "id", None)
    return Location((identity,) if isinstance(identity, int) else (), public=False)


def _author(message: discord.Message) -> tuple[int, AuthorKind]:
    """Return whom a message counts for: what an app posts for a member is the member's."""
    by_app = message.author.bot or message.webhook_id is not None
    if message.interaction_metadata is not None:
        return message.interaction_metadata.user.id, AuthorKind.MEMBER
    return message.author.id, AuthorKind.APP if by_app else AuthorKind.MEMBER


def _parts(message: discord.Message) -> Iterator[Part]:
    if message.content:
        yield Part(Surface.CONTENT, message.content)
    own_embeds = message.author.bot or message.webhook_id is not None
    for embed in message.embeds:
        surface = Surface.EMBED if own_embeds and embed.type == "rich" else Surface.LINK_PREVIEW
        yield from _texts(surface, _embed_texts(embed))
    for attachment in message.attachments:
        yield from _texts(Surface.FILE_NAME, (attachment.title or attachment.filename,))
        yield from _texts(Surface.ALT_TEXT, (attachment.description,))
    yield from _texts(Surface.STICKER, (sticker.name for sticker in message.stickers))
    if message.poll is not None:
        yield from _texts(Surface.POLL, (message.poll.question,))
        yield from _texts(Surface.POLL, (answer.text for answer in message.poll.answers))
    for snapshot in message.message_snapshots:
        yield from _texts(Surface.FORWARD, (snapshot.content,))
        for embed in snapshot.embeds:
            yield from _texts(Surface.FORWARD, _embed_texts(embed))
        for attachment in snapshot.attachments:
            yield from _texts(Surface.FORWARD, (attachment.title or attachment.filename,))


def _files(message: discord.Message) -> Iterator[PostFile]:
    """Yield what a post shows as files, also those of what it forwards."""
    forwarded = (one for snapshot in message.message_snapshots for one in snapshot.attachments)
    for one in (*message.attachments, *forwarded):
        yield PostFile(one.id, one.filename, one.url, one.size, one.content_type or "")


def _texts(
    surface: Surface, texts: "Iterator[str | None] | tuple[str | None, ...]"
) -> Iterator[Part]:
    for text in texts:
        if text:
            yield Part(surface, text)


def _embed_texts(embed: discord.Embed) -> Iterator[str | None]:
    yield embed.author.name
    yield embed.title
    yield embed.description
    for field in embed.fields:
        yield field.name
        yield field.value
    yield embed.footer.text
