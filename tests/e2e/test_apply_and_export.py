"""A community file becomes what holds on a server, and comes back as the same file."""

from pathlib import Path

import pytest

from bot.sandbox import Simulation
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, notices

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"

FILE = """
name = "Town"
posture = "act"
moderators = ["Moderator"]
log = "mod-log"

[[board]]
name = "General"
channel = "general"

[[board]]
name = "Showcase"
channel = "#showcase"
"""


@pytest.fixture
def community_file(folder: Path) -> Path:
    """A small community file."""
    file = folder / "community.toml"
    file.write_text(FILE)
    return file


async def test_apply_shows_the_difference_and_the_bot_acts_on_it(
    folder: Path, community_file: Path
) -> None:
    """Applied, started, and a vulgar post goes; exporting gives a file that changes nothing."""
    async with Simulation() as sim:
        town = await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        guild = str(town.guild.id)

        status, output = await bot.command("apply", str(community_file), "--guild", guild, "--yes")
        assert status == 0, output
        assert "+ board 'General'" in output
        assert "posture: not chosen (observe) → act" in output

        await bot.start()
        ada = await town.guild.member("Ada")
        post = await ada.says(town.general, VULGAR)
        await sim.settled()
        assert post.deleted
        assert len(notices(ada)) == 1
        await bot.stop()

        status, exported = await bot.command("export", "--guild", guild)
        assert status == 0, exported
        again = folder / "again.toml"
        again.write_text(exported)
        status, output = await bot.command("apply", str(again), "--guild", guild, "--yes")
        assert status == 0, output
        assert "nothing to change" in output
        assert sim.refused == []


async def test_what_is_not_found_is_named_and_nothing_changes(folder: Path) -> None:
    """Every missing channel and role at once, and no half of a community."""
    async with Simulation() as sim:
        town = await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        file = folder / "community.toml"
        file.write_text(
            FILE.replace('"general"', '"genral"').replace('["Moderator"]', '["Moderators"]')
        )

        status, output = await bot.command(
            "apply", str(file), "--guild", str(town.guild.id), "--yes"
        )

        assert status != 0
        assert "board 'General' is 'genral', and Town has none of that name" in output
        assert "the role of the moderators is 'Moderators'" in output
        status, output = await bot.command("export", "--guild", str(town.guild.id))
        assert status == 1
        assert "nothing has been applied" in output


async def test_a_server_without_the_bot_is_refused_in_words(
    folder: Path, community_file: Path
) -> None:
    """A wrong id, or no invitation."""
    async with Simulation() as sim:
        await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)

        status, output = await bot.command(
            "apply", str(community_file), "--guild", "12345", "--yes"
        )

        assert status == 1
        assert "Concord is not on a server of that id" in output


async def test_an_admin_without_a_connection_is_told_so(folder: Path, community_file: Path) -> None:
    """A sentence, as from the bot itself, and not a defect."""
    async with Simulation() as sim:
        bot = BotProcess(sim, folder)

    status, output = await bot.command("apply", str(community_file), "--guild", "12345", "--yes")

    assert status == 1
    assert output == "Discord cannot be reached from here; check the connection and start again.\n"


async def test_a_server_that_nobody_set_up_is_only_looked_at(folder: Path) -> None:
    """Without a community nothing is screened."""
    async with Simulation() as sim:
        town = await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        await bot.start()
        ada = await town.guild.member("Ada")

        post = await ada.says(town.general, VULGAR)
        await sim.settled()
        await bot.stop()

        assert not post.deleted
        assert town.log_titles() == []
