"""Posting, editing and deleting messages: the acts of people and of the bot alike."""

import mimetypes
import re
from datetime import timedelta
from urllib.parse import quote

from bot.sandbox import access, errors, nonces
from bot.sandbox.audit import AuditAction, record
from bot.sandbox.channels import AnyChannel, Channel, ChannelType, DirectChannel, Thread
from bot.sandbox.drafts import CONTENT_LIMIT, Draft, File, MentionRules
from bot.sandbox.messages import (
    Attachment,
    Message,
    MessageFlag,
    MessageType,
    Reference,
    ReferenceKind,
)
from bot.sandbox.permissions import Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.snowflake import at_ms
from bot.sandbox.users import User
from bot.sandbox.world import World

BULK_DELETE_AGE = timedelta(days=14)
"""Older messages cannot be deleted in bulk (Discord's documentation, resource "Message")."""

_USER_MENTION_RE = re.compile(r"<@!?(?P<id>[0-9]{15,20})>")
_ROLE_MENTION_RE = re.compile(r"<@&(?P<id>[0-9]{15,20})>")
_EVERYONE_RE = re.compile(r"@(?:everyone|here)\b")


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
    message = _compose(world, author, channel, draft, granted)
    channel.history.add(message)
    if draft.nonce is not None:
        nonces.remember(world, author.id, channel.id, draft.nonce, message)
    if isinstance(channel, Thread):
        channel.total_sent += 1
        _wake(world, channel)
    _tell_created(world, channel, message)
    return message


def edit(world: World, actor: User, message: Message, content: str | None) -> None:
    """Change the words of a message and tell of it.

    Raises:
        ApiError: 50005 for another's message, 50035 for too long ones, 50006 for empty ones.
    """
    require_own(world, actor, message)
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
        if not (
            content.strip() or message.embeds or message.attachments or message.components
        ):
            raise errors.empty_message()
        message.versions.append(message.content)
        message.content = content
        _read_mentions(world, world.channels[message.channel_id], message, MentionRules())
    message.edited_at = world.clock.now()
    tell_updated(world, message)


def require_own(world: World, actor: User, message: Message) -> AnyChannel:
    """Make sure that a message may be edited by somebody; return its channel.

    Raises:
        ApiError: 50001, 50005, 50083, 10008.
    """
    channel = access.visible(world, actor.id, message.channel_id)
    if message.deleted:
        raise errors.unknown_message()
    if message.author is not actor or message.webhook_id is not None:
        raise errors.not_the_author()
    if isinstance(channel, Thread) and channel.archived:
        raise errors.archived_thread()
    return channel


def tell_updated(world: World, message: Message) -> None:
    """Tell of a message as it now is: after an edit, or a link's preview."""
    channel = world.channels[message.channel_id]
    world.tell(
        "MESSAGE_UPDATE",
        event_payload(world, channel, message),
        channel=channel,
        message_id=message.id,
    )


def delete(world: World, actor: User, message: Message, reason: str | None = None) -> None:
    """Delete a message; another's needs MANAGE_MESSAGES and goes into the audit log.

    Raises:
        ApiError: 10008, 50001, 50013; 50003 in direct messages, where nobody deletes another's.
    """
    channel = access.visible(world, actor.id, message.channel_id)
    if channel.history.get(message.id) is None:
        raise errors.unknown_message()
    if isinstance(channel, Thread) and channel.archived:
        raise errors.archived_thread()
    if message.author is not actor:
        if isinstance(channel, DirectChannel):
            raise errors.wrong_in_direct_messages()
        access.require(world, actor.id, channel, Permission.MANAGE_MESSAGES)
    _forget(channel, message)
    payload: JsonObject = {"id": str(message.id), "channel_id": str(channel.id)}
    guild = world.guild_of(channel)
    if guild is not None:
        payload["guild_id"] = str(guild.id)
    world.tell("MESSAGE_DELETE", payload, channel=channel, message_id=message.id)
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
    if not 2 <= len(message_ids) <= 100:
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


def attach(world: World, channel_id: int, files: list[File]) -> list[Attachment]:
    """Store files so that their bytes are served, and return them as attachments."""
    attachments = []
    for file in files:
        attachment_id = world.snowflakes.next()
        # Discord keeps letters, digits, dots, dashes and underscores of a name.
        name = re.sub(r"[^\w.-]+", "_", file.name) or "file"
        guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
        attachment = Attachment(
            attachment_id,
            name,
            file.content_type or guessed,
            file.data,
            f"{world.base_url}/cdn/attachments/{channel_id}/{attachment_id}/{quote(name)}",
            file.description,
            file.title,
        )
        world.attachments[attachment_id] = attachment
        attachments.append(attachment)
    return attachments


