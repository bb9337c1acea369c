"""A guild set up the way most tests need it: boards, a log, moderators, a Community Group."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from bot.model.case import Case
from bot.model.community import (
    Board,
    Community,
    CommunityGroup,
    Place,
    RuleException,
    Umbrella,
)
from bot.model.mode import Posture
from bot.ports import Store
from bot.sandbox import Simulation
from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.guild_handle import GuildHandle
from bot.sandbox.guilds import Role
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.permissions import Permission
from bot.storage import open_store

MODERATING = (
    Permission.MODERATE_MEMBERS
    | Permission.BAN_MEMBERS
    | Permission.MANAGE_MESSAGES
    | Permission.MANAGE_THREADS
)
"""What servers give their moderators; Discord offers them Concord's commands by it."""


@dataclass
class Town:
    """One guild and its handles."""

    guild: GuildHandle
    general: ChannelHandle
    showcase: ChannelHandle
    lounge: ChannelHandle
    """A channel everyone sees that is no board."""
    log: ChannelHandle
    moderator_role: Role
    designers: Role
    """The role of the group Design Portfolio, which may show its work on the board showcase."""
    moderator: MemberHandle
    community: Community

    @classmethod
    async def build(cls, sim: Simulation, name: str, posture: Posture = Posture.ACT) -> Self:
        """Make the guild and invite the bot."""
        guild = await sim.guild(name)
        moderator_role = await guild.role("Moderator", MODERATING, position=50)
        designers = await guild.role("Design Portfolio")
        general = await guild.channel("general")
        showcase = await guild.channel("showcase")
        lounge = await guild.channel("lounge")
        log = await guild.staff_channel("mod-log", moderator_role)
        await guild.invite_bot()
        community = Community(
            name=name,
            posture=posture,
            boards=(
                Board("General", Place("general", general.id)),
                Board("Showcase", Place("showcase", showcase.id)),
            ),
            groups=(
                CommunityGroup(
                    "Design Portfolio",
                    Umbrella.INDUSTRY,
                    Place("Design Portfolio", designers.id),
                    frozenset({"Showcase"}),
                ),
            ),
            exceptions=(RuleException("solicitation", group="Design Portfolio"),),
            moderators=(Place("Moderator", moderator_role.id),),
            log=Place("mod-log", log.id),
        )
        moderator = await guild.member("Mo", roles=[moderator_role])
        return cls(
            guild,
            general,
            showcase,
            lounge,
            log,
            moderator_role,
            designers,
            moderator,
            community,
        )

    async def settle_in(self, store: Store, sim: Simulation) -> None:
        """Store the community, as ``apply`` does."""
        now = sim.clock.now()
        await store.write(lambda tx: tx.set_community(self.guild.id, self.community, now))

    def log_titles(self) -> list[str]:
        """Titles of the lines in the moderators' log, oldest first."""
        return [embed["title"] for embed in self._lines()]

    def log_texts(self) -> list[str]:
        """Title and text of each line in the moderators' log, oldest first."""
        return [f"{embed['title']}\n{embed['description']}" for embed in self._lines()]

    def heads(self) -> list[str]:
        """Heads of the log of decisions that were posted, oldest first."""
        said = (embed["description"] for embed in self._embeds() if _is_head(embed))
        return [one for text in said for one in re.findall(r"--head ([0-9a-f]{64})", text)]

    def _lines(self) -> list[dict[str, Any]]:
        """All but the heads: those come at each midnight, whatever a test is about."""
        return [embed for embed in self._embeds() if not _is_head(embed)]

    def _embeds(self) -> list[dict[str, Any]]:
        return [embed for message in self.log.messages() for embed in message.embeds]


def _is_head(embed: dict[str, Any]) -> bool:
    return bool(embed["title"] == "The log of decisions, as it stands")


def notices(member: MemberHandle) -> list[str]:
    """Title and text of each direct message a member got, oldest first."""
    return [
        f"{embed['title']}\n{embed['description']}"
        for message in member.dms()
        for embed in message.embeds
    ]


@asynccontextmanager
async def opened(database: Path) -> AsyncIterator[Store]:
    """Open the database of a bot that is not running."""
    async with open_store(database) as store:
        yield store


async def cases_of(database: Path, town: Town) -> tuple[Case, ...]:
    """Return a guild's cases, oldest first, from the database of a bot that is not running."""
    async with opened(database) as store:
        return tuple(reversed(await store.cases(town.guild.id, 10_000)))
