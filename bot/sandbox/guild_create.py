"""What a session is told of a guild when it connects or the bot joins."""

from bot.sandbox import access
from bot.sandbox.guilds import Guild
from bot.sandbox.seam import JsonObject
from bot.sandbox.snowflake import iso
from bot.sandbox.world import World

LARGE = 250
"""discord.py's ``large_threshold`` (``gateway.py``, ``identify``), Discord's maximum."""


def guild_create(world: World, guild: Guild) -> JsonObject:
    """Return the data of GUILD_CREATE: the guild as the bot sees it.

    Of the members only the bot itself is listed; the others are asked for in chunks.
    Hidden channels are listed too, as Discord does; hidden threads are not.
    """
    me = guild.members[world.bot.id]
    return {
        **guild.payload(),
        "joined_at": iso(me.joined_at),
        "large": len(guild.members) > LARGE,
        "unavailable": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [me.payload()],
        "channels": [channel.payload() for channel in guild.channels.values()],
        "threads": [
            thread.payload(world.bot.id)
            for thread in guild.threads.values()
            if not thread.archived and access.sees(world, world.bot.id, thread)
        ],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
