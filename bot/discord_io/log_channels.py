"""The channels that Concord writes its lines in: the moderators' log, and the public one."""

from collections.abc import Awaitable, Callable
from typing import Final

import discord

from bot.ports import Delivery, Outcome

LogChannel = Callable[[int], Awaitable[int | None]]
"""Names a guild's log; None where it has none."""

NO_LOG: Final = Outcome(Delivery.REFUSED, "no log channel is set")


class LogChannels:
    """Finds a guild's logs, as its community names them now."""

    def __init__(self, client: discord.Client, moderators: LogChannel, public: LogChannel) -> None:
        self._client = client
        self._moderators = moderators
        self._public = public

    async def of_moderators(self, guild: int) -> discord.PartialMessageable | None:
        """Return the moderators' log; None where none is set."""
        return self._place(guild, await self._moderators(guild))

    async def public(self, guild: int) -> discord.PartialMessageable | None:
        """Return the public log; None where none is set."""
        return self._place(guild, await self._public(guild))

    def _place(self, guild: int, channel: int | None) -> discord.PartialMessageable | None:
        if channel is None:
            return None
        return self._client.get_partial_messageable(channel, guild_id=guild)
