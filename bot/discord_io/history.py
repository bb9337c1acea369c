"""Reads what stands in a guild's channels, as values."""

from collections.abc import AsyncIterator

import discord
import structlog

from bot.catchup import History
from bot.discord_io.messages import location_of, written
from bot.placing import Location, Written

_log = structlog.get_logger(__name__)


class DiscordHistory(History):
    """Reads through a logged-in client whose guilds are known."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def channels(self, guild: int) -> dict[int, Location]:
        """Return text channels, voice channels' chats and active threads that can be read."""
        known = self._client.get_guild(guild)
        if known is None:
            return {}
        readable: dict[int, Location] = {}
        channels: list[discord.TextChannel | discord.VoiceChannel | discord.Thread] = [
            *known.text_channels,
            *known.voice_channels,
            *known.threads,
        ]
        for channel in channels:
            allowed = channel.permissions_for(known.me)
            if allowed.view_channel and allowed.read_message_history:
                readable[channel.id] = location_of(channel, known)
        return readable

    async def posts(self, guild: int, channel: int, after: int) -> AsyncIterator[Written]:
        """Yield the messages of a channel with ids above ``after``, oldest first.

        A channel that vanished or was closed to us in the meantime holds nothing.
        """
        user = self._client.user
        assert user is not None, "BUG: reading before login"
        place = self._client.get_partial_messageable(channel, guild_id=guild)
        known = self._client.get_guild(guild)
        source = known.get_channel_or_thread(channel) if known is not None else None
        messages = source if isinstance(source, discord.abc.Messageable) else place
        try:
            async for message in messages.history(
                limit=None, after=discord.Object(after), oldest_first=True
            ):
                seen = written(message, user.id)
                if seen is not None:
                    yield seen
        except (discord.Forbidden, discord.NotFound) as error:
            _log.warning("a channel cannot be read", channel=channel, code=error.code)
