"""A guild of the simulation, with what its owner does in it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.sandbox import errors, membership, posting, roles, rooms
from bot.sandbox.automod_handle import AutomodHandle
from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.channels import Channel, ChannelType, Thread
from bot.sandbox.guilds import Guild, Role
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.messages import Message
from bot.sandbox.permissions import ALL, Overwrite, OverwriteKind, Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User

if TYPE_CHECKING:
    from bot.sandbox.simulation import Simulation

BOT_PERMISSIONS = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MANAGE_MESSAGES
    | Permission.MODERATE_MEMBERS
    | Permission.BAN_MEMBERS
    | Permission.KICK_MEMBERS
    | Permission.MANAGE_ROLES
    | Permission.VIEW_AUDIT_LOG
)
"""What a bot is invited with unless said otherwise."""


class GuildHandle:
    """A guild, with what its owner does in it."""

    def __init__(self, sim: "Simulation", state: Guild) -> None:
        self.sim = sim
        self.world = sim.world
        self.state = state

    @property
    def id(self) -> int:
        """The guild's id."""
        return self.state.id

    @property
    def name(self) -> str:
        """The guild's name."""
        return self.state.name

    @property
    def owner(self) -> MemberHandle:
        """The owner."""
        return MemberHandle(self, self.world.users[self.state.owner_id])

    @property
    def everyone(self) -> Role:
        """The role that everybody has."""
        return self.state.everyone

    async def join(
        self, user: User, roles: Sequence[Role] = (), joined_at: datetime | None = None
    ) -> MemberHandle:
        """Make a user a member."""
        membership.join(self.world, self.state, user, joined_at)
        handle = MemberHandle(self, user)
        for role in roles:
            await handle.gets_role(role)
        return handle

    async def member(
        self,
        name: str,
        *,
        roles: Sequence[Role] = (),
        bot: bool = False,
        joined_at: datetime | None = None,
    ) -> MemberHandle:
        """Make a person (or another bot) who is a member."""
        return await self.join(self.sim.user(name, bot=bot), roles, joined_at)

    async def members(self, names: Iterable[str]) -> list[MemberHandle]:
        """Make several people who are members."""
        return [await self.member(name) for name in names]

    async def invite_bot(
        self,
        permissions: Permission = BOT_PERMISSIONS,
        role_position: int = 100,
    ) -> MemberHandle:
        """Let the bot join, with a managed role of its own."""
        role = roles.create_role(
            self.world,
            self.owner.user,
            self.state,
            self.sim.app.name,
            permissions,
            position=role_position,
            bot_id=self.world.bot.id,
        )
        membership.join(self.world, self.state, self.world.bot, first_roles=[role.id])
        return MemberHandle(self, self.world.bot)

    async def remove_bot(self) -> None:
        """Kick the bot."""
        membership.leave(self.world, self.state, self.world.bot)

    async def role(
        self,
        name: str,
        permissions: Permission = Permission.NONE,
        *,
        position: int = 1,
        mentionable: bool = False,
    ) -> Role:
        """Make a role, as the owner."""
        return roles.create_role(
            self.world,
            self.owner.user,
            self.state,
            name,
            permissions,
            position=position,
            mentionable=mentionable,
        )

    async def administrator_role(self, name: str = "Admin", position: int = 50) -> Role:
        """Make a role that may do everything."""
        return await self.role(name, ALL, position=position)

    async def change_role(
        self,
        role: Role,
        *,
        name: str | None = None,
        permissions: Permission | None = None,
        position: int | None = None,
    ) -> None:
        """Change a role, as the owner."""
        roles.change_role(
            self.world,
            self.owner.user,
            self.state,
            role,
            name=name,
            permissions=permissions,
            position=position,
        )

    async def delete_role(self, role: Role) -> None:
        """Delete a role, as the owner."""
        roles.delete_role(self.world, self.owner.user, self.state, role)

    async def category(
        self, name: str, *, overwrites: Iterable[Overwrite] | None = None
    ) -> ChannelHandle:
        """Make a category, as the owner."""
        return await self._room(name, ChannelType.CATEGORY, None, overwrites, None)

    async def channel(
        self,
        name: str,
        *,
        category: ChannelHandle | None = None,
        overwrites: Iterable[Overwrite] | None = None,
        topic: str | None = None,
    ) -> ChannelHandle:
        """Make a text channel, as the owner; without overwrites it copies its category's."""
        return await self._room(name, ChannelType.TEXT, category, overwrites, topic)

    async def staff_channel(self, name: str, *roles: Role) -> ChannelHandle:
        """Make a channel that only these roles and the bot see."""
        seen = Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES
        overwrites = [
            Overwrite(self.id, OverwriteKind.ROLE, deny=Permission.VIEW_CHANNEL),
            Overwrite(self.world.bot.id, OverwriteKind.MEMBER, allow=seen),
            *(Overwrite(role.id, OverwriteKind.ROLE, allow=seen) for role in roles),
        ]
        return await self.channel(name, overwrites=overwrites)

    def find_channel(self, name: str) -> ChannelHandle:
        """Return the channel or thread of this name.

        Raises:
            KeyError: there is none.
        """
        states: list[Channel | Thread] = [
            *self.state.channels.values(),
            *self.state.threads.values(),
        ]
        for state in states:
            if state.name == name:
                return ChannelHandle(self, state)
        raise KeyError(f"{self.name} has no channel or thread named {name}")

    def threads(self) -> list[ChannelHandle]:
        """Return all threads, oldest first."""
        return [ChannelHandle(self, thread) for thread in self.state.threads.values()]

    @property
    def automod(self) -> AutomodHandle:
        """Discord's own AutoMod here."""
        return AutomodHandle(self)

    def audit_log(self) -> list[Mapping[str, object]]:
        """Return the audit log's entries, oldest first."""
        return [entry.payload() for entry in self.world.audit.of(self.id)]

    async def unfurls(self, message: Message, embeds: Sequence[JsonObject]) -> None:
        """Let Discord show what a message's links lead to: an update that is no edit."""
        message.embeds = [{"type": "link", **embed} for embed in embeds]
        posting.tell_updated(self.world, message)
        await self.sim.breathe()

    async def _room(
        self,
        name: str,
        kind: ChannelType,
        category: ChannelHandle | None,
        overwrites: Iterable[Overwrite] | None,
        topic: str | None,
    ) -> ChannelHandle:
        parent = None if category is None else category.state
        if parent is not None and not isinstance(parent, Channel):
            raise errors.wrong_channel_type()
        channel = rooms.create_channel(
            self.world,
            self.owner.user,
            self.state,
            name,
            kind=kind,
            category=parent,
            overwrites=overwrites,
            topic=topic,
        )
        return ChannelHandle(self, channel)
