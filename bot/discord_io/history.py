"""Reads what stands in a guild's channels, as values."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from itertools import chain

import discord
import structlog

from bot.catchup import History
from bot.discord_io.access import can_read
from bot.discord_io.messages import location_of, written
from bot.placing import Location, Written

_log = structlog.get_logger(__name__)

Threads = AsyncIterator[discord.Thread]


class DiscordHistory(History):
    """Reads through a logged-in client whose guilds are known."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._threads: dict[int, dict[int, discord.Thread]] = {}

    async def channels(
        self, guild: int, since: datetime, wanted: Callable[[Location], bool]
    ) -> dict[int, Location]:
        """Return the text channels, voice channels' chats and threads that can be read.

        Costs one request for the guild's active threads and, for each wanted channel that may have
        threads, one for its archived public ones and one for the private ones that Concord joined
        (more where there are over a hundred of them). Where Discord refuses a listing it is logged,
        and the rest is returned.

        Raises:
            discord.HTTPException: if Discord does not answer as it should.
        """
        known = self._client.get_guild(guild)
        if known is None:
            return {}
        found: dict[int, Location] = {}
        for channel in chain[discord.TextChannel | discord.VoiceChannel](
            known.text_channels, known.voice_channels
        ):
            if can_read(channel, known.me):
                found[channel.id] = location_of(channel, known)
        threads = {
            thread.id: thread
            for thread in [
                *await self._active(known),
                *await self._archived(known, since, wanted),
            ]
            if (parent := known.get_channel(thread.parent_id)) is not None
            and can_read(parent, known.me)
        }
        self._threads[guild] = threads
        found.update((thread.id, location_of(thread, known)) for thread in threads.values())
        return {channel: location for channel, location in found.items() if wanted(location)}

    async def posts(self, guild: int, channel: int, after: int) -> AsyncIterator[Written]:
        """Yield the messages of a channel with ids above ``after``, oldest first.

        A channel that vanished or was closed to us in the meantime holds nothing.
        """
        user = self._client.user
        assert user is not None, "BUG: reading before login"
        place = self._client.get_partial_messageable(channel, guild_id=guild)
        known = self._client.get_guild(guild)
        source = known.get_channel_or_thread(channel) if known is not None else None
        if source is None:
            source = self._threads.get(guild, {}).get(channel)
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

    async def _active(self, guild: discord.Guild) -> list[discord.Thread]:
        # Asked for: where a channel was just opened to us, its threads are not known yet.
        try:
            return await guild.active_threads()
        except (discord.Forbidden, discord.NotFound) as error:
            _log.warning("active threads cannot be listed", guild=guild.id, code=error.code)
            return list(guild.threads)

    async def _archived(
        self, guild: discord.Guild, since: datetime, wanted: Callable[[Location], bool]
    ) -> list[discord.Thread]:
        found: list[discord.Thread] = []
        for channel in chain[discord.TextChannel | discord.ForumChannel](
            guild.text_channels, guild.forums
        ):
            if not (can_read(channel, guild.me) and wanted(location_of(channel, guild))):
                continue
            # The last archived comes first: what follows the first that is too old is older still.
            public = channel.archived_threads(limit=None)
            found.extend(await _listed(channel, public, since, in_order=True))
            if isinstance(channel, discord.TextChannel) and not channel.is_news():
                # These come in the order of their making, which tells nothing of what is in them.
                joined = channel.archived_threads(private=True, joined=True, limit=None)
                found.extend(await _listed(channel, joined, since, in_order=False))
        return found


async def _listed(
    channel: discord.abc.GuildChannel, threads: Threads, since: datetime, *, in_order: bool
) -> list[discord.Thread]:
    """Return the threads archived since; what was archived before holds nothing newer."""
    found: list[discord.Thread] = []
    try:
        async for thread in threads:
            if thread.archive_timestamp >= since:
                found.append(thread)
            elif in_order:
                break
    except (discord.Forbidden, discord.NotFound) as error:
        _log.warning("archived threads cannot be listed", channel=channel.id, code=error.code)
    return found
