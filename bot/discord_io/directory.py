"""What a server has by name, asked over HTTP alone: no gateway, no events."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import discord

from bot.discord_io.entrance import in_words
from bot.errors import ConcordError
from bot.resolving import Directory


async def fetch_directory(token: str, guild_id: int) -> Directory:
    """Log in, read a server's channels and roles, and leave.

    Raises:
        ConcordError: if Discord cannot be reached, does not accept the token, or does not have
            Concord on that server.
    """
    client = discord.Client(intents=discord.Intents.none())
    try:
        with in_words():
            await client.login(token)
            guild = await client.fetch_guild(guild_id, with_counts=False)
            channels = await guild.fetch_channels()
    except (discord.NotFound, discord.Forbidden) as error:
        raise ConcordError(
            f"--guild {guild_id}: Concord is not on a server of that id; invite it first, or copy "
            "the id again (right-click the server, Copy Server ID)."
        ) from error
    finally:
        await client.close()
    return Directory(
        server=guild.name,
        channels=_by_name((channel.name, channel.id) for channel in channels),
        roles=_by_name((role.name, role.id) for role in guild.roles),
    )


def _by_name(pairs: Iterable[tuple[str, int]]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for name, identity in pairs:
        found[name].append(identity)
    return {name: tuple(ids) for name, ids in found.items()}
