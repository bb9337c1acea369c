"""Messages and what they carry."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag

from bot.sandbox.seam import JsonObject
from bot.sandbox.snowflake import created_at, iso
from bot.sandbox.users import User


class MessageType(IntEnum):
    """Discord's message types that the simulation makes."""

    DEFAULT = 0
    PINNED = 6
    JOIN = 7
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_MENU_COMMAND = 23
    AUTO_MODERATION_ACTION = 24


_SHOWING_ANOTHER = frozenset({MessageType.REPLY, MessageType.THREAD_STARTER})


class MessageFlag(IntFlag):
    """Message flags that the simulation sets itself."""

    NONE = 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    HAS_SNAPSHOT = 1 << 14
    IS_COMPONENTS_V2 = 1 << 15


class ReferenceKind(IntEnum):
    """What a message does with another one."""

    REPLY = 0
    FORWARD = 1


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file on a message, and where its bytes are served."""

    id: int
    filename: str
    content_type: str
    data: bytes
    url: str
    description: str | None = None
    title: str | None = None

    def payload(self) -> JsonObject:
        """Return the attachment as Discord writes it."""
        payload: JsonObject = {
            "id": str(self.id),
            "filename": self.filename,
            "size": len(self.data),
            "url": self.url,
            "proxy_url": self.url,
            "content_type": self.content_type,
        }
        if self.description is not None:
            payload["description"] = self.description
        if self.title is not None:
            payload["title"] = self.title
        return payload


@dataclass(frozen=True, slots=True)
class Reference:
    """What a message answers, forwards or announces.

    Attributes:
        message_id: None where a message announces a thread, which then is `channel_id`.
    """

    kind: ReferenceKind
    channel_id: int
    message_id: int | None
    guild_id: int | None

    def payload(self) -> JsonObject:
        """Return the reference as Discord writes it."""
        payload: JsonObject = {
            "type": int(self.kind),
            "channel_id": str(self.channel_id),
        }
        if self.message_id is not None:
            payload["message_id"] = str(self.message_id)
        if self.guild_id is not None:
            payload["guild_id"] = str(self.guild_id)
        return payload


@dataclass(slots=True, eq=False)
class Message:
    """One message.

    Attributes:
        guild_id: None in direct messages.
        snapshots: what a forward shows of the messages it forwards.
        referenced: the message replied to; it may have been deleted since.
        webhook_id: the webhook that posted it; the author then is the webhook itself.
        interaction_metadata: whose command made an app post it.
        deleted: True once it is gone from the channel.
        versions: the contents before each edit, oldest first.
    """

    id: int
    channel_id: int
    guild_id: int | None
    author: User
    content: str = ""
    type: MessageType = MessageType.DEFAULT
    embeds: list[JsonObject] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    components: list[JsonObject] = field(default_factory=list)
    sticker_items: list[JsonObject] = field(default_factory=list)
    poll: JsonObject | None = None
    snapshots: list[JsonObject] = field(default_factory=list)
    reference: Reference | None = None
    referenced: "Message | None" = None
    mentions: list[User] = field(default_factory=list)
    mention_role_ids: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    flags: int = 0
    tts: bool = False
    pinned: bool = False
    webhook_id: int | None = None
    application_id: int | None = None
    interaction_metadata: JsonObject | None = None
    edited_at: datetime | None = None
    thread_id: int | None = None
    nonce: str | int | None = None
    deleted: bool = False
    versions: list[str] = field(default_factory=list)

    @property
    def is_ephemeral(self) -> bool:
        """Whether only one person sees it: an answer to something that person set in motion."""
        return bool(self.flags & MessageFlag.EPHEMERAL)

    @property
    def is_loading(self) -> bool:
        """Whether it stands for an answer that is still to come."""
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def sent_at(self) -> datetime:
        """When the message was sent, as its id says; aware UTC."""
        return created_at(self.id)

    def body(self) -> JsonObject:
        """Return what the message says, without where and by whom: what a forward shows."""
        body: JsonObject = {
            "type": int(self.type),
            "content": self.content,
            "mentions": [user.payload() for user in self.mentions],
            "mention_roles": [str(role_id) for role_id in self.mention_role_ids],
            "attachments": [attachment.payload() for attachment in self.attachments],
            "embeds": self.embeds,
            "timestamp": iso(self.sent_at),
            "edited_timestamp": None if self.edited_at is None else iso(self.edited_at),
            "flags": self.flags,
            "components": self.components,
        }
        if self.sticker_items:
            body["sticker_items"] = self.sticker_items
        return body

    def payload(self, *, with_referenced: bool = True) -> JsonObject:
        """Return the message as REST answers with it; never with its nonce."""
        payload: JsonObject = {
            **self.body(),
            "id": str(self.id),
            "channel_id": str(self.channel_id),
            "author": self.author.payload(),
            "pinned": self.pinned,
            "mention_everyone": self.mention_everyone,
            "tts": self.tts,
        }
        if self.poll is not None:
            payload["poll"] = self.poll
        if self.webhook_id is not None:
            payload["webhook_id"] = str(self.webhook_id)
        if self.application_id is not None:
            payload["application_id"] = str(self.application_id)
        if self.interaction_metadata is not None:
            payload["interaction_metadata"] = self.interaction_metadata
        if self.snapshots:
            payload["message_snapshots"] = self.snapshots
        if self.reference is not None:
            payload["message_reference"] = self.reference.payload()
            if self.type in _SHOWING_ANOTHER and with_referenced:
                # Discord: null where the message replied to is deleted.
                payload["referenced_message"] = (
                    None
                    if self.referenced is None or self.referenced.deleted
                    else self.referenced.payload(with_referenced=False)
                )
        return payload
