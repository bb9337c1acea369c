"""Names in a community file become ids of channels and roles, and every one not found is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.model.community import Community, Place


@dataclass(frozen=True, slots=True)
class Directory:
    """What a server has, by name; several may share one."""

    server: str
    channels: Mapping[str, Sequence[int]]
    """Ids by name, without the ``#``: text, voice and forum channels, threads and categories."""
    roles: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Resolution:
    """A community with ids, and what stood in the way."""

    community: Community
    problems: tuple[str, ...]
    """Sentences; empty if every name was found once."""


def resolve(community: Community, directory: Directory) -> Resolution:
    """Return the community with the id of every channel and role it names.

    A name may be an id, or a channel's name with or without ``#``. Law: without problems, every
    place of the result has an id.
    """
    problems: list[str] = []

    def channel(place: Place, use: str) -> Place:
        return _find(place, directory.channels, f"the channel of {use}", directory.server, problems)

    def role(place: Place, use: str) -> Place:
        return _find(place, directory.roles, f"the role of {use}", directory.server, problems)

    resolved = replace(
        community,
        boards=tuple(
            replace(board, channel=channel(board.channel, f"board {board.name!r}"))
            for board in community.boards
        ),
        groups=tuple(
            replace(group, role=role(group.role, f"group {group.name!r}"))
            for group in community.groups
        ),
        moderators=tuple(role(place, "the moderators") for place in community.moderators),
        admins=tuple(role(place, "the admins") for place in community.admins),
        log=channel(community.log, "the moderators' log") if community.log else None,
        public_log=(
            channel(community.public_log, "the public log") if community.public_log else None
        ),
        excluded=tuple(channel(place, "an exclusion") for place in community.excluded),
    )
    log, public = resolved.log, resolved.public_log
    if log is not None and public is not None and log.id is not None and log.id == public.id:
        problems.append(
            f"the moderators' log and the public log are one channel, {log.name!r}: "
            "everyone may read the public one, so give it a channel of its own"
        )
    return Resolution(resolved, tuple(problems))


def _find(
    place: Place,
    known: Mapping[str, Sequence[int]],
    what: str,
    server: str,
    problems: list[str],
) -> Place:
    ids = {one for several in known.values() for one in several}
    if place.name.isdecimal() and int(place.name) in ids:
        return Place(place.name, int(place.name))
    found = known.get(place.name) or known.get(place.name.removeprefix("#")) or ()
    if len(found) == 1:
        return Place(place.name, found[0])
    if found:
        problems.append(
            f"{what} is {place.name!r}, and {server} has {len(found)} of that name: "
            "write the id of the one that is meant"
        )
    else:
        problems.append(f"{what} is {place.name!r}, and {server} has none of that name")
    return place
