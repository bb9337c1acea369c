"""How far each channel has been judged."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import channel_progress

_offered = insert(channel_progress)
_ADVANCE = _offered.on_conflict_do_update(
    index_elements=["guild", "channel"],
    set_={"message": _offered.excluded.message},
    where=_offered.excluded.message > channel_progress.c.message,
)


async def advance(connection: AsyncConnection, guild: int, channel: int, message: int) -> None:
    """Remember that everything in a channel up to a message has been judged; never goes back."""
    await connection.execute(_ADVANCE, {"guild": guild, "channel": channel, "message": message})


async def read_progress(connection: AsyncConnection, guild: int) -> Mapping[int, int]:
    """Return, per channel, the highest message id up to which everything has been judged."""
    rows = await connection.execute(
        select(channel_progress.c.channel, channel_progress.c.message).where(
            channel_progress.c.guild == guild
        )
    )
    return {row.channel: row.message for row in rows}
