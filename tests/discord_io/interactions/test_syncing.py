"""Commands are written to Discord only where they differ from what it offers."""

from collections import Counter
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.discord_io.interactions.syncing import TRIES, is_offered, sync_commands
from bot.sandbox import Simulation
from bot.sandbox.fault_kinds import Fault
from tests.discord_io.simulated import Hasty
from tests.sandbox.discordpy import PlainBot, logged_in

READ = "GET /applications/{application_id}/commands"
WRITE = "PUT /applications/{application_id}/commands"


def with_commands(*names: str, about: str = "Does something") -> PlainBot:
    """Return a bot with some commands, one option each, and a menu."""
    bot = PlainBot()
    bot.tree.allowed_contexts = app_commands.AppCommandContext(guild=True)
    bot.tree.allowed_installs = app_commands.AppInstallationType(guild=True)
    for name in names:

        @app_commands.default_permissions(moderate_members=True)
        @app_commands.describe(text="What to say", how="In which way")
        @app_commands.choices(how=[app_commands.Choice(name="loud", value=1)])
        async def callback(
            interaction: discord.Interaction,
            text: app_commands.Range[str, 1, 50],
            how: int = 1,
        ) -> None:
            pass

        bot.tree.add_command(app_commands.Command(name=name, description=about, callback=callback))

    async def menu(interaction: discord.Interaction, message: discord.Message) -> None:
        pass

    bot.tree.add_command(app_commands.ContextMenu(name="Look at", callback=menu))
    return bot


def calls(sim: Simulation) -> Counter[str]:
    """Return how often commands were read and written."""
    return Counter(one.route for one in sim.requests if one.route in (READ, WRITE))


async def synced(sim: Simulation, bot: PlainBot, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Start a bot, bring its commands up to date, stop it; return whether they were written."""
    async with logged_in(sim, bot, monkeypatch):
        return await sync_commands(bot, bot.tree, Hasty())


async def test_commands_are_written_at_the_first_start_and_then_only_when_they_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two hundred new ones a day are all that Discord takes."""
    async with Simulation() as sim:
        first = await synced(sim, with_commands("warn", "ban"), monkeypatch)
        again = await synced(sim, with_commands("ban", "warn"), monkeypatch)
        other_words = await synced(sim, with_commands("warn", "ban", about="Else"), monkeypatch)
        one_less = await synced(sim, with_commands("warn", about="Else"), monkeypatch)
        settled = await synced(sim, with_commands("warn", about="Else"), monkeypatch)

        assert (first, again, other_words, one_less, settled) == (True, False, True, True, False)
        assert calls(sim) == {READ: 5, WRITE: 3}
        assert sim.refused == []


async def test_an_outage_is_tried_again_and_then_left_for_the_next_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Bounded: a start is never held up for good."""
    async with Simulation() as sim:
        sim.faults.next(READ, Fault.error(503), times=100)

        assert not await synced(sim, with_commands("warn"), monkeypatch)
        assert calls(sim)[WRITE] == 0
        assert calls(sim)[READ] >= TRIES


async def test_what_discord_does_not_accept_is_not_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It would be refused again."""
    async with Simulation() as sim:
        bot = with_commands("warn", about="x" * 101)

        assert not await synced(sim, bot, monkeypatch)
        assert calls(sim)[WRITE] == 1


@pytest.mark.parametrize(
    ("wanted", "offered", "same"),
    [
        # what Discord adds, leaves out, or writes in another way
        ({"options": []}, {}, True),
        ({"nsfw": False}, {"id": "1", "version": "2"}, True),
        ({"default_member_permissions": 8}, {"default_member_permissions": "8"}, True),
        ({"contexts": [0, 1]}, {"contexts": [1, 0]}, True),
        ({"dm_permission": False}, {}, True),
        # what differs
        ({"description": "a"}, {"description": "b"}, False),
        ({"options": [{"name": "a"}]}, {}, False),
        (
            {"options": [{"name": "a"}, {"name": "b"}]},
            {"options": [{"name": "b"}, {"name": "a"}]},
            False,
        ),
        ({"options": [{"name": "a", "required": True}]}, {"options": [{"name": "a"}]}, False),
        ({"default_member_permissions": 8}, {"default_member_permissions": None}, False),
        ({"default_member_permissions": None}, {"default_member_permissions": "8"}, False),
        ({"contexts": [0]}, {"contexts": [0, 1]}, False),
        ({"contexts": [0]}, {}, False),
    ],
)
def test_only_what_is_wanted_is_compared(
    wanted: dict[str, Any], offered: dict[str, Any], same: bool
) -> None:
    """Discord's own fields say nothing; an order of options does."""
    named = {"name": "warn", "type": 1}

    assert is_offered([named | wanted], [named | offered]) is same


def test_a_command_that_is_offered_and_not_wanted_differs() -> None:
    """It has to go; and a menu is another thing than a command of its name."""
    warn = {"name": "warn", "type": 1}

    assert not is_offered([], [warn])
    assert not is_offered([warn], [{"name": "warn", "type": 2}])
    assert is_offered([warn], [{"name": "warn"}])
