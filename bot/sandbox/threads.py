"""Threads: making, archiving, locking and deleting them."""

from bot.sandbox import access, errors
from bot.sandbox.audit import AuditAction, change, record
from bot.sandbox.channels import (
    AnyChannel,
    Channel,
    ChannelType,
    Thread,
    ThreadMembership,
)
from bot.sandbox.messages import Message, MessageFlag, MessageType
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import announce, tell_updated
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import World

AUTO_ARCHIVE_MINUTES = (60, 1440, 4320, 10080)
"""Discord's documentation, resource "Channel" (2026-08)."""


def create(
    world: World,
    actor: User,
    parent: AnyChannel,
    name: str,
    *,
    private: bool = False,
    message: Message | None = None,
    invitable: bool = True,
    auto_archive_minutes: int = 4320,
    slowmode_seconds: int = 0,
    reason: str | None = None,
) -> Thread:
    """Make a thread, of its own or from a message, whose id it then shares.

    Raises:
        ApiError: 50024 outside a text channel, 50013, 160004 for a second one from a message.
    """
    if not isinstance(parent, Channel) or parent.type is not ChannelType.TEXT:
        raise errors.wrong_channel_type()
    needed = Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS
    access.require(world, actor.id, parent, needed)
    if message is not None and message.thread_id is not None:
        raise errors.thread_exists()
    now = world.clock.now()
    thread = Thread(
        id=world.snowflakes.next() if message is None else message.id,
        guild_id=parent.guild_id,
        parent_id=parent.id,
        owner_id=actor.id,
        name=name,
        type=ChannelType.PRIVATE_THREAD if private else ChannelType.PUBLIC_THREAD,
        created_at=now,
        archive_changed_at=now,
        invitable=invitable,
        auto_archive_minutes=auto_archive_minutes,
        slowmode_seconds=slowmode_seconds,
    )
    thread.members[actor.id] = ThreadMembership(actor.id, now)
    guild = world.guilds[parent.guild_id]
    guild.threads[thread.id] = thread
    world.channels[thread.id] = thread
    world.tell(
        "THREAD_CREATE",
        {**thread.payload(world.bot.id), "newly_created": True},
        channel=thread,
    )
    if message is not None:
        message.thread_id = thread.id
        message.flags |= MessageFlag.HAS_THREAD
        tell_updated(world, message)
        announce(world, actor, thread, MessageType.THREAD_STARTER, "", thread, message)
    elif not private:
        announce(world, actor, parent, MessageType.THREAD_CREATED, name, thread)
    record(
        world,
        guild,
        AuditAction.THREAD_CREATE,
        actor.id,
        thread.id,
        reason=reason,
        changes=[change("name", None, name), change("type", None, int(thread.type))],
    )
    return thread


def change_thread(
    world: World,
    actor: User,
    thread: Thread,
    *,
    name: str | None = None,
    archived: bool | None = None,
    locked: bool | None = None,
    invitable: bool | None = None,
    auto_archive_minutes: int | None = None,
    slowmode_seconds: int | None = None,
    reason: str | None = None,
) -> None:
    """Rename, archive or lock a thread; None leaves a thing as it is.

    Raises:
        ApiError: 50013 for who neither owns the thread nor manages threads, 50083 for changing an
            archived one without unarchiving it.
    """
    granted = access.require(world, actor.id, thread, Permission.VIEW_CHANNEL)
    manages = bool(granted & Permission.MANAGE_THREADS)
    only_unarchives = archived is False and locked is None and name is None and not thread.locked
    allowed = manages or (actor.id == thread.owner_id and locked is None and not thread.locked)
    if not allowed and not (only_unarchives and granted & Permission.SEND_MESSAGES):
        raise errors.missing_permissions()
    if thread.archived and archived is not False and name is not None:
        raise errors.archived_thread()
    wanted: JsonObject = {
        "name": name,
        "archived": archived,
        "locked": locked,
        "invitable": invitable,
        "auto_archive_minutes": auto_archive_minutes,
        "slowmode_seconds": slowmode_seconds,
    }
    changes = []
    for key, value in wanted.items():
        old = getattr(thread, key)
        if value is not None and value != old:
            changes.append(change(_AUDIT_KEYS.get(key, key), old, value))
            setattr(thread, key, value)
    if not changes:
        return
    if any(each["key"] == "archived" for each in changes):
        thread.archive_changed_at = world.clock.now()
    world.tell("THREAD_UPDATE", thread.payload(world.bot.id), channel=thread)
    record(
        world,
        world.guilds[thread.guild_id],
        AuditAction.THREAD_UPDATE,
        actor.id,
        thread.id,
        reason=reason,
        changes=changes,
    )


def delete(world: World, actor: User, thread: Thread, reason: str | None = None) -> None:
    """Delete a thread with all that is in it.

    Raises:
        ApiError: 50001, 50013.
    """
    access.require(world, actor.id, thread, Permission.MANAGE_THREADS)
    guild = world.guilds[thread.guild_id]
    payload: JsonObject = {
        "id": str(thread.id),
        "guild_id": str(thread.guild_id),
        "parent_id": str(thread.parent_id),
        "type": int(thread.type),
    }
    world.tell("THREAD_DELETE", payload, channel=thread)
    for message in thread.history:
        message.deleted = True
    del guild.threads[thread.id]
    del world.channels[thread.id]
    record(
        world,
        guild,
        AuditAction.THREAD_DELETE,
        actor.id,
        thread.id,
        reason=reason,
        changes=[change("name", thread.name, None)],
    )


_AUDIT_KEYS = {
    "auto_archive_minutes": "auto_archive_duration",
    "slowmode_seconds": "rate_limit_per_user",
}
