"""Who pressed, where, and what they may do: read at the moment of the press."""

from dataclasses import dataclass

import discord

from bot.discord_io.interactions.answers import Interaction
from bot.discord_io.standing import person, standing
from bot.errors import ConcordError
from bot.model.community import Community
from bot.model.standing import Person, Standing


class NotHereError(ConcordError):
    """Something cannot be done here, or not by whoever pressed; says why."""


@dataclass(frozen=True, slots=True)
class Here:
    """The server somebody pressed something on, and who they are there."""

    guild: discord.Guild
    community: Community
    member: discord.Member
    """As Discord read them for this very press."""
    person: Person

    async def standing(self, subject: int) -> Standing:
        """Return who may do what about somebody, asked of Discord now.

        Raises:
            discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: if Discord does not
                say who they are.
        """
        roles = [group.role.id for group in self.community.groups if group.role.id is not None]
        return await standing(self.guild, self.member, subject, self.community, roles)


async def here(interaction: Interaction) -> Here:
    """Return where something was pressed, and by whom.

    Raises:
        NotHereError: outside of servers, and where Concord is not set up.
    """
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    member = interaction.user
    if guild is None or not isinstance(member, discord.Member):
        raise NotHereError("This works on a server that Concord has been invited to.")
    community = await interaction.client.app.store.community(guild.id)
    if community is None:
        raise NotHereError(
            "Concord is not set up on this server yet: whoever runs it applies a community file."
        )
    return Here(guild, community, member, person(member, community))


async def as_staff(interaction: Interaction) -> Here:
    """Return where something was pressed, by a moderator or an admin.

    Raises:
        NotHereError: by anybody else, too.
    """
    place = await here(interaction)
    if not place.person.is_staff:
        raise NotHereError("Only the moderators of this server may do this.")
    return place


async def is_staff(interaction: Interaction) -> bool:
    """Whether a moderator or an admin asks; for lists of suggestions, which cannot say why not."""
    try:
        await as_staff(interaction)
    except NotHereError:
        return False
    return True
