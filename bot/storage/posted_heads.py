"""Which heads of the chains were chosen to be posted, and which of them were."""

from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.ports import PostedHead
from bot.storage.ruling_tables import posted_heads

_offered = insert(posted_heads)
_CHOOSE = _offered.on_conflict_do_update(
    index_elements=["guild"],
    set_={
        "number": _offered.excluded.number,
        "chosen_at": _offered.excluded.chosen_at,
        "posted_at": None,
    },
)


def choose(connection: Connection, guild: int, number: int, at: datetime) -> None:
    """Remember which head is about to be posted."""
    connection.execute(_CHOOSE, {"guild": guild, "number": number, "chosen_at": at})


def mark_posted(connection: Connection, guild: int, number: int, at: datetime) -> None:
    """Remember that the chosen head was posted."""
    connection.execute(
        update(posted_heads)
        .where(posted_heads.c.guild == guild, posted_heads.c.number == number)
        .values(posted_at=at)
    )


def read_posted(connection: Connection, guild: int) -> PostedHead | None:
    """Return the head that was chosen last, or None if none ever was."""
    row = connection.execute(
        select(posted_heads).where(posted_heads.c.guild == guild)
    ).one_or_none()
    if row is None:
        return None
    return PostedHead(row.guild, row.number, row.chosen_at, row.posted_at)
