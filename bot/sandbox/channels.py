"""Channels: rooms of a guild, threads in them, and direct messages."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from bot.sandbox.history import History
from bot.sandbox.permissions import Overwrite
from bot.sandbox.seam import JsonObject
from bot.sandbox.snowflake import iso
from bot.sandbox.users import User


class ChannelType(IntEnum):
    """Discord's channel types that the simulation knows."""

    TEXT = 0
    DM = 1
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12


@dataclass(slots=True, eq=False)
class Channel:
    """A text channel or a category of a guild."""

    id: int
    guild_id: int
    name: str
    type: ChannelType = ChannelType.TEXT
    parent_id: int | None = None
    position: int = 0
    topic: str | None = None
    nsfw: bool = False
    slowmode_seconds: int = 0
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    history: History = field(default_factory=History)

    @property
    def mention(self) -> str:
        """The text that links to this channel."""
        return f"<#{self.id}>"

    def payload(self) -> JsonObject:
        """Return the channel as Discord writes it."""
        payload: JsonObject = {
            "id": str(self.id),
            "type": int(self.type),
            "guild_id": str(self.guild_id),
            "name": self.name,
            "position": self.position,
            "flags": 0,
            "parent_id": None if self.parent_id is None else str(self.parent_id),
            "permission_overwrites": [o.payload() for o in self.overwrites.values()],
        }
        if self.type is not ChannelType.CATEGORY:
            payload |= {
                "topic": self.topic,
                "nsfw": self.nsfw,
                "rate_limit_per_user": self.slowmode_seconds,
                "last_message_id": self.history.newest_id_text(),
            }
        return payload


@dataclass(slots=True, eq=False)
class ThreadMembership:
    """A user's membership of a thread."""

    user_id: int
    joined_at: datetime

    def payload(self, thread_id: int) -> JsonObject:
        """Return the membership as Discord writes it."""
        return {
            "id": str(thread_id),
            "user_id": str(self.user_id),
            "join_timestamp": iso(self.joined_at),
            "flags": 0,
        }


@dataclass(slots=True, eq=False)
class Thread:
    """A thread in a text channel.

    Attributes:
        archive_changed_at: when it was last archived or unarchived, or made.
        total_sent: messages ever sent, deleted ones included, without the starter message.
    """

    id: int
    guild_id: int
    parent_id: int
    owner_id: int
    name: str
    type: ChannelType
    created_at: datetime
    archive_changed_at: datetime
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    auto_archive_minutes: int = 4320
    slowmode_seconds: int = 0
    total_sent: int = 0
    members: dict[int, ThreadMembership] = field(default_factory=dict)
    history: History = field(default_factory=History)

    @property
    def is_private(self) -> bool:
        """Whether only its members and those who manage threads see it."""
        return self.type is ChannelType.PRIVATE_THREAD

    @property
    def mention(self) -> str:
        """The text that links to this thread."""
        return f"<#{self.id}>"

    def payload(self, viewer_id: int | None = None) -> JsonObject:
        """Return the thread; with the viewer's own membership where there is one."""
        metadata: JsonObject = {
            "archived": self.archived,
            "archive_timestamp": iso(self.archive_changed_at),
            "auto_archive_duration": self.auto_archive_minutes,
            "locked": self.locked,
            "create_timestamp": iso(self.created_at),
        }
        if self.is_private:
            metadata["invitable"] = self.invitable
        payload: JsonObject = {
            "id": str(self.id),
            "type": int(self.type),
            "guild_id": str(self.guild_id),
            "parent_id": str(self.parent_id),
            "owner_id": str(self.owner_id),
            "name": self.name,
            "flags": 0,
            "rate_limit_per_user": self.slowmode_seconds,
            "last_message_id": self.history.newest_id_text(),
            "message_count": len(self.history),
            "total_message_sent": self.total_sent,
            # Discord stops counting a thread's members at 50 (resource "Channel", 2026-08).
            "member_count": min(len(self.members), 50),
            "thread_metadata": metadata,
        }
        if viewer_id is not None and viewer_id in self.members:
            payload["member"] = self.members[viewer_id].payload(self.id)
        return payload


@dataclass(slots=True, eq=False)
class DirectChannel:
    """The direct messages between the bot and one user."""

    id: int
    recipient: User
    history: History = field(default_factory=History)
    type: ChannelType = ChannelType.DM

    def payload(self) -> JsonObject:
        """Return the channel as the bot sees it."""
        return {
            "id": str(self.id),
            "type": int(self.type),
            "flags": 0,
            "last_message_id": self.history.newest_id_text(),
            "recipients": [self.recipient.payload()],
        }


AnyChannel = Channel | Thread | DirectChannel
