"""One message as screening sees it: values only, no Discord objects."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Surface(StrEnum):
    """Where in a message a text stands; the value is the word used in output and storage."""

    CONTENT = "content"
    EMBED = "embed"
    """The text of an embed that the author's client or app wrote (title, description, fields)."""
    LINK_PREVIEW = "link-preview"
    """An embed that Discord made from a link."""
    FILE_NAME = "file-name"
    ALT_TEXT = "alt-text"
    FILE_TEXT = "file-text"
    """The beginning of an attached text file."""
    POLL = "poll"
    THREAD_TITLE = "thread-title"
    STICKER = "sticker"
    FORWARD = "forward"
    REPLY = "reply"
    """The text of the post replied to; never the author's own words."""
    COMPONENT = "component"
    """Text in buttons and containers that an app posted."""

    @property
    def borrowed(self) -> bool:
        """Whether the words there are somebody else's: such findings only ask a moderator."""
        return self in _BORROWED


_BORROWED = frozenset({Surface.LINK_PREVIEW, Surface.FORWARD, Surface.REPLY})


class AuthorKind(StrEnum):
    """Who stands behind a post, as far as consequences go."""

    MEMBER = "member"
    STAFF = "staff"
    """Named at setup, or may manage the server: at most noted."""
    APP = "app"
    """A bot or webhook that posts for nobody: a post may be removed, nobody is sanctioned."""


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a post and where it stands."""

    surface: Surface
    text: str
    """Raw, as Discord gave it; offsets of evidence are code points of this string."""


@dataclass(frozen=True, slots=True)
class PostFile:
    """A file attached to a post: where it can be fetched from while the post stands."""

    id: int
    """Discord's id of the attachment."""
    name: str
    address: str
    size: int
    """Bytes."""
    kind: str
    """Its media type, as Discord says; may be empty."""


@dataclass(frozen=True, slots=True)
class Post:
    """One version of one message.

    Law: two posts with the same ``id`` are versions of the same message.
    """

    id: int
    """The message's snowflake."""
    guild: int
    channel: int
    """Where the message stands; a thread's own id for a post in a thread."""
    author: int
    parts: tuple[Part, ...]
    """In the order a reader meets them; may be empty."""
    at: datetime
    """When it was written; aware UTC."""
    board: str | None = None
    """The name of the board the channel belongs to; None for an unmapped channel."""
    groups: frozenset[str] = frozenset()
    """Names of the author's Community Groups."""
    author_kind: AuthorKind = AuthorKind.MEMBER
    edited_at: datetime | None = None
    """Aware UTC; None for a message as first written."""
    answers: bool = False
    """Whether it answers another post by Discord's reply; whose words never stand in its parts."""
    files: tuple[PostFile, ...] = ()
    """What is attached; read by nobody who screens."""
    remembered: bool = True
    """False keeps the post out of what is compared across posts (no author is known)."""
