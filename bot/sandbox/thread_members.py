"""Who is in a thread."""

from bot.sandbox import access, errors
from bot.sandbox.channels import Thread, ThreadMembership
from bot.sandbox.messages import Message
from bot.sandbox.permissions import Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import World


def add(world: World, actor: User, thread: Thread, user: User) -> None:
    """Add somebody to a thread, or join it.

    Raises:
        ApiError: 50001, 50013 for a private thread that takes no invitations, 50083 when archived,
            10007 for who is not in the guild.
    """
    access.require(world, actor.id, thread, Permission.VIEW_CHANNEL)
    if thread.archived:
        raise errors.archived_thread()
    if actor is not user and not _may_invite(world, actor, thread):
        raise errors.missing_permissions()
    if user.id not in world.guilds[thread.guild_id].members:
        raise errors.unknown_member()
    _add(world, thread, user)


def remove(world: World, actor: User, thread: Thread, user: User) -> None:
    """Remove somebody from a thread, or leave it.

    Raises:
        ApiError: 50001, 50013, 50083.
    """
    granted = access.require(world, actor.id, thread, Permission.VIEW_CHANNEL)
    if thread.archived:
        raise errors.archived_thread()
    owns = thread.is_private and thread.owner_id == actor.id
    if actor is not user and not owns and not granted & Permission.MANAGE_THREADS:
        raise errors.missing_permissions()
    if user.id not in thread.members:
        return
    # Told before the membership ends: the bot still hears that it was removed itself.
    payload = _change(thread, len(thread.members) - 1)
    world.tell(
        "THREAD_MEMBERS_UPDATE",
        {**payload, "removed_member_ids": [str(user.id)]},
        channel=thread,
    )
    del thread.members[user.id]


def take_part(world: World, thread: Thread, message: Message) -> None:
    """Put the author of a message into its thread, and whom it mentions and who may come in."""
    if message.webhook_id is None:
        _add(world, thread, message.author)
    if not _may_invite(world, message.author, thread):
        return
    guild = world.guilds[thread.guild_id]
    parent = world.parent_of(thread)
    for user in message.mentions:
        if user.id in guild.members and access.sees(world, user.id, parent):
            _add(world, thread, user)


def _may_invite(world: World, actor: User, thread: Thread) -> bool:
    granted = access.permissions(world, actor.id, thread)
    if not granted & Permission.SEND_MESSAGES:
        return False
    if not thread.is_private or thread.invitable or thread.owner_id == actor.id:
        return True
    return bool(granted & Permission.MANAGE_THREADS)


def _add(world: World, thread: Thread, user: User) -> None:
    if user.id in thread.members:
        return
    membership = thread.members[user.id] = ThreadMembership(user.id, world.clock.now())
    if user is world.bot:
        world.tell("THREAD_CREATE", thread.payload(user.id), channel=thread)
    member = world.guilds[thread.guild_id].members[user.id]
    added = {**membership.payload(thread.id), "member": member.payload(), "presence": None}
    payload = _change(thread, len(thread.members))
    world.tell("THREAD_MEMBERS_UPDATE", {**payload, "added_members": [added]}, channel=thread)


def _change(thread: Thread, count: int) -> JsonObject:
    return {
        "id": str(thread.id),
        "guild_id": str(thread.guild_id),
        "member_count": min(count, 50),
        "added_members": [],
        "removed_member_ids": [],
    }
