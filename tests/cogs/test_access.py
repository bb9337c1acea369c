"""The access cog has a guild read again exactly where something was opened to Concord."""

import copy
from types import SimpleNamespace

import discord

from cogs.access import Access
from tests.discord_io.objects import ME, channel, client, guild, role
from tests.making import ART, GUILD, PAINTERS

OURS = 111


class Listening:
    """A cog whose intake notes the guilds it is to catch up."""

    def __init__(self) -> None:
        self.behind: list[int] = []
        self.guild = guild(client(), channel(ART, view_channel=True))
        app = SimpleNamespace(intake=SimpleNamespace(catch_up=self.behind.append))
        self.cog = Access(SimpleNamespace(app=app))  # type: ignore[arg-type]


async def test_an_opened_channel_has_its_guild_caught_up() -> None:
    """Once; the same change the other way round does nothing."""
    one = Listening()
    now = one.guild.get_channel(ART)
    assert now is not None
    then = copy.copy(now)
    now._update(one.guild, channel(ART))  # type: ignore[arg-type]
    await one.cog.on_guild_channel_update(then, now)
    assert one.behind == [GUILD]
    await one.cog.on_guild_channel_update(now, then)
    assert one.behind == [GUILD]


async def test_a_role_that_opens_something_has_its_guild_caught_up() -> None:
    """A role of somebody else's does nothing."""
    one = Listening()
    for identity in (OURS, PAINTERS):
        now = one.guild.get_role(identity)
        assert now is not None
        then = copy.copy(now)
        then._update(role(identity))  # type: ignore[arg-type]
        now._update(role(identity, discord.Permissions.all().value))  # type: ignore[arg-type]
        await one.cog.on_guild_role_update(then, now)
    assert one.behind == [GUILD]


async def test_a_role_given_to_concord_has_its_guild_caught_up() -> None:
    """A change without a new role does nothing."""
    one = Listening()
    art = one.guild.get_channel(ART)
    assert art is not None
    art._update(one.guild, channel(ART))  # type: ignore[arg-type]
    now = one.guild.get_member(ME)
    assert now is not None
    await one.cog.on_member_update(now, now)
    assert one.behind == []
    then = discord.Member._copy(now)
    then._roles = discord.utils.SnowflakeList(())
    await one.cog.on_member_update(then, now)
    assert one.behind == [GUILD]
