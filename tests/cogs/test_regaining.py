"""The regaining cog says when Concord may do more than before, and no more often."""

import asyncio
import copy
from types import SimpleNamespace

from cogs.regaining import Regaining
from tests.discord_io.objects import ME, channel, client, guild
from tests.making import ADA, ART, GUILD


class Upkeep:
    """Counts what it is told; each look lasts until it is let go."""

    def __init__(self) -> None:
        self.looks: list[int] = []
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def may_do_more(self, guild_id: int) -> None:
        """Note a look."""
        self.looks.append(guild_id)
        await self.may_end.wait()


class Listening:
    """A cog with a guild and an upkeep that notes."""

    def __init__(self) -> None:
        self.guild = guild(client())
        self.upkeep = Upkeep()
        self.greeting = False
        service = SimpleNamespace(
            guilds=[self.guild],
            app=SimpleNamespace(upkeep=self.upkeep),
            is_greeting=lambda _guild: self.greeting,
        )
        self.cog = Regaining(service)  # type: ignore[arg-type]


async def test_a_new_session_and_a_server_that_is_back_are_told_of_once() -> None:
    """Of its own shard, and not while its whole session is about to be ready."""
    listening = Listening()
    await listening.cog.on_shard_ready(7)
    listening.greeting = True
    await listening.cog.on_guild_available(listening.guild)
    assert listening.upkeep.looks == []
    await listening.cog.on_shard_ready(listening.guild.shard_id)
    listening.greeting = False
    await listening.cog.on_guild_available(listening.guild)

    assert listening.upkeep.looks == [GUILD, GUILD]


async def test_a_role_that_permits_something_else_or_is_moved_is_told_of() -> None:
    """A new colour is none of it."""
    listening = Listening()
    now = listening.guild.roles[-1]
    same, moved, other = copy.copy(now), copy.copy(now), copy.copy(now)
    same.name = "new"
    moved.position += 1
    other._permissions ^= 1 << 28
    await listening.cog.on_guild_role_update(now, same)
    assert listening.upkeep.looks == []
    await listening.cog.on_guild_role_update(now, moved)
    await listening.cog.on_guild_role_update(now, other)

    assert listening.upkeep.looks == [GUILD, GUILD]


async def test_only_concords_own_roles_are_told_of() -> None:
    """What others are given does not let Concord do more."""
    listening = Listening()
    for who, looks in ((ADA, 0), (ME, 1)):
        after = listening.guild.get_member(who)
        assert after is not None
        before = copy.copy(after)
        before._roles = type(after._roles)([])
        after._roles = type(after._roles)([listening.guild.roles[-1].id])
        await listening.cog.on_member_update(before, after)
        assert len(listening.upkeep.looks) == looks


async def test_a_channel_that_lets_concord_do_more_is_told_of() -> None:
    """A new name is none of it."""
    listening = Listening()
    art = listening.guild.get_channel(ART)
    assert art is not None
    then = copy.copy(art)
    art._update(listening.guild, channel(ART) | {"name": "new"})  # type: ignore[arg-type]
    await listening.cog.on_guild_channel_update(then, art)
    assert listening.upkeep.looks == []
    then = copy.copy(art)
    art._update(listening.guild, channel(ART, manage_roles=True))  # type: ignore[arg-type]
    await listening.cog.on_guild_channel_update(then, art)

    assert listening.upkeep.looks == [GUILD]


async def test_however_many_roles_move_together_it_looks_once_more_at_the_end() -> None:
    """Moving one role moves all below it."""
    listening = Listening()
    listening.upkeep.may_end.clear()
    now = listening.guild.roles[-1]
    moved = copy.copy(now)
    moved.position += 1
    tasks = [asyncio.create_task(listening.cog.on_guild_role_update(now, moved)) for _ in range(50)]
    await asyncio.sleep(0)
    listening.upkeep.may_end.set()
    await asyncio.gather(*tasks)

    assert listening.upkeep.looks == [GUILD, GUILD]
