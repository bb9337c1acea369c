"""A person of the simulation, as a test or the demo plays them.

It is over 300 lines long because it lists everything that a person can do; each act is a line or
two, and what it does stands elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.sandbox import (
    access,
    errors,
    member_roles,
    membership,
    posting,
    removal,
    thread_members,
    threads,
)
from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.channels import AnyChannel, DirectChannel, Thread
from bot.sandbox.drafts import Draft, File
from bot.sandbox.guilds import Member, Role
from bot.sandbox.interactions.acts import InteractionActs, Where
from bot.sandbox.interactions.interaction import Choice, Modal
from bot.sandbox.interactions.options import Value
from bot.sandbox.interactions.outcome import InteractionHandle
from bot.sandbox.interactions.pressing import Chosen
from bot.sandbox.interactions.submitting import Filled
from bot.sandbox.messages import Message
from bot.sandbox.moderator_handle import ModeratorHandle
from bot.sandbox.polls import poll_payload
from bot.sandbox.seam import JsonObject
from bot.sandbox.users import User

if TYPE_CHECKING:
    from bot.sandbox.guild_handle import GuildHandle


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
    def is_member(self) -> bool:
        """Whether this person is in the guild now."""
        return self.user.id in self.guild.state.members

    @property
    def timeout_until(self) -> datetime | None:
        """When the running timeout ends, also of who has left; None: none is running."""
        state = self.guild.state
        member = state.members.get(self.user.id)
        until = state.kept_timeouts.get(self.user.id) if member is None else member.timed_out_until
        return until if until is not None and until > self.guild.world.clock.now() else None

    @property
    def is_timed_out(self) -> bool:
        """Whether a timeout is running, also for who has left."""
        return self.timeout_until is not None

    @property
    def is_banned(self) -> bool:
        """Whether this person is banned from the guild."""
        return self.user.id in self.guild.state.bans

    @property
    def as_moderator(self) -> ModeratorHandle:
        """What this person, or other bot, does to others here."""
        return ModeratorHandle(self.guild, self.user)

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
        on_behalf_of: "MemberHandle | None" = None,
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
            on_behalf_of: for a bot: whose command makes it post this.
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
            on_behalf_of=None if on_behalf_of is None else on_behalf_of.user,
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
        removal.delete(self.guild.world, self.user, message)
        await self.guild.sim.breathe()

    async def deletes_in_bulk(self, messages: Sequence[Message]) -> None:
        """Delete several messages of one channel at once."""
        channel = self.guild.world.channels[messages[0].channel_id]
        ids = [message.id for message in messages]
        removal.delete_bulk(self.guild.world, self.user, channel, ids)
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
        thread_members.add(self.guild.world, self.user, thread.state, user)

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
        return posting.post(self.guild.world, self.user, self.inbox, Draft(content=content))

    @property
    def inbox(self) -> DirectChannel:
        """The direct messages with the bot, opened where need be; commands can be called there."""
        return membership.direct_channel(self.guild.world, self.user)

    async def slash(self, name: str, where: Where = None, /, **options: Value) -> InteractionHandle:
        """Call a command as typed, subcommands included: ``slash("case show", number=1)``."""
        return await self._acts.slash(name, where, options)

    async def autocomplete(
        self,
        name: str,
        where: Where = None,
        /,
        *,
        focused: str,
        text: str,
        **options: Value,
    ) -> list[Choice]:
        """Type into one option of a command, the others filled in; return what is suggested."""
        return await self._acts.autocomplete(name, where, focused, text, options)

    async def menu(
        self, name: str, target: "Message | MemberHandle | User", where: Where = None
    ) -> InteractionHandle:
        """Choose a command from the context menu of a message or a person."""
        return await self._acts.menu(name, target, where)

    async def press(
        self,
        what: Message | InteractionHandle,
        *,
        label: str | None = None,
        custom_id: str | None = None,
    ) -> InteractionHandle:
        """Press a button of a message, or of what an interaction was answered with."""
        return await self._acts.press(what, label, custom_id)

    async def choose(
        self, what: Message | InteractionHandle, chosen: Chosen, *, custom_id: str | None = None
    ) -> InteractionHandle:
        """Choose from a menu of a message, or of what an interaction was answered with."""
        return await self._acts.choose(what, chosen, custom_id)

    async def submit(
        self, form: Modal | InteractionHandle, filled: Mapping[str, Filled] | None = None
    ) -> InteractionHandle:
        """Send a form that was opened; fields are named by label or custom id."""
        return await self._acts.submit(form, filled or {})

    @property
    def _acts(self) -> InteractionActs:
        return InteractionActs(self.guild.sim, self.guild.state, self.user)

    def sees(self, channel: ChannelHandle | AnyChannel) -> bool:
        """Say whether this person sees a channel."""
        state = channel.state if isinstance(channel, ChannelHandle) else channel
        return access.sees(self.guild.world, self.user.id, state)

    async def leaves(self) -> None:
        """Leave the guild."""
        membership.leave(self.guild.world, self.guild.state, self.user)

    async def deletes_account(self) -> None:
        """Delete the account, everywhere and for good."""
        membership.delete_account(self.guild.world, self.user)
        await self.guild.sim.breathe()

    async def joins(self) -> None:
        """Come back after leaving, without the roles of before; `ApiError` 40007 for the banned."""
        membership.join(self.guild.world, self.guild.state, self.user)

    async def gets_role(self, role: Role) -> None:
        """Be given a role by the owner."""
        await self.guild.owner.as_moderator.gives_role(self, role)

    async def loses_role(self, role: Role) -> None:
        """Have a role taken by the owner."""
        await self.guild.owner.as_moderator.takes_role(self, role)

    async def picks_role(self, role: Role) -> None:
        """Take a role by the guild's onboarding: the log then names the member as the actor."""
        member_roles.pick_roles(
            self.guild.world, self.guild.state, self.member, [*self.member.role_ids, role.id]
        )
        await self.guild.sim.breathe()

    async def drops_role(self, role: Role) -> None:
        """Give a role back by the guild's onboarding."""
        kept = [each for each in self.member.role_ids if each != role.id]
        member_roles.pick_roles(self.guild.world, self.guild.state, self.member, kept)
        await self.guild.sim.breathe()

    async def times_out(
        self, other: "MemberHandle", duration: timedelta, reason: str | None = None
    ) -> None:
        """Time another member out, as a moderator does."""
        await self.as_moderator.times_out(other, duration, reason)

    async def kicks(self, other: "MemberHandle", reason: str | None = None) -> None:
        """Remove another member."""
        await self.as_moderator.kicks(other, reason)

    async def changes_nick(self, nick: str | None) -> None:
        """Take another nickname in the guild."""
        membership.rename(self.guild.world, self.user, self.guild.state, self.member, nick)

    async def changes_display_name(self, name: str) -> None:
        """Take another display name everywhere."""
        membership.change_display_name(self.guild.world, self.user, name)
