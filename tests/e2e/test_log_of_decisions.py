"""The head of the log of decisions reaches moderators every day, and the database answers to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.sandbox import Simulation
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, opened

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"


async def test_a_head_is_posted_after_midnight_and_verified_while_the_bot_runs(
    folder: Path,
) -> None:
    """Once, also over a restart; a decision that is changed later shows against it."""
    async with Simulation() as sim:
        town = await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            await town.settle_in(store, sim)
        await bot.start()
        ada = await town.guild.member("Ada")
        await ada.says(town.general, VULGAR)
        await sim.settled()
        before = town.heads()

        await sim.advance(days=1)
        await sim.settled()
        (head,) = town.heads()
        await bot.stop()
        await bot.start()
        await sim.advance(days=1)
        await sim.settled()
        again = town.heads()
        status, running = await bot.command("verify-log", "--head", head)
        await bot.stop()
        with closing(sqlite3.connect(bot.database)) as connection, connection:
            connection.execute("UPDATE rulings SET rule = 'hate'")
        changed, words = await bot.command("verify-log", "--head", head)

        assert (before, again) == ([], [head])
        assert (status, "decision 1: all up to it are unaltered" in running) == (0, True), running
        assert (changed, "altered: 1 (number 1)" in words) == (1, True), words
