"""A guild's community: replaced as a whole, read back equal.

Each of its tables is written and read here, side by side, which is why this file is long.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection, Row, Table, delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.errors import ConcordError
from bot.model.community import Board, Community, CommunityGroup, Place, RuleException
from bot.model.mode import Mode
from bot.model.snowflake import first_at
from bot.storage.progress import advance
from bot.storage.tables import (
    Duty,
    board_languages,
    board_modes,
    boards,
    community_groups,
    exception_kinds,
    exceptions,
    excluded_channels,
    group_boards,
    guild_modes,
    guilds,
    staff_roles,
)

Values = dict[str, object]

_PARTS = (exceptions, community_groups, boards, guild_modes, staff_roles, excluded_channels)
"""What hangs on a guild directly; the rest goes with these."""


def replace_community(
    connection: Connection, guild: int, community: Community, at: datetime
) -> None:
    """Store a community in place of the one a guild had.

    What is screened from now on counts as judged until now: channels with an id are marked so,
    and for all others ``first_set_at`` moves; it is when more was screened for the last time.

    Raises:
        ConcordError: if a name is used twice or names nothing; all such names at once.
    """
    problems = tuple(_problems(community))
    if problems:
        raise ConcordError("\n".join(problems))
    before = read_community(connection, guild)
    newly = _newly_screened(before, community)
    head = _head(community, at)
    if newly or (before is not None and community.screen_unmapped > before.screen_unmapped):
        head["first_set_at"] = at
    connection.execute(
        insert(guilds)
        .values({"guild": guild, "first_set_at": at, **head})
        .on_conflict_do_update(index_elements=["guild"], set_=head)
    )
    for channel in sorted(newly):
        advance(connection, guild, channel, first_at(at))
    for table in _PARTS:
        connection.execute(delete(table).where(table.c.guild == guild))
    for table, values in _rows(community):
        if values:
            connection.execute(insert(table), [{"guild": guild, **row} for row in values])


def read_guilds(connection: Connection) -> tuple[int, ...]:
    """Return the guilds that have a community, in the order of their ids."""
    return tuple(connection.scalars(select(guilds.c.guild).order_by(guilds.c.guild)))


def read_since(connection: Connection, guild: int) -> datetime | None:
    """Return since when what is screened now is screened."""
    since: datetime | None = connection.scalar(
        select(guilds.c.first_set_at).where(guilds.c.guild == guild)
    )
    return since


def read_community(connection: Connection, guild: int) -> Community | None:
    """Return a guild's community, or None if no admin has set one."""
    head = (connection.execute(select(guilds).where(guilds.c.guild == guild))).one_or_none()
    if head is None:
        return None

    def rows(table: Table) -> list[Row[tuple[object, ...]]]:
        query = select(table).where(table.c.guild == guild)
        if "position" in table.c:
            query = query.order_by(table.c.position)
        return list(connection.execute(query))

    languages: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(board_languages):
        languages[row.board].add(row.language)
    modes: defaultdict[str, dict[str, Mode]] = defaultdict(dict)
    for row in rows(board_modes):
        modes[row.board][row.rule] = row.mode
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(group_boards):
        homes[row.community_group].add(row.board)
    kinds: defaultdict[int, set[str]] = defaultdict(set)
    for row in rows(exception_kinds):
        kinds[row.position].add(row.kind)
    staff: defaultdict[Duty, list[Place]] = defaultdict(list)
    for row in rows(staff_roles):
        staff[row.duty].append(Place(row.role_name, row.role))

    return Community(
        name=head.name,
        posture=head.posture,
        boards=tuple(
            Board(
                name=row.name,
                channel=Place(row.channel_name, row.channel),
                purpose=row.purpose,
                languages=frozenset(languages[row.name]),
                modes=MappingProxyType(modes[row.name]),
            )
            for row in rows(boards)
        ),
        groups=tuple(
            CommunityGroup(
                name=row.name,
                umbrella=row.umbrella,
                role=Place(row.role_name, row.role),
                boards=frozenset(homes[row.name]),
                purpose=row.purpose,
            )
            for row in rows(community_groups)
        ),
        exceptions=tuple(
            RuleException(
                rule=row.rule,
                board=row.board,
                group=row.community_group,
                kinds=frozenset(kinds[row.position]),
                until=row.until_at,
                note=row.note,
            )
            for row in rows(exceptions)
        ),
        modes=MappingProxyType({row.rule: row.mode for row in rows(guild_modes)}),
        moderators=tuple(staff[Duty.MODERATOR]),
        admins=tuple(staff[Duty.ADMIN]),
        log=None if head.log_name is None else Place(head.log_name, head.log_channel),
        public_log=(
            None
            if head.public_log_name is None
            else Place(head.public_log_name, head.public_log_channel)
        ),
        excluded=tuple(Place(row.channel_name, row.channel) for row in rows(excluded_channels)),
        screen_unmapped=head.screen_unmapped,
    )


