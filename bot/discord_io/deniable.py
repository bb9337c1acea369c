"""What Concord can deny in a channel: what it may give there, and what means something there."""

from typing import Final

import discord

from bot.discord_io.refusals import grantable_in
from bot.policy.writing import SPEAKING, THREADS
from bot.ports import Deniable

_EVERYTHING: Final = ~0


def deniable(guild: discord.Guild | None, channel: int, bits: int) -> Deniable:
    """Return what of some permissions Concord can deny in a channel.

    A category has what any channel may mean that joins it; only what means something in its
    channels of now is lacking.

    Args:
        guild: as it is known; where it or the channel is not, Discord will say.
        channel: where.
        bits: permissions.
    """
    place = guild.get_channel(channel) if guild is not None else None
    if guild is None or place is None:
        return Deniable(bits, 0)
    held = grantable_in(place, guild.me).value
    if isinstance(place, discord.CategoryChannel):
        fitting, meant = _EVERYTHING, 0
        for one in place.channels:
            meant |= meaning(one)
        meant = meant or _EVERYTHING
    else:
        fitting = meant = meaning(place)
    return Deniable(bits & fitting & held, bits & meant & ~held)


def meaning(place: discord.abc.GuildChannel | discord.Thread) -> int:
    """Return the permissions that mean something in a kind of channel, beside what all have."""
    if isinstance(place, discord.VoiceChannel | discord.StageChannel):
        return ~THREADS
    return ~SPEAKING
