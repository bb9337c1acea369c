"""How far each channel has been judged."""

from collections.abc import Mapping

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from bot.storage.tables import channel_progress

_offered = insert(channel_progress)
_ADVANCE = _offered.on_conflict_do_update(
    index_elements=["guild", "channel"],
    set_={"message": _offered.excluded.message},
    where=_offered.excluded.message > channel_progress.c.message,
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
