"""A bot of two shards: a session lost on one of them leaves the other at work, and ends nothing."""

from pathlib import Path

from bot.sandbox import Simulation
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, notices, opened

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"


async def test_a_session_lost_on_one_shard_is_caught_up_on(folder: Path) -> None:
    """Each shard's guilds are judged, what was missed is found, and the bot stops as asked."""
    async with Simulation(shards=2) as sim:
        towns = [await Town.build(sim, f"Town {number}") for number in range(4)]
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            for town in towns:
                await town.settle_in(store, sim)
        members = [await town.guild.member("Ada") for town in towns]
        await bot.start()

        lost = sim.gateway.connected[0]
        sim.gateway.invalidate(lost)
        await sim.until(lambda: lost not in sim.gateway.connected)
        posts = [
            await member.says(town.general, VULGAR)
            for member, town in zip(members, towns, strict=True)
        ]
        await sim.connected()
        await sim.settled()

        assert all(post.deleted for post in posts)
        assert [len(notices(member)) for member in members] == [1, 1, 1, 1]
        assert await bot.stop() == 0
        assert sim.refused == []
