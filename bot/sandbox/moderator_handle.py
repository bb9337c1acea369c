"""What a person or another bot does to others in a guild, as a test or the demo plays it.

Each act needs the permission and the rank that Discord asks for, and is entered in the audit log
under the one who acts. Members and roles are named by their handles; who has left too.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox import bans, errors, member_roles, membership, overwrites, removal, roles
from bot.sandbox.channels import Channel
from bot.sandbox.guilds import Role
from bot.sandbox.messages import Message
from bot.sandbox.permissions import Overwrite, OverwriteKind, Permission
from bot.sandbox.users import User

if TYPE_CHECKING:
    from bot.sandbox.channel_handle import ChannelHandle
    from bot.sandbox.guild_handle import GuildHandle
    from bot.sandbox.member_handle import MemberHandle


class ModeratorHandle:
    """Somebody in one guild, as the one who acts on others."""

    def __init__(self, guild: "GuildHandle", user: User) -> None:
        self.guild = guild
        self.user = user
        self._world = guild.world
        self._state = guild.state

    async def bans(
        self,
        other: "MemberHandle | User",
        reason: str | None = None,
        *,
        delete: timedelta = timedelta(0),
    ) -> None:
        """Ban somebody, member or not; `delete`: how far back their messages go."""
        bans.ban(self._world, self.user, self._state, other.id, reason, delete)
        await self._breathe()

    async def bans_many(
        self, others: "Sequence[MemberHandle | User]", reason: str | None = None
    ) -> None:
        """Ban several at once."""
        user_ids = [other.id for other in others]
        bans.ban_many(self._world, self.user, self._state, user_ids, reason)
        await self._breathe()

    async def unbans(self, other: "MemberHandle | User", reason: str | None = None) -> None:
        """Lift a ban."""
        bans.unban(self._world, self.user, self._state, other.id, reason)
        await self._breathe()

    async def times_out(
        self, other: "MemberHandle", duration: timedelta, reason: str | None = None
    ) -> None:
        """Time a member out from now on, in place of a timeout that runs."""
        until = self._world.clock.now() + duration
        membership.time_out(self._world, self.user, self._state, other.member, until, reason)
        await self._breathe()

    async def ends_timeout(self, other: "MemberHandle", reason: str | None = None) -> None:
        """End a member's timeout."""
        membership.time_out(self._world, self.user, self._state, other.member, None, reason)
        await self._breathe()

    async def kicks(self, other: "MemberHandle", reason: str | None = None) -> None:
        """Remove a member, who may come back."""
        membership.kick(self._world, self.user, self._state, other.member, reason)
        await self._breathe()

    async def gives_role(
        self, other: "MemberHandle", role: Role, reason: str | None = None
    ) -> None:
        """Give a member a role; as another bot does for a member who asks it for one."""
        await self._sets_roles(other, [*other.member.role_ids, role.id], reason)

    async def takes_role(
        self, other: "MemberHandle", role: Role, reason: str | None = None
    ) -> None:
        """Take a role from a member."""
        kept = [each for each in other.member.role_ids if each != role.id]
        await self._sets_roles(other, kept, reason)

    async def deletes_role(self, role: Role) -> None:
        """Delete a role."""
        roles.delete_role(self._world, self.user, self._state, role)
        await self._breathe()

    async def sets_overwrite(
        self,
        channel: "ChannelHandle",
        who: "Role | MemberHandle",
        allow: Permission = Permission.NONE,
        deny: Permission = Permission.NONE,
        reason: str | None = None,
    ) -> None:
        """Give a channel an overwrite, in place of that for the same role or member."""
        kind = OverwriteKind.ROLE if isinstance(who, Role) else OverwriteKind.MEMBER
        overwrite = Overwrite(who.id, kind, allow, deny)
        overwrites.set_overwrite(self._world, self.user, _room(channel), overwrite, reason)
        await self._breathe()

    async def clears_overwrite(
        self,
        channel: "ChannelHandle",
        who: "Role | MemberHandle | User",
        reason: str | None = None,
    ) -> None:
        """Take away a channel's overwrite for a role or a member, who may have left."""
        overwrites.delete_overwrite(self._world, self.user, _room(channel), who.id, reason)
        await self._breathe()

    async def deletes(self, message: Message, reason: str | None = None) -> None:
        """Delete another's message; only an app can say why."""
        removal.delete(self._world, self.user, message, reason)
        await self._breathe()

    async def deletes_in_bulk(self, messages: Sequence[Message], reason: str | None = None) -> None:
        """Delete 2 to 100 messages of one channel at once, as only apps can."""
        channel = self._world.channels[messages[0].channel_id]
        ids = [message.id for message in messages]
        removal.delete_bulk(self._world, self.user, channel, ids, reason)
        await self._breathe()

    async def renames(
        self, other: "MemberHandle", nick: str | None, reason: str | None = None
    ) -> None:
        """Give a member a nickname, or take it."""
        membership.rename(self._world, self.user, self._state, other.member, nick, reason)
        await self._breathe()

    async def _sets_roles(
        self, other: "MemberHandle", role_ids: list[int], reason: str | None
    ) -> None:
        member_roles.set_roles(self._world, self.user, self._state, other.member, role_ids, reason)
        await self._breathe()

    async def _breathe(self) -> None:
        # What people see here, the bot is sent by now: let its socket be written to.
        await self.guild.sim.breathe()


def _room(channel: "ChannelHandle") -> Channel:
    if not isinstance(channel.state, Channel):
        raise errors.wrong_channel_type()
    return channel.state
