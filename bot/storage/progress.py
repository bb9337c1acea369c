"""How far each channel has been judged, and how far each audit log was read."""

from collections.abc import Mapping

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from bot.storage.ruling_tables import audit_log_progress
from bot.storage.tables import channel_progress

_offered = insert(channel_progress)
_ADVANCE = _offered.on_conflict_do_update(
    index_elements=["guild", "channel"],
    set_={"message": _offered.excluded.message},
    where=_offered.excluded.message > channel_progress.c.message,
)

_read = insert(audit_log_progress)
_ADVANCE_AUDIT_LOG = _read.on_conflict_do_update(
    index_elements=["guild"],
    set_={"entry": _read.excluded.entry},
    where=_read.excluded.entry > audit_log_progress.c.entry,
)


def advance(connection: Connection, guild: int, channel: int, message: int) -> None:
    """Remember that everything in a channel up to a message has been judged; never goes back."""
    connection.execute(_ADVANCE, {"guild": guild, "channel": channel, "message": message})


def read_progress(connection: Connection, guild: int) -> Mapping[int, int]:
    """Return, per channel, the highest message id up to which everything has been judged."""
    rows = connection.execute(
        select(channel_progress.c.channel, channel_progress.c.message).where(
            channel_progress.c.guild == guild
        )
    )
    return {row.channel: row.message for row in rows}


def advance_audit_log(connection: Connection, guild: int, entry: int) -> None:
    """Remember that a guild's audit log has been read up to an entry; never goes back."""
    connection.execute(_ADVANCE_AUDIT_LOG, {"guild": guild, "entry": entry})


def read_audit_log(connection: Connection, guild: int) -> int | None:
    """Return the last entry of a guild's audit log that has been read; None for none ever."""
    entry: int | None = connection.scalar(
        select(audit_log_progress.c.entry).where(audit_log_progress.c.guild == guild)
    )
    return entry
