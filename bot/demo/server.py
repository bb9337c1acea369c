"""The simulated server that a community file describes, with a script's people on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.demo.script import Person
from bot.model.community import Community
from bot.sandbox import ChannelHandle, GuildHandle, MemberHandle, Permission, Simulation
from bot.sandbox.guilds import Role

_MODERATOR = Permission.MANAGE_MESSAGES | Permission.MODERATE_MEMBERS
_ADMIN = _MODERATOR | Permission.MANAGE_GUILD


@dataclass(frozen=True, slots=True)
class SimulatedServer:
    """A server, its boards, its moderators' log and its people."""

    guild: GuildHandle
    boards: Mapping[str, ChannelHandle]
    """By the name of the board."""
    people: Mapping[str, MemberHandle]
    """By name."""
    log: ChannelHandle | None
    """The moderators' log, where the community names one."""


async def build_server(
    sim: Simulation, community: Community, people: Iterable[Person]
) -> SimulatedServer:
    """Make what a community file describes, as its admin would, and invite the bot."""
    guild = await sim.guild(community.name)
    staff = {place.name: await guild.role(place.name, _MODERATOR) for place in community.moderators}
    for place in community.admins:
        staff[place.name] = await guild.role(place.name, _ADMIN)
    groups = {group.name: await guild.role(group.role.name) for group in community.groups}
    boards = {
        board.name: await guild.channel(board.channel.name, topic=board.purpose or None)
        for board in community.boards
    }
    if community.public_log is not None and community.public_log.name not in boards:
        await guild.channel(community.public_log.name)
    closed = dict.fromkeys(place.name for place in community.excluded)
    if community.log is not None:
        closed[community.log.name] = None
    rooms = {name: await guild.staff_channel(name, *staff.values()) for name in closed}
    await guild.invite_bot()
    members = {
        person.name: await _member(guild, community, person, staff, groups) for person in people
    }
    log = rooms[community.log.name] if community.log is not None else None
    return SimulatedServer(guild, boards, members, log)


async def _member(
    guild: GuildHandle,
    community: Community,
    person: Person,
    staff: Mapping[str, Role],
    groups: Mapping[str, Role],
) -> MemberHandle:
    roles = [groups[name] for name in person.groups]
    if person.staff:
        roles.append(staff[community.moderators[0].name])
    member = await guild.member(person.name, roles=roles)
    if not person.takes_dms:
        await member.closes_dms()
    return member
