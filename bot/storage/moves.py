"""Moved posts: their table, and its rows. No words are in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Integer,
    Row,
    Select,
    Table,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from bot.model.move import Move, MoveDraft
from bot.storage.column_types import Moment
from bot.storage.tables import METADATA, whole

moved_posts = Table(
    "moved_posts",
    METADATA,
    whole("id"),
    whole("guild"),
    whole("message"),
    whole("author"),
    whole("origin"),
    whole("target"),
    whole("moved_by"),
    Column("moved_at", Moment, nullable=False),
    Column("quote", Integer),
    Column("done", Boolean, nullable=False),
    Column("erasing", Boolean, nullable=False),
)


def begin(connection: Connection, draft: MoveDraft) -> tuple[Move, bool]:
    """Store a move, or find the one of the same post; return it, and whether it was there."""
    values = {
        "guild": draft.guild,
        "message": draft.message,
        "author": draft.author,
        "origin": draft.origin,
        "target": draft.target,
        "moved_by": draft.by,
        "moved_at": draft.at,
        "done": False,
        "erasing": False,
    }
    made = connection.execute(insert(moved_posts).on_conflict_do_nothing(), values).rowcount
    (row,) = read_moves(connection, select(moved_posts).where(_is(draft.message)))
    return row, not made


def change(connection: Connection, move: int, values: Mapping[str, object]) -> Move | None:
    """Change a move, and return it as it is then; None if it is not there any more."""
    connection.execute(update(moved_posts).where(moved_posts.c.id == move).values(**values))
    found = read_moves(connection, select(moved_posts).where(moved_posts.c.id == move))
    return found[0] if found else None


def drop(connection: Connection, move: int) -> None:
    """Forget a move, if it is still known."""
    connection.execute(delete(moved_posts).where(moved_posts.c.id == move))


def erase_of(connection: Connection, guild: int, author: int) -> None:
    """Have a member's quotes on a guild taken away."""
    connection.execute(
        update(moved_posts)
        .where(moved_posts.c.guild == guild, moved_posts.c.author == author)
        .values(erasing=True)
    )


def expire(connection: Connection, until: datetime) -> None:
    """Forget moves up to a moment, but for quotes that are still to go."""
    connection.execute(
        delete(moved_posts).where(moved_posts.c.moved_at <= until, ~moved_posts.c.erasing)
    )


def unfinished() -> Select[Any]:
    """Choose the moves about which something is left to be done, oldest first."""
    wanted = or_(~moved_posts.c.done, moved_posts.c.erasing)
    return select(moved_posts).where(wanted).order_by(moved_posts.c.id)


def of_author(guild: int, author: int) -> Select[Any]:
    """Choose the moves of a member's posts on a guild, oldest first."""
    return (
        select(moved_posts)
        .where(moved_posts.c.guild == guild, moved_posts.c.author == author)
        .order_by(moved_posts.c.id)
    )


def quoted_as(quote: int) -> Select[Any]:
    """Choose the move whose quote a message is."""
    return select(moved_posts).where(moved_posts.c.quote == quote)


def read_moves(connection: Connection, chosen: Select[Any]) -> tuple[Move, ...]:
    """Return the chosen moves."""
    return tuple(_move(row) for row in connection.execute(chosen))


def read_authors(connection: Connection, guild: int, by: int, since: datetime) -> frozenset[int]:
    """Return whose posts a moderator has moved since a moment."""
    chosen = select(moved_posts.c.author).where(
        moved_posts.c.guild == guild, moved_posts.c.moved_by == by, moved_posts.c.moved_at > since
    )
    return frozenset(connection.scalars(chosen))


def _is(message: int) -> Any:
    return moved_posts.c.message == message


def _move(row: Row[Any]) -> Move:
    draft = MoveDraft(
        guild=row.guild,
        message=row.message,
        author=row.author,
        origin=row.origin,
        target=row.target,
        by=row.moved_by,
        at=row.moved_at,
    )
    return Move(row.id, draft, row.quote, row.done, row.erasing)
