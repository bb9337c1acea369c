"""Channels: making, changing and deleting them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.sandbox import access, errors
from bot.sandbox.audit import AuditAction, change, record
from bot.sandbox.channels import Channel, ChannelType
from bot.sandbox.guilds import Guild
from bot.sandbox.overwrites import require_all, require_grantable, set_all
from bot.sandbox.permissions import Overwrite, Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class ChannelEdit:
    """What somebody wants of a channel; None leaves a thing as it is.

    Attributes:
        category_id: where it moves; 0 means out of any category.
        overwrites: in place of all that the channel has.
    """

    name: str | None = None
    topic: str | None = None
    nsfw: bool | None = None
    slowmode_seconds: int | None = None
    position: int | None = None
    category_id: int | None = None
    overwrites: Mapping[int, Overwrite] | None = None


def create_channel(
    world: World,
    actor: User,
    guild: Guild,
    name: str,
    *,
    kind: ChannelType = ChannelType.TEXT,
    category: Channel | None = None,
    overwrites: Iterable[Overwrite] | None = None,
    topic: str | None = None,
    reason: str | None = None,
) -> Channel:
    """Make a channel; without overwrites of its own it copies its category's.

    Raises:
        ApiError: 50013 without MANAGE_CHANNELS, or for overwrites that are not the actor's to
            give.
    """
    access.require_in_guild(world, actor.id, guild, Permission.MANAGE_CHANNELS)
    if overwrites is None:
        wanted = {} if category is None else dict(category.overwrites)
    else:
        wanted = {overwrite.target_id: overwrite for overwrite in overwrites}
        for overwrite in wanted.values():
            require_grantable(world, actor, guild, None, overwrite.allow | overwrite.deny)
    channel = Channel(
        id=world.snowflakes.next(),
        guild_id=guild.id,
        name=name,
        type=kind,
        parent_id=None if category is None else category.id,
        position=len(guild.channels),
        topic=topic,
        overwrites=wanted,
    )
    guild.channels[channel.id] = channel
    world.channels[channel.id] = channel
    world.tell("CHANNEL_CREATE", channel.payload(), guild=guild)
    record(
        world,
        guild,
        AuditAction.CHANNEL_CREATE,
        actor.id,
        channel.id,
        reason=reason,
        changes=[change("name", None, name), change("type", None, int(kind))],
    )
    return channel


def change_channel(
    world: World, actor: User, channel: Channel, edit: ChannelEdit, reason: str | None = None
) -> None:
    """Change a channel; what stays as it was is neither told nor entered.

    Moving to a category leaves the overwrites as they are; that is what discord.py writes them
    along for.

    Raises:
        ApiError: 50001, 50013; 50035 for a category that is none.
    """
    access.require(world, actor.id, channel, Permission.MANAGE_CHANNELS)
    guild = world.guilds[channel.guild_id]
    if edit.category_id:
        require_category(guild, channel, edit.category_id)
    if edit.overwrites is not None:
        require_all(world, actor, channel, edit.overwrites)
    changes = _apply(channel, edit)
    told = edit.overwrites is not None and set_all(world, actor, channel, edit.overwrites, reason)
    if not changes:
        return
    if not told:
        world.tell("CHANNEL_UPDATE", channel.payload(), guild=guild)
    record(
        world,
        guild,
        AuditAction.CHANNEL_UPDATE,
        actor.id,
        channel.id,
        reason=reason,
        changes=changes,
    )


def require_category(guild: Guild, channel: Channel, category_id: int) -> Channel:
    """Return the category that a channel may move to.

    Raises:
        ApiError: 50035 where it is none.
    """
    category = guild.channels.get(category_id)
    both = (channel.type, None if category is None else category.type)
    if category is None or both != (ChannelType.TEXT, ChannelType.CATEGORY):
        raise errors.invalid_form(
            {"parent_id": errors.leaf("CHANNEL_PARENT_INVALID", "Category does not exist")}
        )
    return category


def _apply(channel: Channel, edit: ChannelEdit) -> list[JsonObject]:
    """Change what differs and return the changes as the log has them."""
    wanted: list[tuple[str, str, object]] = [
        ("name", "name", edit.name),
        ("topic", "topic", edit.topic),
        ("nsfw", "nsfw", edit.nsfw),
        ("slowmode_seconds", "rate_limit_per_user", edit.slowmode_seconds),
        ("position", "position", edit.position),
    ]
    changes = []
    for attribute, key, value in wanted:
        old = getattr(channel, attribute)
        if value is not None and value != old:
            changes.append(change(key, old, value))
            setattr(channel, attribute, value)
    new_id = channel.parent_id if edit.category_id is None else edit.category_id or None
    if new_id != channel.parent_id:
        before, after = (
            None if each is None else str(each) for each in (channel.parent_id, new_id)
        )
        changes.append(change("parent_id", before, after))
        channel.parent_id = new_id
    return changes


def delete_channel(world: World, actor: User, channel: Channel, reason: str | None = None) -> None:
    """Delete a channel with its threads; a category leaves its channels behind, each told of.

    Raises:
        ApiError: 50001, 50013.
    """
    access.require(world, actor.id, channel, Permission.MANAGE_CHANNELS)
    guild = world.guilds[channel.guild_id]
    for thread in [t for t in guild.threads.values() if t.parent_id == channel.id]:
        del guild.threads[thread.id]
        del world.channels[thread.id]
    left = [other for other in guild.channels.values() if other.parent_id == channel.id]
    for message in channel.history:
        message.deleted = True
    del guild.channels[channel.id]
    del world.channels[channel.id]
    world.tell("CHANNEL_DELETE", channel.payload(), guild=guild)
    for other in left:
        other.parent_id = None
        world.tell("CHANNEL_UPDATE", other.payload(), guild=guild)
    record(
        world,
        guild,
        AuditAction.CHANNEL_DELETE,
        actor.id,
        channel.id,
        reason=reason,
        changes=[change("name", channel.name, None)],
    )
