"""Pauses: enforcement turned into review, for one rule or for all."""

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.ports import Pause
from bot.storage.ruling_tables import pauses


def pause(connection: Connection, wanted: Pause) -> None:
    """Store a pause; one that holds already stays as it is."""
    connection.execute(
        insert(pauses).on_conflict_do_nothing(),
        {
            "guild": wanted.guild,
            "rule": wanted.rule,
            "paused_by": wanted.by,
            "paused_at": wanted.at,
        },
    )


def resume(connection: Connection, guild: int, rule: str | None) -> None:
    """End a pause, if there is one."""
    same = pauses.c.rule.is_(None) if rule is None else pauses.c.rule == rule
    connection.execute(delete(pauses).where(pauses.c.guild == guild, same))


def read_pauses(connection: Connection, guild: int) -> tuple[Pause, ...]:
    """Return what is paused on a guild: everything first, then by rule."""
    rows = connection.execute(select(pauses).where(pauses.c.guild == guild).order_by(pauses.c.rule))
    return tuple(Pause(row.guild, row.rule, row.paused_by, row.paused_at) for row in rows)
