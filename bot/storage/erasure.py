"""Forgetting: what members wrote goes, on request or in time; numbers and counts stay."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, and_, delete, exists, literal_column, or_, select, update

from bot.errors import StorageError
from bot.model.case import CaseState
from bot.storage.tables import (
    case_posts,
    cases,
    intents,
    observations,
    post_parts,
    post_versions,
)


@dataclass(frozen=True, slots=True)
class Erased:
    """What must follow the commit of an erasure: the write-ahead log and copies hold the words."""

    copies_before: datetime | None
    """Copies of the database made before that time go; None: all of them."""
    on_request: bool
    """Whether a person asked for it, and must be told when something cannot be cleaned yet; what
    is done every day is tried again the next day."""


def forget(connection: Connection, user: int) -> None:
    """Erase the words of a person's posts, and all observations of them."""
    theirs = (
        select(case_posts.c.message)
        .join(cases, cases.c.id == case_posts.c.case_id)
        .where(cases.c.author == user)
    )
    _erase_words(connection, theirs)
    connection.execute(delete(observations).where(observations.c.author == user))


def expire(
    connection: Connection, now: datetime, evidence_days: int, observation_days: int
) -> None:
    """Erase what has been kept long enough.

    Evidence is kept for its days after the case was closed, or after the newest post of a case
    that Concord acted on and nobody looked at. A case that waits for a moderator, or that has an
    intent still to be carried out, keeps its evidence.
    """
    cutoff = now - timedelta(days=evidence_days)
    waiting = exists().where(intents.c.case_id == cases.c.id, intents.c.settled_at.is_(None))
    over = (
        select(case_posts.c.message)
        .join(cases, cases.c.id == case_posts.c.case_id)
        .where(
            or_(
                cases.c.closed_at <= cutoff,
                and_(cases.c.state == CaseState.ACTED, cases.c.newest_post_at <= cutoff),
            ),
            ~waiting,
        )
    )
    _erase_words(connection, over)
    connection.execute(
        delete(observations).where(
            observations.c.posted_at <= now - timedelta(days=observation_days)
        )
    )


def _erase_words(connection: Connection, messages: Select[tuple[int]]) -> None:
    """Erase the parts of all versions of these posts."""
    held = and_(post_versions.c.message.in_(messages), post_versions.c.held == literal_column("1"))
    changing = (
        select(case_posts.c.case_id)
        .join(post_versions, post_versions.c.message == case_posts.c.message)
        .where(held)
    )
    connection.execute(
        update(cases).where(cases.c.id.in_(changing)).values(version=cases.c.version + 1)
    )
    connection.execute(
        delete(post_parts).where(
            post_parts.c.message.in_(select(post_versions.c.message).where(held))
        )
    )
    connection.execute(update(post_versions).where(held).values(held=False))


def empty_log(connection: Connection) -> None:
    """Move all changes from the write-ahead log into the file, and cut the log to nothing.

    Raises:
        StorageError: if another program is reading the database and does not stop.
    """
    busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    if busy:
        raise StorageError(
            "What was erased is gone from the tables, but not yet from the database's log: another "
            "program is reading the database. Close it and erase again."
        )
