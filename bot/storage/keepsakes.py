"""Keepsakes: drafts and paged views that wait for somebody to press them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select

from bot.keepsakes import Purpose, UnreadableError, from_text
from bot.ports import CaseQuery, Keepsake
from bot.storage.ruling_tables import keepsakes
from bot.storage.tables import case_posts


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


def discard_searches(connection: Connection, guild: int) -> None:
    """Drop a guild's searches for words: nobody can tell whose words they are."""
    searches = connection.execute(
        select(keepsakes.c.id, keepsakes.c.text).where(
            keepsakes.c.guild == guild, keepsakes.c.purpose == Purpose.LISTING
        )
    )
    for kept in searches.all():
        if _looks_for_words(kept.text):
            discard(connection, kept.id)


def discard_holding(connection: Connection, guild: int, of_cases: Collection[int]) -> None:
    """Drop a guild's keepsakes that may hold what the posts of some cases said."""
    discard_searches(connection, guild)
    drafts = connection.execute(
        select(keepsakes.c.id, keepsakes.c.text).where(
            keepsakes.c.guild == guild, keepsakes.c.purpose == Purpose.DRAFT
        )
    ).all()
    if not drafts:
        return
    messages = [
        str(message)
        for case in of_cases
        for message in connection.scalars(
            select(case_posts.c.message).where(case_posts.c.case_id == case)
        )
    ]
    for kept in drafts:
        if any(message in kept.text for message in messages):
            discard(connection, kept.id)


def _looks_for_words(text: str) -> bool:
    try:
        return bool(from_text(CaseQuery, text).text)
    except UnreadableError:  # of another version: nobody can turn its pages any more
        return True


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
