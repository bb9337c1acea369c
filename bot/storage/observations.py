"""Observations: findings without consequence."""

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from bot.ports import Observation
from bot.storage.finding_rows import finding_of, values_of
from bot.storage.tables import observations


def add_observation(connection: Connection, observation: Observation) -> None:
    """Store an observation, once per message, rule and span."""
    connection.execute(
        insert(observations).on_conflict_do_nothing(
            index_elements=["message", "rule", "part", "span_start", "span_end"]
        ),
        {
            "guild": observation.guild,
            "message": observation.message,
            "channel": observation.channel,
            "author": observation.author,
            "posted_at": observation.at,
            **values_of(observation.finding),
        },
    )


def read_observations(
    connection: Connection, guild: int, since: datetime, limit: int
) -> tuple[Observation, ...]:
    """Return a guild's observations, newest first."""
    rows = connection.execute(
        select(observations)
        .where(observations.c.guild == guild, observations.c.posted_at >= since)
        .order_by(observations.c.posted_at.desc(), observations.c.id.desc())
        .limit(limit)
    )
    return tuple(
        Observation(
            guild=row.guild,
            message=row.message,
            channel=row.channel,
            author=row.author,
            at=row.posted_at,
            finding=finding_of(row),
        )
        for row in rows
    )
