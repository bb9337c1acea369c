"""Keepsakes: drafts and paged views that wait for somebody to press them."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select

from bot.ports import Keepsake
from bot.storage.ruling_tables import keepsakes


def keep(
    connection: Connection,
    guild: int,
    user: int,
    purpose: str,
    text: str,
    at: datetime,
    until: datetime,
) -> int:
    """Store a keepsake, and return its id."""
    kept: int = connection.execute(
        insert(keepsakes).returning(keepsakes.c.id),
        {
            "guild": guild,
            "user": user,
            "purpose": purpose,
            "text": text,
            "kept_at": at,
            "until_at": until,
        },
    ).scalar_one()
    return kept


def discard(connection: Connection, keepsake: int) -> None:
    """Drop a keepsake, if it is still there."""
    connection.execute(delete(keepsakes).where(keepsakes.c.id == keepsake))


def discard_over(connection: Connection, now: datetime) -> None:
    """Drop the keepsakes whose time has run out."""
    connection.execute(delete(keepsakes).where(keepsakes.c.until_at <= now))


def discard_about(connection: Connection, guild: int, user: int) -> None:
    """Drop a guild's keepsakes that a person was shown, and those that name them by their id."""
    connection.execute(
        delete(keepsakes).where(
            keepsakes.c.guild == guild,
            or_(keepsakes.c.user == user, keepsakes.c.text.contains(str(user))),
        )
    )


def read_keepsake(connection: Connection, keepsake: int) -> Keepsake | None:
    """Return a keepsake by id, or None if there is none any more."""
    row = connection.execute(select(keepsakes).where(keepsakes.c.id == keepsake)).one_or_none()
    if row is None:
        return None
    return Keepsake(
        id=row.id,
        guild=row.guild,
        user=row.user,
        purpose=row.purpose,
        text=row.text,
        at=row.kept_at,
        until=row.until_at,
    )
