"""The people, rooms and guilds of the simulation, as a test or the demo plays them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.sandbox import access, errors, membership, posting, rooms, threads
from bot.sandbox.channels import AnyChannel, Channel, ChannelType, Thread
from bot.sandbox.drafts import Draft, File
from bot.sandbox.guilds import Guild, Member, Role
from bot.sandbox.message_form import poll_payload
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


class ChannelHandle:
    """A room of a guild, or a thread in one."""

    def __init__(self, guild: "GuildHandle", state: Channel | Thread) -> None:
        self.guild = guild
        self.state = state

    @property
    def id(self) -> int:
        """The channel's id."""
        return self.state.id

    @property
    def name(self) -> str:
        """The channel's name."""
        return self.state.name

    @property
    def mention(self) -> str:
        """The text that links here."""
        return self.state.mention

    def messages(self) -> list[Message]:
        """Return what is still there, oldest first."""
        return list(self.state.history)

    def history_texts(self) -> list[str]:
        """Return the words of what is still there, oldest first."""
        return [message.content for message in self.state.history]

    async def allow(
        self,
        who: "Role | MemberHandle",
        allow: Permission = Permission.NONE,
        deny: Permission = Permission.NONE,
    ) -> None:
        """Give a role or a member an overwrite here, as the owner."""
        if isinstance(self.state, Thread):
            raise errors.wrong_channel_type()
        overwrite = overwrite_for(who, allow, deny)
        rooms.set_overwrite(self.guild.world, self.guild.owner.user, self.state, overwrite)

    async def rename(self, name: str) -> None:
        """Rename the channel or thread, as the owner."""
        if isinstance(self.state, Thread):
            threads.change_thread(
                self.guild.world, self.guild.owner.user, self.state, name=name
            )
        else:
            rooms.change_channel(self.guild.world, self.guild.owner.user, self.state, name=name)

    async def change_topic(self, topic: str) -> None:
        """Change the channel's topic, as the owner."""
        if isinstance(self.state, Thread):
            raise errors.wrong_channel_type()
        rooms.change_channel(self.guild.world, self.guild.owner.user, self.state, topic=topic)

    async def delete(self) -> None:
        """Delete the channel or thread, as the owner."""
        if isinstance(self.state, Thread):
            threads.delete(self.guild.world, self.guild.owner.user, self.state)
        else:
            rooms.delete_channel(self.guild.world, self.guild.owner.user, self.state)

    async def archive(self, *, locked: bool = False) -> None:
        """Archive the thread, as the owner."""
        if not isinstance(self.state, Thread):
            raise errors.wrong_channel_type()
        threads.change_thread(
            self.guild.world,
            self.guild.owner.user,
            self.state,
            archived=True,
            locked=True if locked else None,
        )

    async def webhook_says(
        self, content: str, *, name: str = "webhook", at: datetime | None = None
    ) -> Message:
        """Post as a webhook, under a name that it chooses."""
        webhook = User(self.guild.world.snowflakes.next(), name, None, bot=True)
        return posting.post(
            self.guild.world,
            webhook,
            self.state,
            Draft(content=content, webhook_id=webhook.id, at=at),
        )


