"""What somebody wants to post, before it is a message."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.messages import Message, MessageType
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User

CONTENT_LIMIT = 2000
"""Code points of a message (Discord's documentation, resource "Message", 2026-08)."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to attach.

    Attributes:
        description: the alternative text of an image.
    """

    name: str
    data: bytes
    description: str | None = None
    title: str | None = None
    content_type: str | None = None


@dataclass(slots=True)
class MentionRules:
    """Whom a message may notify; None means whoever it names (``allowed_mentions``)."""

    everyone: bool = True
    user_ids: frozenset[int] | None = None
    role_ids: frozenset[int] | None = None
    replied_user: bool = True


@dataclass(slots=True)
class Draft:
    """A message to be posted.

    Attributes:
        at: when it was posted; None means now. Aware, and usually in the past.
        forwards: a message to forward; then nothing else is said.
        enforce_nonce: with the nonce of an earlier message, give that one back instead.
        webhook_id: the webhook by which it is posted.
        on_behalf_of: whose command makes an app post it.
        interaction: what made the bot post it, as Discord writes that.
        kind: the type of the message; None: as it follows from the rest.
    """

    content: str = ""
    embeds: list[JsonObject] = field(default_factory=list)
    files: Sequence[File] = ()
    components: list[JsonObject] = field(default_factory=list)
    sticker_items: list[JsonObject] = field(default_factory=list)
    poll: JsonObject | None = None
    reply_to: Message | None = None
    forwards: Message | None = None
    flags: int = 0
    tts: bool = False
    nonce: str | int | None = None
    enforce_nonce: bool = False
    webhook_id: int | None = None
    on_behalf_of: User | None = None
    interaction: JsonObject | None = None
    kind: MessageType | None = None
    mentions: MentionRules = field(default_factory=MentionRules)
    at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to post."""
        return not (
            self.content.strip()
            or self.embeds
            or self.files
            or self.components
            or self.sticker_items
            or self.poll
            or self.forwards
        )
