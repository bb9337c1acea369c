"""Posting and editing messages: the acts of people and of the bot alike.

It is long because posting and editing share each of their steps.
"""

from bot.sandbox import access, errors, nonces, thread_members
from bot.sandbox.channels import AnyChannel, Channel, ChannelType, DirectChannel, Thread
from bot.sandbox.drafts import CONTENT_LIMIT, Draft, MentionRules
from bot.sandbox.files import attach
from bot.sandbox.interactions.components import with_media
from bot.sandbox.mentions import read_mentions
from bot.sandbox.messages import (
    Message,
    MessageFlag,
    MessageType,
    Reference,
    ReferenceKind,
)
from bot.sandbox.permissions import Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import Event, World

_EDITABLE = frozenset(
    {
        MessageType.DEFAULT,
        MessageType.REPLY,
        MessageType.CHAT_INPUT_COMMAND,
        MessageType.CONTEXT_MENU_COMMAND,
    }
)


def post(world: World, author: User, channel: AnyChannel, draft: Draft) -> Message:
    """Post a message, or give back the one that an enforced nonce names.

    Raises:
        ApiError: as Discord would answer: what the author may not do, what is empty or too long.
    """
    granted = _may_post(world, author, channel, draft)
    if len(draft.content) > CONTENT_LIMIT:
        raise errors.invalid_form(
            {
                "content": errors.leaf(
                    "BASE_TYPE_MAX_LENGTH", f"Must be {CONTENT_LIMIT} or fewer in length."
                )
            }
        )
    if draft.is_empty:
        raise errors.empty_message()
    if draft.enforce_nonce and draft.nonce is not None:
        earlier = nonces.recall(world, author.id, channel.id, draft.nonce)
        if earlier is not None:
            return earlier
    if world.screen is None or draft.webhook_id is not None:
        return publish(world, author, channel, draft, granted)
    world.screen.before(author, channel, draft.content)
    message = publish(world, author, channel, draft, granted)
    world.screen.after(message)
    return message


def publish(
    world: World, author: User, channel: AnyChannel, draft: Draft, granted: Permission
) -> Message:
    """Post what may be posted, and tell of it; an ephemeral message enters no history."""
    message = _compose(world, author, channel, draft, granted)
    if message.is_ephemeral:
        _tell_created(world, channel, message)
        return message
    channel.history.add(message)
    if draft.nonce is not None:
        nonces.remember(world, author.id, channel.id, draft.nonce, message)
    if isinstance(channel, Thread):
        channel.total_sent += 1
        _wake(world, channel)
        thread_members.take_part(world, channel, message)
    _tell_created(world, channel, message)
    return message


def announce(
    world: World,
    actor: User,
    channel: AnyChannel,
    kind: MessageType,
    content: str,
    thread: Thread,
    message: Message | None = None,
) -> Message:
    """Let Discord itself post about a new thread: in its parent, or as its first message."""
    about = thread if message is None else world.channels[message.channel_id]
    announcement = Message(
        id=world.snowflakes.next(),
        channel_id=channel.id,
        guild_id=thread.guild_id,
        author=actor,
        content=content,
        type=kind,
        reference=Reference(
            ReferenceKind.REPLY,
            about.id,
            None if message is None else message.id,
            thread.guild_id,
        ),
        referenced=message,
    )
    channel.history.add(announcement)
    _tell_created(world, channel, announcement)
    return announcement


def edit(world: World, actor: User, message: Message, content: str | None) -> None:
    """Change the words of a message and tell of it.

    Raises:
        ApiError: 50005 for another's message, 50035 for too long ones, 50006 for empty ones.
    """
    require_own(world, actor, message)
    rewrite(world, message, content)


def rewrite(world: World, message: Message, content: str | None) -> None:
    """Change the words of a message that may be changed, and tell of it.

    Raises:
        ApiError: 50035 for too long ones, 50006 for empty ones.
    """
    if content is not None:
        if len(content) > CONTENT_LIMIT:
            raise errors.invalid_form(
                {
                    "content": errors.leaf(
                        "BASE_TYPE_MAX_LENGTH",
                        f"Must be {CONTENT_LIMIT} or fewer in length.",
                    )
                }
            )
        if not (content.strip() or message.embeds or message.attachments or message.components):
            raise errors.empty_message()
        if world.screen is not None:
            world.screen.before(message.author, world.channels[message.channel_id], content)
        message.versions.append(message.content)
        message.content = content
        read_mentions(world, world.channels[message.channel_id], message, MentionRules())
    message.edited_at = world.clock.now()
    tell_updated(world, message)
    if content is not None and world.screen is not None:
        world.screen.after(message)


def require_own(world: World, actor: User, message: Message) -> AnyChannel:
    """Make sure that a message may be edited by somebody; return its channel.

    Raises:
        ApiError: 50001, 50005, 50083, 10008.
    """
    channel = access.visible(world, actor.id, message.channel_id)
    if message.deleted:
        raise errors.unknown_message()
    # What the bot answered to commands was posted by its application, and is its own.
    if message.author is not actor or message.webhook_id not in {None, world.app.id}:
        raise errors.not_the_author()
    if message.type not in _EDITABLE:
        raise errors.system_message()
    if isinstance(channel, Thread) and channel.archived:
        raise errors.archived_thread()
    return channel


def tell_updated(world: World, message: Message) -> None:
    """Tell of a message as it now is: after an edit, or a link's preview."""
    channel = world.channels[message.channel_id]
    if message.is_ephemeral:
        _tell_privately(world, "MESSAGE_UPDATE", message)
        return
    world.tell(
        "MESSAGE_UPDATE",
        event_payload(world, channel, message),
        channel=channel,
        message_id=message.id,
    )