def _may_post(world: World, author: User, channel: AnyChannel, draft: Draft) -> Permission:
    if isinstance(channel, Channel) and channel.type is ChannelType.CATEGORY:
        raise errors.not_a_text_channel()
    if draft.webhook_id is not None:
        return Permission.VIEW_CHANNEL | Permission.MENTION_EVERYONE
    if isinstance(channel, DirectChannel):
        _may_write_to(world, author, channel)
    granted = access.require(world, author.id, channel, Permission.SEND_MESSAGES)
    needed = Permission.NONE
    if draft.files:
        needed |= Permission.ATTACH_FILES
    if draft.embeds and author.bot:
        needed |= Permission.EMBED_LINKS
    if draft.poll is not None:
        needed |= Permission.SEND_POLLS
    if granted & needed != needed:
        raise errors.missing_permissions()
    if draft.reply_to is not None and not granted & Permission.READ_MESSAGE_HISTORY:
        raise errors.no_reply_without_history()
    if isinstance(channel, Thread) and channel.locked and not granted & Permission.MANAGE_THREADS:
        raise errors.locked_thread()
    return granted


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
    message = Message(
        id=world.snowflakes.next(draft.at),
        channel_id=channel.id,
        guild_id=None if guild is None else guild.id,
        author=author,
        content=draft.content,
        embeds=draft.embeds,
        attachments=attach(world, channel.id, list(draft.files)),
        components=draft.components,
        sticker_items=draft.sticker_items,
        poll=draft.poll,
        flags=draft.flags,
        tts=draft.tts,
        webhook_id=draft.webhook_id,
        application_id=draft.application_id,
        nonce=draft.nonce,
    )
    if draft.reply_to is not None:
        message.type = MessageType.REPLY
        message.referenced = draft.reply_to
        message.reference = _refer(ReferenceKind.REPLY, draft.reply_to)
    if draft.forwards is not None:
        message.content = ""
        message.reference = _refer(ReferenceKind.FORWARD, draft.forwards)
        message.snapshots = [{"message": draft.forwards.body()}]
        message.flags |= MessageFlag.HAS_SNAPSHOT
    rules = draft.mentions
    if not granted & Permission.MENTION_EVERYONE:
        rules = MentionRules(False, rules.user_ids, rules.role_ids, rules.replied_user)
    _read_mentions(world, channel, message, rules)
    return message


def _refer(kind: ReferenceKind, other: Message) -> Reference:
    return Reference(kind, other.channel_id, other.id, other.guild_id)


def _read_mentions(
    world: World, channel: AnyChannel, message: Message, rules: MentionRules
) -> None:
    ids = [int(found["id"]) for found in _USER_MENTION_RE.finditer(message.content)]
    if rules.user_ids is not None:
        ids = [user_id for user_id in ids if user_id in rules.user_ids]
    if message.referenced is not None and rules.replied_user:
        ids.append(message.referenced.author.id)
    message.mentions = [
        world.users[user_id] for user_id in dict.fromkeys(ids) if user_id in world.users
    ]
    guild = world.guild_of(channel)
    if guild is None:
        return
    role_ids = [int(found["id"]) for found in _ROLE_MENTION_RE.finditer(message.content)]
    message.mention_role_ids = [
        role_id
        for role_id in dict.fromkeys(role_ids)
        if role_id in guild.roles
        and (rules.role_ids is None or role_id in rules.role_ids)
        and (guild.roles[role_id].mentionable or rules.everyone)
    ]
    message.mention_everyone = rules.everyone and bool(_EVERYONE_RE.search(message.content))


def _tell_created(world: World, channel: AnyChannel, message: Message) -> None:
    payload = event_payload(world, channel, message)
    if message.nonce is not None:
        payload["nonce"] = message.nonce
    world.tell("MESSAGE_CREATE", payload, channel=channel, message_id=message.id)


def _forget(channel: AnyChannel, message: Message) -> None:
    channel.history.remove(message.id)
    message.deleted = True


def _wake(world: World, thread: Thread) -> None:
    """Unarchive a thread that somebody writes in, as Discord does."""
    if not thread.archived:
        return
    thread.archived = False
    thread.archive_changed_at = world.clock.now()
    world.tell("THREAD_UPDATE", thread.payload(world.bot.id), channel=thread)
