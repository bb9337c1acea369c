"""Who may do what to whom on a server, read at the moment a button or command is pressed."""

from collections.abc import Iterable

import discord

from bot.discord_io.measures import NO_ACCOUNT, NO_MEMBER
from bot.discord_io.refusals import FLAGS
from bot.discord_io.requests import UNANSWERED
from bot.model.community import Community, Place
from bot.model.standing import Person, Power, Standing


async def standing(
    guild: discord.Guild,
    actor: discord.Member,
    subject: int,
    community: Community,
    roles: Iterable[int] = (),
) -> Standing:
    """Return the standing of those a decision is about.

    The subject is asked of Discord; only where it does not answer, what was heard of them last
    counts.

    Args:
        guild: where.
        actor: who presses, as the interaction brought them: Discord read them just now.
        subject: who it is about, member or not.
        community: names the roles of moderators and admins.
        roles: roles that would be given or taken.

    Raises:
        discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: if Discord cannot say who
            the subject is, and nothing was heard of them.
    """
    return Standing(
        actor=person(actor, community),
        subject=await _subject(guild, subject, community),
        concord=person(guild.me, community),
        powers=powers(guild.me),
        role_ranks=role_ranks(guild, roles),
    )


def person(member: discord.Member, community: Community) -> Person:
    """Return a member's place on their server."""
    roles = frozenset(role.id for role in member.roles)
    held = _held(member)
    owner = member.id == member.guild.owner_id
    return Person(
        user=member.id,
        name=member.display_name,
        is_bot=member.bot,
        is_owner=owner,
        is_moderator=bool(roles & _ids(community.moderators)),
        is_admin=owner or held.manage_guild or bool(roles & _ids(community.admins)),
        is_administrator=owner or held.administrator,
        rank=member.top_role.position,
        roles=roles,
        top_role=member.top_role.name,
    )


def powers(me: discord.Member) -> frozenset[Power]:
    """Return what Concord is permitted on a server."""
    allowed = me.guild_permissions
    return frozenset(power for power, flag in FLAGS.items() if getattr(allowed, flag))


def role_ranks(guild: discord.Guild, roles: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return the positions of roles; one that is not there any more is left out."""
    known = ((role, guild.get_role(role)) for role in dict.fromkeys(roles))
    return tuple((role, one.position) for role, one in known if one is not None)


async def _subject(guild: discord.Guild, subject: int, community: Community) -> Person:
    known = guild.get_member(subject)
    try:
        return person(await guild.fetch_member(subject), community)
    except discord.NotFound as error:
        if error.code not in (NO_MEMBER, NO_ACCOUNT):
            raise
        return await _stranger(guild, subject)
    except (discord.HTTPException, *UNANSWERED):
        if known is None:
            raise
        return person(known, community)


async def _stranger(guild: discord.Guild, subject: int) -> Person:
    """Return an account that is no member: what is left to know is its name, and if it is a bot."""
    owner = subject == guild.owner_id
    try:
        user = await guild._state._get_client().fetch_user(subject)  # noqa: SLF001 - no public seam
    except discord.NotFound:
        return Person(subject, str(subject), is_member=False, is_account=False)
    return Person(subject, user.display_name, is_member=False, is_bot=user.bot, is_owner=owner)


def _held(member: discord.Member) -> discord.Permissions:
    """Return what a member's roles permit; also of one who is timed out, unlike discord.py's."""
    value = 0
    for role in member.roles:
        value |= role.permissions.value
    held = discord.Permissions(value)
    return discord.Permissions.all() if held.administrator else held


def _ids(places: Iterable[Place]) -> set[int]:
    return {place.id for place in places if place.id is not None}
