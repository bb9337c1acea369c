"""What ids in an interaction's data stand for: users, members, roles, channels, files."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.channels import AnyChannel
from bot.sandbox.drafts import File
from bot.sandbox.files import attach
from bot.sandbox.guilds import Role
from bot.sandbox.interactions.asking import channel_payload, member_payload, shown_message
from bot.sandbox.messages import Message
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User
from bot.sandbox.world import World

if TYPE_CHECKING:
    from bot.sandbox.member_handle import MemberHandle

Given: TypeAlias = "MemberHandle | User | Role | ChannelHandle | File"
"""What people choose by name and Discord sends as an id."""


class Resolved:
    """Collects what ids stand for.

    Args:
        channel: where the interaction happens.
        viewer: who set it in motion.
    """

    def __init__(self, world: World, channel: AnyChannel, viewer: User) -> None:
        self._world = world
        self._channel = channel
        self._viewer = viewer
        self._parts: dict[str, JsonObject] = {}

    def payload(self) -> JsonObject | None:
        """Return everything collected; None where there is nothing."""
        return dict(self._parts) or None

    def add(self, given: Given) -> str:
        """Keep what somebody chose; return its id as Discord sends it."""
        if isinstance(given, Role):
            return self._put("roles", given.id, given.payload())
        if isinstance(given, ChannelHandle):
            shown = channel_payload(self._world, given.state, self._viewer.id)
            return self._put("channels", given.id, shown)
        if isinstance(given, File):
            (attachment,) = attach(self._world, self._channel.id, [given])
            payload = {**attachment.payload(), "ephemeral": True}
            return self._put("attachments", attachment.id, payload)
        return self.add_user(given if isinstance(given, User) else given.user)

    def add_user(self, user: User) -> str:
        """Keep a user, and the membership where there is one."""
        guild = self._world.guild_of(self._channel)
        if guild is not None and user.id in guild.members:
            member = member_payload(self._world, guild.id, user.id, self._channel)
            # Without what the bot learns elsewhere (topic "Receiving and Responding", 2026-08).
            for key in ("deaf", "mute"):
                member.pop(key)
            self._put("members", user.id, member)
        return self._put("users", user.id, user.payload())

    def add_message(self, message: Message) -> str:
        """Keep a message."""
        return self._put("messages", message.id, shown_message(self._world, message))

    def add_all(self, given: Iterable[Given]) -> list[str]:
        """Keep several things; return their ids in the same order."""
        return [self.add(each) for each in given]

    def _put(self, kind: str, number: int, payload: JsonObject) -> str:
        self._parts.setdefault(kind, {})[str(number)] = payload
        return str(number)
