"""A room of the simulation, as a test or the demo plays it."""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.sandbox import errors, overwrites, posting, rooms, threads
from bot.sandbox.channels import Channel, Thread
from bot.sandbox.drafts import Draft
from bot.sandbox.guilds import Role
from bot.sandbox.messages import Message
from bot.sandbox.permissions import Overwrite, OverwriteKind, Permission
from bot.sandbox.rooms import ChannelEdit
from bot.sandbox.users import User

if TYPE_CHECKING:
    from bot.sandbox.guild_handle import GuildHandle
    from bot.sandbox.member_handle import MemberHandle


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
        overwrites.set_overwrite(self.guild.world, self.guild.owner.user, self.state, overwrite)

    def overwrite_of(self, who: "Role | MemberHandle | User") -> Overwrite | None:
        """Return the overwrite for a role or a user, who may have left; None: there is none."""
        return None if isinstance(self.state, Thread) else self.state.overwrites.get(who.id)

    async def rename(self, name: str) -> None:
        """Rename the channel or thread, as the owner."""
        if isinstance(self.state, Thread):
            threads.change_thread(self.guild.world, self.guild.owner.user, self.state, name=name)
        else:
            self._change(self.state, ChannelEdit(name=name))

    async def change_topic(self, topic: str) -> None:
        """Change the channel's topic, as the owner."""
        if isinstance(self.state, Thread):
            raise errors.wrong_channel_type()
        self._change(self.state, ChannelEdit(topic=topic))

    async def move(self, category: "ChannelHandle | None") -> None:
        """Move the channel into a category, or out of any, as the owner; overwrites stay."""
        if isinstance(self.state, Thread):
            raise errors.wrong_channel_type()
        self._change(self.state, ChannelEdit(category_id=0 if category is None else category.id))

    async def sync(self) -> None:
        """Take over the category's overwrites, as the owner."""
        if isinstance(self.state, Thread) or self.state.parent_id is None:
            raise errors.wrong_channel_type()
        category = self.guild.state.channels[self.state.parent_id]
        self._change(self.state, ChannelEdit(overwrites=dict(category.overwrites)))

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

    def _change(self, channel: Channel, edit: ChannelEdit) -> None:
        rooms.change_channel(self.guild.world, self.guild.owner.user, channel, edit)

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


def overwrite_for(
    who: "Role | MemberHandle",
    allow: Permission = Permission.NONE,
    deny: Permission = Permission.NONE,
) -> Overwrite:
    """Return an overwrite for a role or a member."""
    kind = OverwriteKind.ROLE if isinstance(who, Role) else OverwriteKind.MEMBER
    return Overwrite(who.id, kind, allow, deny)
