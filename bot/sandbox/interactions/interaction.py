"""One interaction: what somebody set in motion, and what has become of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from bot.sandbox.channels import AnyChannel
from bot.sandbox.interactions.commands import OptionKind
from bot.sandbox.messages import Message
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User

TOKEN_LIFE = timedelta(minutes=15)
"""How long an interaction can be answered by its token, in simulated time (Discord's
documentation, topic "Receiving and Responding", 2026-08)."""


class InteractionKind(IntEnum):
    """What was set in motion."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class CallbackKind(IntEnum):
    """How the bot answers first."""

    PONG = 1
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """One suggestion for an option that is being typed."""

    name: str
    value: str | int | float


@dataclass(frozen=True, slots=True)
class Shown:
    """How a message looked to the person at some moment.

    Attributes:
        loading: the bot "is thinking".
        gone: it was taken away.
    """

    message_id: int
    content: str
    embeds: tuple[JsonObject, ...]
    components: tuple[JsonObject, ...]
    filenames: tuple[str, ...]
    ephemeral: bool
    loading: bool
    gone: bool = False


@dataclass(slots=True, eq=False)
class Modal:
    """A form that the bot opened for somebody.

    Attributes:
        opened_by: the interaction that it answers.
        sent: it was submitted, and the bot took it; it is closed.
    """

    custom_id: str
    title: str
    components: list[JsonObject]
    opened_by: "Interaction"
    sent: bool = False


@dataclass(slots=True, eq=False)
class Interaction:
    """What somebody set in motion.

    Attributes:
        at: simulated time; the token lives from here.
        asked_at: monotonic seconds; the first answer is due from here.
        due_at: monotonic seconds until which the first answer is taken.
        metadata: as messages that follow from this carry it.
        source: the message whose button or menu was used, or whose form was submitted.
        focused: the kind of the option that suggestions are for.
        form: the form that was submitted.
        answered_at: monotonic seconds of the first answer.
        original: the first answer as a message; for an update the message updated.
        replies: further messages by its token, oldest first.
        shown: every look of every message of it, in order.
        finished: it was answered for good: nothing is left to wait for.
    """

    id: int
    kind: InteractionKind
    token: str = field(repr=False)
    user: User
    channel: AnyChannel
    guild_id: int | None
    at: datetime
    asked_at: float
    due_at: float
    metadata: JsonObject
    name: str = ""
    source: Message | None = None
    focused: OptionKind | None = None
    form: Modal | None = None
    answer: CallbackKind | None = None
    answered_at: float | None = None
    original: Message | None = None
    replies: list[Message] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    modal: Modal | None = None
    choices: list[Choice] | None = None
    finished: bool = False

    def is_expired(self, now: datetime) -> bool:
        """Say whether its token has run out."""
        return now - self.at >= TOKEN_LIFE

    def has_failed(self, now: float) -> bool:
        """Say whether the first answer did not come in time; `now`: monotonic seconds."""
        return self.answer is None and now >= self.due_at

    def message(self, message_id: int) -> Message | None:
        """Return a message that belongs to this interaction and is still there."""
        for message in (self.original, *self.replies):
            if message is not None and message.id == message_id and not message.deleted:
                return message
        return None

    def note(self, message: Message) -> None:
        """Keep how a message now looks."""
        self.shown.append(
            Shown(
                message.id,
                message.content,
                tuple(message.embeds),
                tuple(message.components),
                tuple(attachment.filename for attachment in message.attachments),
                message.is_ephemeral,
                message.is_loading,
                message.deleted,
            )
        )
