"""The returning cog says who came back and where channels changed, and no more often."""

import asyncio
import copy
from datetime import datetime
from types import SimpleNamespace

from cogs.returning import Returning
from tests.discord_io.objects import CATEGORY, channel, client, guild
from tests.making import ADA, ART, BEA, GENERAL, GUILD, NOON


class Upkeep:
    """Notes what it is told; a look at channels lasts until it is let go."""

    def __init__(self) -> None:
        self.returns: list[tuple[int, int, datetime]] = []
        self.looks: list[int] = []
        self.groups: list[int] = []
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def watched(self, _guild: int) -> frozenset[int]:
        """Return Ada, who is there, and Bea, who is not."""
        return frozenset({ADA, BEA})

    async def returned(self, guild_id: int, user: int, joined_at: datetime) -> None:
        """Note a return."""
        self.returns.append((guild_id, user, joined_at))

    async def groups_changed(self, guild_id: int) -> None:
        """Note a look at the groups."""
        self.groups.append(guild_id)

    async def channels_changed(self, guild_id: int) -> None:
        """Note a look."""
        self.looks.append(guild_id)
        await self.may_end.wait()


class Watch:
    """Notes how often a log is to be read first; it is read at once."""

    def __init__(self, upkeep: Upkeep) -> None:
        self.behind: list[int] = []
        self.upkeep = upkeep

    def fall_behind(self, guild_id: int) -> None:
        """Note that a log is to be read."""
        self.behind.append(guild_id)

    async def until_read(self, _guild: int) -> None:
        """Return at once; nobody's return is heard of before."""
        assert self.upkeep.returns == []


class Listening:
    """A cog with a guild and an upkeep that notes."""

    def __init__(self) -> None:
        one = client()
        self.guild = guild(one)
        self.upkeep = Upkeep()
        self.greeting = False
        service = SimpleNamespace(
            guilds=[self.guild],
            app=SimpleNamespace(upkeep=self.upkeep, watch=Watch(self.upkeep)),
            is_greeting=lambda _guild: self.greeting,
        )
        self.cog = Returning(service)  # type: ignore[arg-type]


async def test_who_joins_is_told_with_the_moment() -> None:
    """By it each return counts once."""
    listening = Listening()
    ada = listening.guild.get_member(ADA)
    assert ada is not None

    await listening.cog.on_member_join(ada)

    assert listening.upkeep.returns == [(GUILD, ADA, NOON)]


async def test_a_new_session_looks_through_its_shards_guilds() -> None:
    """Those who are there, and the channels; guilds of other shards have their own session."""
    listening = Listening()

    await listening.cog.on_shard_ready(7)
    assert listening.upkeep.looks == []
    await listening.cog.on_shard_ready(listening.guild.shard_id)

    assert listening.upkeep.returns == [(GUILD, ADA, NOON)]
    assert listening.upkeep.looks == [GUILD]


async def test_a_guild_that_comes_back_is_looked_through_once() -> None:
    """Not while its whole session is about to be ready."""
    listening = Listening()
    listening.greeting = True
    await listening.cog.on_guild_available(listening.guild)
    assert listening.upkeep.looks == []
    listening.greeting = False
    await listening.cog.on_guild_available(listening.guild)

    assert listening.upkeep.looks == [GUILD]


async def test_a_channel_that_comes_goes_or_moves_is_told() -> None:
    """A new name is none of it."""
    listening = Listening()
    art = listening.guild.get_channel(ART)
    assert art is not None
    await listening.cog.on_guild_channel_create(art)
    await listening.cog.on_guild_channel_delete(art)
    assert len(listening.upkeep.looks) == 2

    then = copy.copy(art)
    art._update(listening.guild, channel(ART) | {"name": "new"})  # type: ignore[arg-type]
    await listening.cog.on_guild_channel_update(then, art)
    assert len(listening.upkeep.looks) == 2
    then = copy.copy(art)
    art._update(listening.guild, channel(ART, parent=CATEGORY))  # type: ignore[arg-type]
    await listening.cog.on_guild_channel_update(then, art)

    assert len(listening.upkeep.looks) == 3


async def test_a_channel_that_goes_its_own_way_or_comes_back_is_told() -> None:
    """In step with its category or not: that decides whose overwrites hold there."""
    listening = Listening()
    general = listening.guild.get_channel(GENERAL)
    assert general is not None
    then = copy.copy(general)
    own = channel(GENERAL, parent=CATEGORY, send_messages=True)
    general._update(listening.guild, own)  # type: ignore[arg-type]

    await listening.cog.on_guild_channel_update(then, general)
    await listening.cog.on_guild_channel_update(general, then)
    await listening.cog.on_guild_channel_update(general, general)

    assert len(listening.upkeep.looks) == 2


async def test_many_changes_at_once_are_looked_at_twice_at_most() -> None:
    """A category's channels follow it, each with an event of its own."""
    listening = Listening()
    listening.upkeep.may_end.clear()
    art = listening.guild.get_channel(ART)
    assert art is not None

    events = [asyncio.create_task(listening.cog.on_guild_channel_create(art)) for _ in range(50)]
    await asyncio.sleep(0)
    listening.upkeep.may_end.set()
    await asyncio.gather(*events)

    assert len(listening.upkeep.looks) == 2
