"""The state of the simulated Discord, and the one way by which its changes are told.

Only the modules of the acts (posting, threading, membership, …) change what is in here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.sandbox import access
from bot.sandbox.audit import AuditLog
from bot.sandbox.channels import AnyChannel, Channel, DirectChannel, Thread
from bot.sandbox.clock import SimClock
from bot.sandbox.guilds import Guild
from bot.sandbox.intents import Intent
from bot.sandbox.interactions.register import Interactions
from bot.sandbox.messages import Attachment, Message
from bot.sandbox.seam import JsonObject
from bot.sandbox.snowflake import Snowflakes
from bot.sandbox.users import User


@dataclass(slots=True)
class Application:
    """The one app that connects, as its owner set it up in the developer portal.

    Attributes:
        token: the bot's token.
        allowed_intents: privileged intents that are switched on; others end in close code 4014.
        shards: how many shards ``GET /gateway/bot`` recommends.
    """

    id: int
    name: str
    token: str
    owner: User
    allowed_intents: Intent = Intent.GUILD_MEMBERS | Intent.MESSAGE_CONTENT | Intent.GUILD_PRESENCES
    shards: int = 1


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, before it is known which sessions hear of it.

    Attributes:
        guild_id: None for what happens outside guilds (direct messages).
        message_id: the message it is about, for measuring latency.
    """

    name: str
    payload: JsonObject
    guild_id: int | None
    message_id: int | None = None


class Screen(Protocol):
    """Who looks at what people write: Discord's own AutoMod."""

    def before(self, author: User, channel: AnyChannel, content: str) -> None:
        """Look before something is posted or edited; an `ApiError` prevents it."""
        ...

    def after(self, message: Message) -> None:
        """Look at what is posted or edited."""
        ...


@dataclass
class World:
    """Everything that is there."""

    clock: SimClock
    snowflakes: Snowflakes
    app: Application
    bot: User
    base_url: str = ""
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, AnyChannel] = field(default_factory=dict)
    direct: dict[int, DirectChannel] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    audit: AuditLog = field(default_factory=AuditLog)
    nonces: dict[tuple[int, int, str], tuple[Message, int]] = field(default_factory=dict)
    interactions: Interactions = field(default_factory=Interactions)
    screen: Screen | None = None
    listeners: list[Callable[[Event], None]] = field(default_factory=list)

    def guild_of(self, channel: AnyChannel) -> Guild | None:
        """Return a channel's guild; None for direct messages."""
        return None if isinstance(channel, DirectChannel) else self.guilds[channel.guild_id]

    def parent_of(self, thread: Thread) -> Channel:
        """Return the channel that a thread is in."""
        return self.guilds[thread.guild_id].channels[thread.parent_id]

    def message_payload(self, message: Message) -> JsonObject:
        """Return a message as REST and gateway show it, with the thread it started."""
        payload = message.payload()
        thread = None if message.thread_id is None else self.channels.get(message.thread_id)
        if isinstance(thread, Thread):
            payload["thread"] = thread.payload()
        return payload

    def tell(
        self,
        name: str,
        payload: JsonObject,
        *,
        guild: Guild | None = None,
        channel: AnyChannel | None = None,
        message_id: int | None = None,
    ) -> None:
        """Tell the bot's sessions of something, where the bot may know of it.

        Args:
            name: the gateway's name of the event.
            payload: its data; must not be changed afterwards.
            guild: where it happened; the bot must be a member.
            channel: the channel that the bot must be able to see; implies the guild.
            message_id: the message it is about.
        """
        if channel is not None:
            if not access.sees(self, self.bot.id, channel):
                return
            guild = self.guild_of(channel)
        elif guild is not None and self.bot.id not in guild.members:
            return
        self.announce(Event(name, payload, None if guild is None else guild.id, message_id))

    def announce(self, event: Event) -> None:
        """Hand an event to whoever listens, without asking who may see it."""
        for listener in self.listeners:
            listener(event)