class MemberHandle:
    """A person, or another bot, in one guild."""

    def __init__(self, guild: "GuildHandle", user: User) -> None:
        self.guild = guild
        self.user = user

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """The text that mentions this person."""
        return self.user.mention

    @property
    def member(self) -> Member:
        """The membership; `ApiError` 10007 for who has left."""
        return membership.member_of(self.guild.state, self.user.id)

    @property
    def is_timed_out(self) -> bool:
        """Whether a timeout is running."""
        until = self.member.timed_out_until
        return until is not None and until > self.guild.world.clock.now()

    async def says(
        self,
        where: ChannelHandle,
        content: str = "",
        *,
        reply_to: Message | None = None,
        forwards: Message | None = None,
        files: Sequence[File] = (),
        embeds: Sequence[JsonObject] = (),
        stickers: Iterable[str] = (),
        poll: tuple[str, list[str]] | None = None,
        at: datetime | None = None,
    ) -> Message:
        """Post something.

        Args:
            where: the channel or thread.
            content: the words.
            reply_to: the message answered.
            forwards: the message forwarded, from wherever this person sees it.
            files: to attach.
            embeds: what a link shows; people's own messages get them from links only.
            stickers: the names of stickers.
            poll: a question with its answers.
            at: when; None means now. Only its place in the history and its time differ.

        Raises:
            ApiError: this person may not, as on Discord.
        """
        world = self.guild.world
        draft = Draft(
            content=content,
            reply_to=reply_to,
            forwards=forwards,
            files=files,
            embeds=[{"type": "rich", **embed} for embed in embeds],
            sticker_items=[
                {"id": str(world.snowflakes.next()), "name": name, "format_type": 1}
                for name in stickers
            ],
            poll=None if poll is None else poll_payload(world, *poll),
            at=at,
        )
        message = posting.post(world, self.user, where.state, draft)
        # What people see here, the bot is sent by now: let its socket be written to.
        await self.guild.sim.breathe()
        return message

    async def edits(self, message: Message, content: str) -> Message:
        """Change the words of a message of one's own."""
        posting.edit(self.guild.world, self.user, message, content)
        await self.guild.sim.breathe()
        return message

    async def deletes(self, message: Message) -> None:
        """Delete a message; another's needs the permission."""
        posting.delete(self.guild.world, self.user, message)
        await self.guild.sim.breathe()

    async def deletes_in_bulk(self, messages: Sequence[Message]) -> None:
        """Delete several messages of one channel at once."""
        channel = self.guild.world.channels[messages[0].channel_id]
        ids = [message.id for message in messages]
        posting.delete_bulk(self.guild.world, self.user, channel, ids)
        await self.guild.sim.breathe()

    async def starts_thread(
        self,
        where: ChannelHandle,
        name: str,
        *,
        message: Message | None = None,
        private: bool = False,
    ) -> ChannelHandle:
        """Make a thread, from a message or of its own."""
        thread = threads.create(
            self.guild.world, self.user, where.state, name, private=private, message=message
        )
        return ChannelHandle(self.guild, thread)

    async def adds_to_thread(self, thread: ChannelHandle, other: "MemberHandle | User") -> None:
        """Add somebody to a thread."""
        if not isinstance(thread.state, Thread):
            raise errors.wrong_channel_type()
        user = other.user if isinstance(other, MemberHandle) else other
        threads.add_member(self.guild.world, self.user, thread.state, user)

    async def closes_dms(self) -> None:
        """Take no direct messages any more."""
        self.user.takes_dms = False

    async def opens_dms(self) -> None:
        """Take direct messages again."""
        self.user.takes_dms = True

    def dms(self) -> list[Message]:
        """Return what the bot wrote to this person and is still there, newest last."""
        channel = self.guild.world.direct.get(self.user.id)
        bot = self.guild.world.bot
        history = [] if channel is None else list(channel.history)
        return [message for message in history if message.author is bot]

    async def writes_to_bot(self, content: str) -> Message:
        """Send the bot a direct message."""
        channel = membership.direct_channel(self.guild.world, self.user)
        return posting.post(self.guild.world, self.user, channel, Draft(content=content))

    def sees(self, channel: ChannelHandle | AnyChannel) -> bool:
        """Say whether this person sees a channel."""
        state = channel.state if isinstance(channel, ChannelHandle) else channel
        return access.sees(self.guild.world, self.user.id, state)

    async def leaves(self) -> None:
        """Leave the guild."""
        membership.leave(self.guild.world, self.guild.state, self.user)

    async def joins(self) -> None:
        """Come back after leaving, without the roles of before."""
        membership.join(self.guild.world, self.guild.state, self.user)

    async def gets_role(self, role: Role) -> None:
        """Be given a role by the owner."""
        await self._set_roles([*self.member.role_ids, role.id])

    async def loses_role(self, role: Role) -> None:
        """Have a role taken by the owner."""
        await self._set_roles([each for each in self.member.role_ids if each != role.id])

    async def times_out(
        self, other: "MemberHandle", duration: timedelta, reason: str | None = None
    ) -> None:
        """Time another member out, as a moderator does."""
        until = self.guild.world.clock.now() + duration
        membership.time_out(
            self.guild.world, self.user, self.guild.state, other.member, until, reason
        )

    async def kicks(self, other: "MemberHandle", reason: str | None = None) -> None:
        """Remove another member."""
        membership.kick(self.guild.world, self.user, self.guild.state, other.member, reason)

    async def changes_nick(self, nick: str | None) -> None:
        """Take another nickname in the guild."""
        membership.rename(
            self.guild.world, self.user, self.guild.state, self.member, nick
        )

    async def changes_display_name(self, name: str) -> None:
        """Take another display name everywhere."""
        membership.change_display_name(self.guild.world, self.user, name)

    async def _set_roles(self, role_ids: list[int]) -> None:
        membership.set_roles(
            self.guild.world, self.guild.owner.user, self.guild.state, self.member, role_ids
        )


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
        role = rooms.create_role(
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
        return rooms.create_role(
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
        rooms.change_role(
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
        rooms.delete_role(self.world, self.owner.user, self.state, role)

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
        for state in (*self.state.channels.values(), *self.state.threads.values()):
            if state.name == name:
                return ChannelHandle(self, state)
        raise KeyError(f"{self.name} has no channel or thread named {name}")

    def threads(self) -> list[ChannelHandle]:
        """Return all threads, oldest first."""
        return [ChannelHandle(self, thread) for thread in self.state.threads.values()]

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
            type=kind,
            category=parent,
            overwrites=overwrites,
            topic=topic,
        )
        return ChannelHandle(self, channel)


def overwrite_for(
    who: Role | MemberHandle,
    allow: Permission = Permission.NONE,
    deny: Permission = Permission.NONE,
) -> Overwrite:
    """Return an overwrite for a role or a member."""
    kind = OverwriteKind.ROLE if isinstance(who, Role) else OverwriteKind.MEMBER
    return Overwrite(who.id, kind, allow, deny)
