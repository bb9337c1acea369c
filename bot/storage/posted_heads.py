"""Which head of each guild's chain was posted last."""

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from bot.ports import PostedHead
from bot.storage.ruling_tables import posted_heads

_offered = insert(posted_heads)
_POSTED = _offered.on_conflict_do_update(
    index_elements=["guild"],
    set_={"number": _offered.excluded.number, "posted_at": _offered.excluded.posted_at},
)


def mark_posted(connection: Connection, guild: int, number: int, at: datetime) -> None:
    """Remember that a link was posted as the head of its guild's chain."""
    connection.execute(_POSTED, {"guild": guild, "number": number, "posted_at": at})


def read_posted(connection: Connection, guild: int) -> PostedHead | None:
    """Return the head that was posted last, or None if none ever was."""
    row = connection.execute(
        select(posted_heads).where(posted_heads.c.guild == guild)
    ).one_or_none()
    return None if row is None else PostedHead(row.guild, row.number, row.posted_at)
