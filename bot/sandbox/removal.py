"""Deleting messages: one's own, another's, many at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.sandbox import access, errors
from bot.sandbox.audit import AuditAction, record
from bot.sandbox.channels import AnyChannel, DirectChannel, Thread
from bot.sandbox.guilds import Guild
from bot.sandbox.messages import Message, MessageType
from bot.sandbox.permissions import Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.snowflake import at_ms
from bot.sandbox.users import User
from bot.sandbox.world import World

BULK = 100
"""Messages of one bulk deletion at most (Discord's documentation, resource "Message")."""

BULK_DELETE_AGE = timedelta(days=14)
"""Older messages cannot be deleted in bulk (Discord's documentation, resource "Message")."""


def delete(world: World, actor: User, message: Message, reason: str | None = None) -> None:
    """Delete a message; another's needs MANAGE_MESSAGES and goes into the audit log.

    Raises:
        ApiError: 10008, 50001, 50013; 50003 in direct messages, where nobody
            deletes another's; 50021 for a thread's first message; 50083 in an archived thread.
    """
    channel = access.visible(world, actor.id, message.channel_id)
    if channel.history.get(message.id) is None:
        raise errors.unknown_message()
    if isinstance(channel, Thread) and channel.archived:
        raise errors.archived_thread()
    if message.type is MessageType.THREAD_STARTER:
        raise errors.system_message()
    if message.author is not actor:
        if isinstance(channel, DirectChannel):
            raise errors.wrong_in_direct_messages()
        access.require(world, actor.id, channel, Permission.MANAGE_MESSAGES)
    take_out(world, channel, message)
    guild = world.guild_of(channel)
    if guild is not None and message.author is not actor:
        record(
            world,
            guild,
            AuditAction.MESSAGE_DELETE,
            actor.id,
            message.author.id,
            reason=reason,
            options={"channel_id": str(channel.id), "count": "1"},
        )


def take_out(world: World, channel: AnyChannel, message: Message) -> None:
    """Take a message out of its channel and tell of it, without asking who may."""
    _forget(channel, message)
    payload: JsonObject = {"id": str(message.id), "channel_id": str(channel.id)}
    guild = world.guild_of(channel)
    if guild is not None:
        payload["guild_id"] = str(guild.id)
    world.tell("MESSAGE_DELETE", payload, channel=channel, message_id=message.id)


def delete_bulk(
    world: World,
    actor: User,
    channel: AnyChannel,
    message_ids: list[int],
    reason: str | None = None,
) -> None:
    """Delete several messages at once; ids that are not there are passed over.

    Raises:
        ApiError: 50016 for fewer than 2 or more than 100 ids, 50035 for duplicates, 50034 for
            an id older than 14 days, 50003 in direct messages, 50013.
    """
    guild = world.guild_of(channel)
    if guild is None:
        raise errors.wrong_in_direct_messages()
    access.require(world, actor.id, channel, Permission.MANAGE_MESSAGES)
    if not 2 <= len(message_ids) <= BULK:
        raise errors.too_few_or_many_messages()
    if len(set(message_ids)) != len(message_ids):
        raise errors.invalid_form(
            {
                "messages": errors.leaf(
                    "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value"
                )
            }
        )
    oldest = world.clock.now_ms() - BULK_DELETE_AGE.total_seconds() * 1000
    if any(at_ms(message_id) < oldest for message_id in message_ids):
        raise errors.too_old_to_bulk_delete()
    found = [m for m in map(channel.history.get, message_ids) if m is not None]
    for message in found:
        _forget(channel, message)
    if not found:
        return
    world.tell(
        "MESSAGE_DELETE_BULK",
        {
            "ids": [str(message.id) for message in found],
            "channel_id": str(channel.id),
            "guild_id": str(guild.id),
        },
        channel=channel,
    )
    record(
        world,
        guild,
        AuditAction.MESSAGE_BULK_DELETE,
        actor.id,
        channel.id,
        reason=reason,
        options={"count": str(len(found))},
    )


def delete_recent(world: World, guild: Guild, author: User, since: datetime) -> None:
    """Delete what somebody wrote in a guild from a time on, as a ban does: no entry in the log.

    Threads count as well. Each place is told in one event, or in several where more than a
    hundred messages go (chosen, not measured).
    """
    places: list[AnyChannel] = [*guild.channels.values(), *guild.threads.values()]
    for channel in places:
        found = [m for m in channel.history if m.author is author and m.sent_at >= since]
        for message in found:
            _forget(channel, message)
        for start in range(0, len(found), BULK):
            _tell_many(world, guild, channel, found[start : start + BULK])


def _tell_many(
    world: World, guild: Guild, channel: AnyChannel, messages: Sequence[Message]
) -> None:
    payload: JsonObject = {"channel_id": str(channel.id), "guild_id": str(guild.id)}
    if len(messages) == 1:
        payload["id"] = str(messages[0].id)
        world.tell("MESSAGE_DELETE", payload, channel=channel, message_id=messages[0].id)
    else:
        payload["ids"] = [str(message.id) for message in messages]
        world.tell("MESSAGE_DELETE_BULK", payload, channel=channel)


def _forget(channel: AnyChannel, message: Message) -> None:
    channel.history.remove(message.id)
    message.deleted = True
