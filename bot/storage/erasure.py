"""Forgetting: what members wrote goes, on request or in time; numbers and counts stay."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, delete, exists, literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

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


async def forget(connection: AsyncConnection, user: int) -> None:
    """Erase the words of a person's posts, and all observations of them."""
    theirs = (
        select(case_posts.c.message)
        .join(cases, cases.c.id == case_posts.c.case_id)
        .where(cases.c.author == user)
    )
    await _erase_words(connection, theirs)
    await connection.execute(delete(observations).where(observations.c.author == user))


async def expire(
    connection: AsyncConnection, now: datetime, evidence_days: int, observation_days: int
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
    await _erase_words(connection, over)
    await connection.execute(
        delete(observations).where(
            observations.c.posted_at <= now - timedelta(days=observation_days)
        )
    )


async def _erase_words(connection: AsyncConnection, messages: Select[tuple[int]]) -> None:
    """Erase the parts of all versions of these posts."""
    held = and_(post_versions.c.message.in_(messages), post_versions.c.held == literal_column("1"))
    await connection.execute(
        delete(post_parts).where(
            post_parts.c.message.in_(select(post_versions.c.message).where(held))
        )
    )
    await connection.execute(update(post_versions).where(held).values(held=False))