def event_payload(world: World, channel: AnyChannel, message: Message) -> JsonObject:
    """Return a message as a gateway event carries it: with guild and member."""
    payload = world.message_payload(message)
    payload["channel_type"] = int(channel.type)
    guild = world.guild_of(channel)
    if guild is not None:
        payload["guild_id"] = str(guild.id)
        member = guild.members.get(message.author.id)
        if member is not None and message.webhook_id is None:
            payload["member"] = member.partial_payload()
        payload["mentions"] = [
            {**user.payload(), "member": guild.members[user.id].partial_payload()}
            if user.id in guild.members
            else user.payload()
            for user in message.mentions
        ]
    return payload


def _may_post(world: World, author: User, channel: AnyChannel, draft: Draft) -> Permission:
    if world.channels.get(channel.id) is not channel:
        raise errors.unknown_channel()
    if isinstance(channel, Channel) and channel.type is ChannelType.CATEGORY:
        raise errors.not_a_text_channel()
    if draft.webhook_id is not None:
        return Permission.VIEW_CHANNEL | Permission.MENTION_EVERYONE
    if isinstance(channel, DirectChannel):
        _may_write_to(world, author, channel)
    granted = access.require(
        world, author.id, channel, Permission.SEND_MESSAGES | _needed_for(author, draft)
    )
    if draft.reply_to is not None and not granted & Permission.READ_MESSAGE_HISTORY:
        raise errors.no_reply_without_history()
    if isinstance(channel, Thread) and channel.locked and not granted & Permission.MANAGE_THREADS:
        raise errors.locked_thread()
    return granted


def _needed_for(author: User, draft: Draft) -> Permission:
    needed = Permission.NONE
    if draft.files:
        needed |= Permission.ATTACH_FILES
    # A person's embeds are previews of links: without the permission there simply are none.
    if draft.embeds and author.bot:
        needed |= Permission.EMBED_LINKS
    if draft.poll is not None:
        needed |= Permission.SEND_POLLS
    return needed


def _may_write_to(world: World, author: User, channel: DirectChannel) -> None:
    recipient = channel.recipient
    if author is not world.bot:
        return
    if recipient.bot or not recipient.takes_dms:
        raise errors.cannot_send_to_user()
    if not any(
        recipient.id in guild.members and author.id in guild.members
        for guild in world.guilds.values()
    ):
        raise errors.no_mutual_guild()


def _compose(
    world: World, author: User, channel: AnyChannel, draft: Draft, granted: Permission
) -> Message:
    guild = world.guild_of(channel)
    attachments = attach(world, channel.id, draft.files)
    by_app = draft.on_behalf_of is not None or draft.interaction is not None
    message = Message(
        id=world.snowflakes.next(draft.at),
        channel_id=channel.id,
        guild_id=None if guild is None else guild.id,
        author=author,
        content=draft.content,
        embeds=draft.embeds,
        attachments=attachments,
        components=with_media(draft.components, attachments),
        sticker_items=draft.sticker_items,
        poll=draft.poll,
        flags=draft.flags,
        tts=draft.tts,
        webhook_id=draft.webhook_id,
        application_id=author.id if by_app else None,
        interaction_metadata=draft.interaction or _invoked(world, draft.on_behalf_of),
        nonce=draft.nonce,
    )
    if draft.reply_to is not None:
        message.type = MessageType.REPLY
        message.referenced = draft.reply_to
        message.reference = _refer(ReferenceKind.REPLY, draft.reply_to)
    if draft.kind is not None:
        message.type = draft.kind
    if draft.forwards is not None:
        message.content = ""
        message.reference = _refer(ReferenceKind.FORWARD, draft.forwards)
        message.snapshots = [{"message": draft.forwards.body()}]
        message.flags |= MessageFlag.HAS_SNAPSHOT
    rules = draft.mentions
    if not granted & Permission.MENTION_EVERYONE:
        rules = MentionRules(False, rules.user_ids, rules.role_ids, rules.replied_user)
    read_mentions(world, channel, message, rules)
    return message


def _invoked(world: World, user: User | None) -> JsonObject | None:
    if user is None:
        return None
    return {
        "id": str(world.snowflakes.next()),
        "type": 2,
        "user": user.payload(),
        "authorizing_integration_owners": {"1": str(user.id)},
    }


def _refer(kind: ReferenceKind, other: Message) -> Reference:
    return Reference(kind, other.channel_id, other.id, other.guild_id)


def _tell_privately(world: World, name: str, message: Message) -> None:
    """Tell the bot of its own ephemeral message, as Discord does: like a direct message.

    Such events depend on the intent for direct messages and have neither guild nor member
    (Discord's documentation, topic "Gateway Events", Message Create, 2026-08).
    """
    world.announce(Event(name, world.message_payload(message), None, message.id))


def _tell_created(world: World, channel: AnyChannel, message: Message) -> None:
    if message.is_ephemeral:
        _tell_privately(world, "MESSAGE_CREATE", message)
        return
    payload = event_payload(world, channel, message)
    if message.nonce is not None:
        payload["nonce"] = message.nonce
    world.tell("MESSAGE_CREATE", payload, channel=channel, message_id=message.id)


def _wake(world: World, thread: Thread) -> None:
    """Unarchive a thread that somebody writes in, as Discord does."""
    if not thread.archived:
        return
    thread.archived = False
    thread.archive_changed_at = world.clock.now()
    world.tell("THREAD_UPDATE", thread.payload(world.bot.id), channel=thread)
