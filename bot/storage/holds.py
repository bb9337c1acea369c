"""Holds: what Concord changed of a member on Discord, and how it was before."""

from sqlalchemy import ColumnElement, Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.model.sanction import Hold
from bot.storage.ruling_tables import holds

_offered = insert(holds)
_HOLD = _offered.on_conflict_do_update(
    index_elements=["guild", "user", "kind", "target"],
    set_={"before": _offered.excluded.before, "after": _offered.excluded.after},
)


def put(connection: Connection, hold: Hold) -> None:
    """Remember a hold in place of what is known of it."""
    connection.execute(
        _HOLD,
        {
            "guild": hold.guild,
            "kind": hold.kind,
            "user": hold.user,
            "target": hold.target,
            "before": hold.before,
            "after": hold.after,
        },
    )


def release(connection: Connection, hold: Hold) -> None:
    """Forget a hold, however it was left."""
    connection.execute(
        delete(holds).where(
            holds.c.guild == hold.guild,
            holds.c.user == hold.user,
            holds.c.kind == hold.kind,
            holds.c.target == hold.target,
        )
    )


def of_member(guild: int, user: int) -> ColumnElement[bool]:
    """Choose what is held of a member."""
    return (holds.c.guild == guild) & (holds.c.user == user)


def on_target(guild: int, target: int) -> ColumnElement[bool]:
    """Choose what is held on a channel or by a role."""
    return (holds.c.guild == guild) & (holds.c.target == target)


def read_holds(connection: Connection, chosen: ColumnElement[bool]) -> tuple[Hold, ...]:
    """Return the holds that are chosen, by member, kind and target."""
    rows = connection.execute(
        select(holds).where(chosen).order_by(holds.c.user, holds.c.kind, holds.c.target)
    )
    return tuple(
        Hold(row.guild, row.kind, row.user, row.target, row.before, row.after) for row in rows
    )
