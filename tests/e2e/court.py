"""A guild whose moderators decide: orders by the real commands, and what Discord shows then."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self

from bot.model.community import Board, Community, CommunityGroup, Place, Umbrella
from bot.model.mode import Posture
from bot.sandbox import Simulation, access
from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.guild_handle import BOT_PERMISSIONS
from bot.sandbox.guilds import Role
from bot.sandbox.interactions.components import ComponentKind, kind_of, walk
from bot.sandbox.interactions.options import Value
from bot.sandbox.interactions.outcome import InteractionHandle
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.messages import Message
from bot.sandbox.permissions import Overwrite, Permission
from tests.e2e.answers import explained
from tests.e2e.town import Town

SPEAK = Permission((1 << 21) | (1 << 9))
"""Speak and Video, which the simulation does not know by name."""

RIGHTS = BOT_PERMISSIONS | Permission.ADD_REACTIONS | Permission.MANAGE_THREADS | SPEAK
"""What Concord needs for all that it does."""

MODERATES = Permission.MODERATE_MEMBERS | Permission.BAN_MEMBERS | Permission.MANAGE_MESSAGES
"""What moderators may do by hand, and what lets them see the commands."""

WORKSHOP, DESIGNERS = "Workshop", "Design Portfolio"
"""The board that is a category, and the group."""

REFERENCE = re.compile(r"\bC-(\d+)\b")


@dataclass(repr=False)
class Court(Town):
    """A town with a board that is a category, a public log and moderators who may decide."""

    workshop: ChannelHandle
    """A category that is a board."""
    followed: ChannelHandle
    """A channel in it that is in step with it."""
    apart: ChannelHandle
    """A channel in it with overwrites of its own."""
    public: ChannelHandle
    """The public log."""
    concord: Role
    """Concord's own role."""
    bystander: MemberHandle
    """A member whom nothing may concern."""
    pending: InteractionHandle | None = None
    """The preview that the moderator confirmed last."""

    @classmethod
    async def build(cls, sim: Simulation, name: str, posture: Posture = Posture.ACT) -> Self:
        """Make the guild and invite the bot."""
        guild = await sim.guild(name)
        moderators = await guild.role("Moderator", MODERATES, position=60)
        designers = await guild.role(DESIGNERS, position=5)
        general = await guild.channel("general")
        workshop = await guild.category("workshop")
        followed = await guild.channel("workshop-talk", category=workshop)
        apart = await guild.channel("workshop-tools", category=workshop)
        await apart.allow(guild.everyone, deny=Permission.ATTACH_FILES)
        public = await guild.channel("decisions")
        log = await guild.staff_channel("mod-log", moderators)
        me = await guild.invite_bot(RIGHTS)
        community = Community(
            name=name,
            posture=posture,
            boards=(
                Board("General", Place("general", general.id)),
                Board(WORKSHOP, Place("workshop", workshop.id)),
            ),
            groups=(
                CommunityGroup(
                    DESIGNERS, Umbrella.INDUSTRY, Place(DESIGNERS, designers.id), frozenset()
                ),
            ),
            exceptions=(),
            moderators=(Place("Moderator", moderators.id),),
            log=Place("mod-log", log.id),
            public_log=Place("decisions", public.id),
        )
        concord = next(role for role in guild.state.roles.values() if role.id in me.member.role_ids)
        return cls(
            guild=guild,
            general=general,
            showcase=followed,
            lounge=public,
            log=log,
            moderator_role=moderators,
            designers=designers,
            moderator=await guild.member("Mo", roles=[moderators]),
            community=community,
            workshop=workshop,
            followed=followed,
            apart=apart,
            public=public,
            concord=concord,
            bystander=await guild.member("Bea", roles=[designers]),
        )

    async def member(self, name: str) -> MemberHandle:
        """Make a member of the group, with a permission of their own in one channel."""
        ada = await self.guild.member(name, roles=[self.designers])
        await self.apart.allow(ada, allow=Permission.EMBED_LINKS)
        return ada

    async def decides(
        self, command: str, where: ChannelHandle | None = None, /, **options: Value
    ) -> InteractionHandle:
        """Have the moderator call a command and confirm what is previewed.

        Returns:
            What the moderator saw last.
        """
        asked = await self.moderator.slash(command, where, **options)
        return await self.confirms(await asked.answered())

    async def confirms(self, asked: InteractionHandle) -> InteractionHandle:
        """Have the moderator press Confirm where they are asked to."""
        if not offers(asked, "Confirm"):
            return asked
        self.pending = asked
        return await explained(self.moderator, await self.moderator.press(asked, label="Confirm"))

    async def lacks(self, right: Permission) -> None:
        """Take a permission from Concord's role."""
        await self.guild.change_role(self.concord, permissions=RIGHTS & ~right)

    async def may_not_write(self) -> None:
        """Let Concord no longer write on the board where posts stand."""
        await self.general.allow(self.concord, deny=Permission.SEND_MESSAGES)

    async def has_all_rights(self) -> None:
        """Give Concord all its permissions back."""
        await self.guild.change_role(self.concord, permissions=RIGHTS)
        if self.general.overwrite_of(self.concord) is not None:
            await self.general.allow(self.concord)

    def writes(self, who: MemberHandle, channel: ChannelHandle) -> bool:
        """Whether somebody may write in a channel, by Discord's own arithmetic."""
        held = access.permissions(self.guild.world, who.id, channel.state)
        return Permission.SEND_MESSAGES in held

    def overwrites(self, who: MemberHandle) -> Mapping[str, Overwrite | None]:
        """Return somebody's own overwrites by the name of the channel."""
        channels = (self.general, self.workshop, self.followed, self.apart, self.public)
        return {channel.name: channel.overwrite_of(who) for channel in channels}

    def told(self, who: MemberHandle, numbers: Collection[int]) -> list[Message]:
        """Return the notices a member got, by direct message or in private threads of their cases.

        Who is banned or has left is in no thread any more; so cases are named.
        """
        ours_of = tuple(f" · C-{number} · " for number in numbers)
        threads = [
            one
            for one in self.guild.state.threads.values()
            if any(case in one.name for case in ours_of)
        ]
        places = [who.dms(), *(list(thread.history) for thread in threads)]
        ours = self.guild.world.bot
        return [one for place in places for one in place if one.author is ours and one.embeds]

    def lines(self, who: MemberHandle) -> list[str]:
        """Return the lines of the moderators' log about a member, as they stand now."""
        return [text for text in self.log_texts() if f"<@{who.id}>" in text]

    def public_lines(self, number: int) -> list[str]:
        """Return the titles of the public log's lines about a case."""
        titles = [str(one.embeds[0]["title"]) for one in self.public.messages() if one.embeds]
        return [title for title in titles if title.startswith(f"C-{number} ")]


def offers(seen: InteractionHandle, label: str) -> bool:
    """Whether what somebody sees has a button of that label that can be pressed."""
    if seen.failed or not seen.messages:
        return False
    buttons = [one for one in walk(seen.message.components) if kind_of(one) is ComponentKind.BUTTON]
    return any(one.get("label") == label and not one.get("disabled") for one in buttons)


def case_number(seen: InteractionHandle) -> int:
    """Return the number of the case that an answer names first."""
    found = REFERENCE.search(seen.text)
    assert found is not None, f"no case is named in: {seen.text}"
    return int(found[1])


def tokens_of(messages: list[Message]) -> list[str]:
    """Return the visible references of messages: each names one intent."""
    return [footer_of(one) for one in messages if one.embeds]


def footer_of(message: Message) -> str:
    """Return what stands under a message of Concord's: the case and the token."""
    footer = message.embeds[0].get("footer")
    return str(footer["text"]) if isinstance(footer, dict) else ""
