"""Which heads of each guild's chain were posted, and when."""

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from bot.ports import Link, PostedHead
from bot.storage.ruling_tables import posted_heads

_offered = insert(posted_heads)
_POSTED = _offered.on_conflict_do_update(
    index_elements=["guild", "posted_at"],
    set_={"number": _offered.excluded.number, "hash": _offered.excluded.hash},
)


def mark_posted(connection: Connection, head: Link, at: datetime) -> None:
    """Remember that a link was posted as the head of its guild's chain."""
    connection.execute(
        _POSTED,
        {"guild": head.guild, "posted_at": at, "number": head.number, "hash": head.hash},
    )


def read_posted(connection: Connection, guild: int) -> PostedHead | None:
    """Return the head that was posted last, or None if none ever was."""
    row = connection.execute(
        select(posted_heads)
        .where(posted_heads.c.guild == guild)
        .order_by(posted_heads.c.posted_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else PostedHead(row.guild, row.number, row.posted_at, row.hash)


def read_all_posted(connection: Connection, guild: int) -> frozenset[tuple[int, str]]:
    """Return all heads of a guild that were posted, each as number and hash."""
    rows = connection.execute(
        select(posted_heads.c.number, posted_heads.c.hash).where(posted_heads.c.guild == guild)
    )
    return frozenset((row.number, row.hash) for row in rows)
