"""What was removed by itself and is being given back, until all of it is."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.ports import Restoration
from bot.storage.ruling_tables import restorations


def begin(
    connection: Connection, guild: int, rule: str | None, since: datetime, by: int, at: datetime
) -> Restoration:
    """Store a restoration of which nothing is done yet, and return it."""
    stored: int = connection.execute(
        insert(restorations).returning(restorations.c.id),
        {
            "guild": guild,
            "rule": rule,
            "since_at": since,
            "ordered_by": by,
            "ordered_at": at,
            "cases": 0,
            "posts": 0,
        },
    ).scalar_one()
    return Restoration(stored, guild, rule, since, by, at)


def count(connection: Connection, restoration: int, posts: int) -> None:
    """Count a case that was given back, with so many posts."""
    connection.execute(
        update(restorations)
        .where(restorations.c.id == restoration)
        .values(cases=restorations.c.cases + 1, posts=restorations.c.posts + posts)
    )


def end(connection: Connection, restoration: int) -> None:
    """Drop a restoration, if it is still there."""
    connection.execute(delete(restorations).where(restorations.c.id == restoration))


def read_restorations(connection: Connection) -> tuple[Restoration, ...]:
    """Return all that is still being given back, oldest first."""
    return tuple(
        Restoration(
            id=row.id,
            guild=row.guild,
            rule=row.rule,
            since=row.since_at,
            by=row.ordered_by,
            at=row.ordered_at,
            cases=row.cases,
            posts=row.posts,
        )
        for row in connection.execute(select(restorations).order_by(restorations.c.id))
    )