def _head(community: Community, at: datetime) -> Values:
    log, public = community.log, community.public_log
    return {
        "name": community.name,
        "posture": community.posture,
        "log_name": None if log is None else log.name,
        "log_channel": None if log is None else log.id,
        "public_log_name": None if public is None else public.name,
        "public_log_channel": None if public is None else public.id,
        "screen_unmapped": community.screen_unmapped,
        "set_at": at,
    }


def _newly_screened(before: Community | None, after: Community) -> frozenset[int]:
    """Return the channels, and categories, that are boards now or no longer excluded."""
    if before is None:
        return _boards(after)
    return (_boards(after) - _boards(before)) | (_closed(before) - _closed(after))


def _boards(community: Community) -> frozenset[int]:
    return frozenset(one.channel.id for one in community.boards if one.channel.id is not None)


def _closed(community: Community) -> frozenset[int]:
    log = () if community.log is None else (community.log,)
    return frozenset(place.id for place in (*community.excluded, *log) if place.id is not None)


def _rows(community: Community) -> Iterator[tuple[Table, list[Values]]]:
    """Yield the rows of a community's parts without their guild, what is referred to first."""
    yield (
        boards,
        [
            {
                "position": position,
                "name": board.name,
                "channel_name": board.channel.name,
                "channel": board.channel.id,
                "purpose": board.purpose,
            }
            for position, board in enumerate(community.boards)
        ],
    )
    yield (
        board_languages,
        [
            {"board": board.name, "language": language}
            for board in community.boards
            for language in sorted(board.languages)
        ],
    )
    yield (
        board_modes,
        [
            {"board": board.name, "rule": rule, "mode": mode}
            for board in community.boards
            for rule, mode in board.modes.items()
        ],
    )
    yield guild_modes, [{"rule": rule, "mode": mode} for rule, mode in community.modes.items()]
    yield (
        community_groups,
        [
            {
                "position": position,
                "name": group.name,
                "umbrella": group.umbrella,
                "role_name": group.role.name,
                "role": group.role.id,
                "purpose": group.purpose,
            }
            for position, group in enumerate(community.groups)
        ],
    )
    yield (
        group_boards,
        [
            {"community_group": group.name, "board": board}
            for group in community.groups
            for board in sorted(group.boards)
        ],
    )
    yield (
        exceptions,
        [
            {
                "position": position,
                "rule": exception.rule,
                "board": exception.board,
                "community_group": exception.group,
                "until_at": exception.until,
                "note": exception.note,
            }
            for position, exception in enumerate(community.exceptions)
        ],
    )
    yield (
        exception_kinds,
        [
            {"position": position, "kind": kind}
            for position, exception in enumerate(community.exceptions)
            for kind in sorted(exception.kinds)
        ],
    )
    yield (
        staff_roles,
        [
            {"duty": duty, "position": position, "role_name": role.name, "role": role.id}
            for duty, roles in (
                (Duty.MODERATOR, community.moderators),
                (Duty.ADMIN, community.admins),
            )
            for position, role in enumerate(roles)
        ],
    )
    yield (
        excluded_channels,
        [
            {"position": position, "channel_name": place.name, "channel": place.id}
            for position, place in enumerate(community.excluded)
        ],
    )


def _problems(community: Community) -> Iterator[str]:
    for what, names in (
        ("board", [board.name for board in community.boards]),
        ("Community Group", [group.name for group in community.groups]),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                yield f"The {what} {name!r} is there {count} times; each needs a name of its own."
    known_boards = {board.name for board in community.boards}
    known_groups = {group.name for group in community.groups}
    for group in community.groups:
        for name in sorted(group.boards - known_boards):
            yield f"The Community Group {group.name!r} names the board {name!r}, which is missing."
    for exception in community.exceptions:
        if exception.board is not None and exception.board not in known_boards:
            yield (
                f"An exception from {exception.rule} names the board {exception.board!r}, "
                "which is missing."
            )
        if exception.group is not None and exception.group not in known_groups:
            yield (
                f"An exception from {exception.rule} names the Community Group "
                f"{exception.group!r}, which is missing."
            )
