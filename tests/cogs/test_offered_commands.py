"""Every command that is offered keeps Discord's limits, and is offered on servers only."""

from collections.abc import Iterator
from pathlib import Path
from pkgutil import iter_modules
from types import SimpleNamespace
from typing import Any

import pytest_asyncio

from bot.activity import Activity
from bot.discord_io.client import ConcordClient
from bot.sandbox.interactions.command_form import read_command

COGS = Path(__file__).parents[2] / "cogs"

ORDERED = {
    "remove", "warn", "timeout", "remove-from-board", "remove-from-group", "ban", "lift", "case",
    "record", "my", "Moderate post", "Member record", "move", "lock-thread", "close-duplicate",
    "pause", "resume", "restore-all",
}  # fmt: skip
"""What there has to be; /resume is the way back from /pause."""

FOR_EVERYBODY = {"my"}
"""Commands that need no permission of Discord's."""


@pytest_asyncio.fixture
async def offered() -> list[dict[str, Any]]:
    """The commands as they are sent to Discord."""
    activity = Activity()
    client = ConcordClient(activity)
    client.use(SimpleNamespace(activity=activity))  # type: ignore[arg-type]
    for module in iter_modules([str(COGS)]):
        await client.load_extension(f"cogs.{module.name}")
    return [command.to_dict(client.tree) for command in client.tree._get_all_commands(guild=None)]


def options(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield all options of a command, subcommands included, at any depth."""
    for option in command.get("options", ()):
        yield option
        yield from options(option)


async def test_all_commands_of_the_order_are_offered_and_no_other(
    offered: list[dict[str, Any]],
) -> None:
    """A cog that is not loaded would be missed here."""
    assert {command["name"] for command in offered} == ORDERED


async def test_every_command_and_option_says_what_it_is_for(offered: list[dict[str, Any]]) -> None:
    """In 1 to 100 characters, as Discord demands, and in words of ours."""
    said = [
        (command["name"], one["name"], one["description"])
        for command in offered
        if command["type"] == 1
        for one in (command, *options(command))
    ]

    assert [one for one in said if not 1 <= len(one[2]) <= 100 or one[2] == "…"] == []
    assert len(said) > 50


async def test_discord_would_take_every_command(offered: list[dict[str, Any]]) -> None:
    """Names, lengths, order of options: read by the form the simulated Discord reads them by."""
    read = [read_command(command) for command in offered]

    assert [fields["name"] for _, fields in read] == [command["name"] for command in offered]


async def test_commands_are_offered_on_servers_only(offered: list[dict[str, Any]]) -> None:
    """Neither in direct messages nor where only a person installed the app."""
    assert {tuple(command["contexts"]) for command in offered} == {(0,)}
    assert {tuple(command["integration_types"]) for command in offered} == {(0,)}


async def test_only_a_members_own_commands_are_shown_to_everybody(
    offered: list[dict[str, Any]],
) -> None:
    """What moderators may do is asked at the press; this only keeps lists short."""
    open_to_all = {
        command["name"] for command in offered if command["default_member_permissions"] is None
    }

    assert open_to_all == FOR_EVERYBODY


async def test_the_same_option_reads_the_same_everywhere(offered: list[dict[str, Any]]) -> None:
    """Notes, reasons and silence mean one thing."""
    shared = ("internal", "because", "silent")
    said = {
        name: {
            option["description"]
            for command in offered
            for option in options(command)
            if option["name"] == name
        }
        for name in shared
    }

    assert {name: len(words) for name, words in said.items()} == dict.fromkeys(shared, 1)
