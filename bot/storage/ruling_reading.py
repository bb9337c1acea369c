"""Reading rulings back as values."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, and_, exists, or_, select

from bot.model.ruling import Change, Ending, Ruling, RulingKind
from bot.model.sanction import Recount
from bot.storage.ruling_tables import (
    ruling_changes,
    ruling_endings,
    ruling_posts,
    ruling_recounts,
    rulings,
    sanctions,
)
from bot.storage.tables import cases

_ACTS_ON_SOMEBODY = (RulingKind.DECIDED, RulingKind.BY_HAND)
_CHANGES = (RulingKind.EDITED, RulingKind.LIFTED, RulingKind.VOIDED)


def of_cases(chosen: Select[tuple[int]] | Sequence[int]) -> Select[tuple[int]]:
    """Select the rulings of some cases."""
    return select(rulings.c.id).where(rulings.c.case_id.in_(chosen))


def keyed(guild: int, key: str) -> Select[tuple[int]]:
    """Select the ruling committed under a key."""
    return select(rulings.c.id).where(rulings.c.guild == guild, rulings.c.key == key)


def newest_about(guild: int, subject: int, since: datetime) -> Select[tuple[int]]:
    """Select a member's newest ruling by a moderator; a note decides nothing and is none."""
    return (
        select(rulings.c.id)
        .join(cases, cases.c.id == rulings.c.case_id)
        .where(
            cases.c.author == subject,
            cases.c.guild == guild,
            rulings.c.moderator.is_not(None),
            rulings.c.kind != RulingKind.NOTED,
            rulings.c.ruled_at >= since,
        )
        .order_by(rulings.c.ruled_at.desc(), rulings.c.id.desc())
        .limit(1)
    )


def read_rulings(
    connection: Connection, chosen: Select[tuple[int]] | Sequence[int]
) -> tuple[Ruling, ...]:
    """Return the rulings a query chooses, in the order they were made."""
    heads = connection.execute(
        select(rulings).where(rulings.c.id.in_(chosen)).order_by(rulings.c.id)
    ).all()
    if not heads:
        return ()
    removes: defaultdict[int, list[int]] = defaultdict(list)
    for row in connection.execute(
        select(ruling_posts)
        .where(ruling_posts.c.ruling.in_(chosen))
        .order_by(ruling_posts.c.ruling, ruling_posts.c.position)
    ):
        removes[row.ruling].append(row.message)
    ordered: defaultdict[int, list[int]] = defaultdict(list)
    for row in connection.execute(
        select(sanctions.c.id, sanctions.c.ruling)
        .where(sanctions.c.ruling.in_(chosen))
        .order_by(sanctions.c.id)
    ):
        ordered[row.ruling].append(row.id)
    endings: defaultdict[int, list[Ending]] = defaultdict(list)
    for row in connection.execute(
        select(ruling_endings)
        .where(ruling_endings.c.ruling.in_(chosen))
        .order_by(ruling_endings.c.ruling, ruling_endings.c.position)
    ):
        endings[row.ruling].append(Ending(row.sanction, row.state, row.until_at))
    changes: defaultdict[int, list[Change]] = defaultdict(list)
    for row in connection.execute(
        select(ruling_changes)
        .where(ruling_changes.c.ruling.in_(chosen))
        .order_by(ruling_changes.c.ruling, ruling_changes.c.position)
    ):
        changes[row.ruling].append(Change(row.what, row.before, row.after))
    recounts = _read_recounts(connection, chosen)
    return tuple(
        Ruling(
            id=head.id,
            case=head.case_id,
            guild=head.guild,
            kind=head.kind,
            at=head.ruled_at,
            by=head.moderator,
            rule=head.rule,
            words=head.words,
            internal=head.internal,
            because=head.because,
            silent=head.silent,
            tells=head.tells,
            removes=tuple(removes[head.id]),
            sanctions=tuple(ordered[head.id]),
            endings=tuple(endings[head.id]),
            changes=tuple(changes[head.id]),
            recounts=tuple(recounts.get(head.id, ())),
            key=head.key,
        )
        for head in heads
    )


def _read_recounts(
    connection: Connection, chosen: Select[tuple[int]] | Sequence[int]
) -> Mapping[int, Sequence[tuple[int, Recount]]]:
    """Return what some rulings let sanctions count for, by ruling, in the order of sanctions."""
    recounts: defaultdict[int, list[tuple[int, Recount]]] = defaultdict(list)
    for row in connection.execute(
        select(ruling_recounts)
        .where(ruling_recounts.c.ruling.in_(chosen))
        .order_by(ruling_recounts.c.ruling, ruling_recounts.c.sanction)
    ):
        recounts[row.ruling].append((row.sanction, Recount(row.points, row.until_at)))
    return recounts


def read_touched(connection: Connection, guild: int, by: int, since: datetime) -> frozenset[int]:
    """Return the members whom a moderator's rulings touched."""
    removed = exists().where(ruling_posts.c.ruling == rulings.c.id)
    sanctioned = exists().where(sanctions.c.ruling == rulings.c.id)
    return frozenset(
        connection.scalars(
            select(cases.c.author)
            .join(rulings, rulings.c.case_id == cases.c.id)
            .where(
                rulings.c.moderator == by,
                rulings.c.guild == guild,
                rulings.c.ruled_at >= since,
                or_(
                    rulings.c.kind.in_(_CHANGES),
                    and_(rulings.c.kind.in_(_ACTS_ON_SOMEBODY), or_(removed, sanctioned)),
                ),
            )
            .distinct()
        )
    )
