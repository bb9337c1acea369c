"""A real discord.py bot with a command, a menu, a form and buttons of each kind."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

import discord
import pytest
from discord import app_commands

from tests.sandbox.conftest import Community
from tests.sandbox.discordpy import PlainBot, logged_in

Seen: TypeAlias = "discord.Interaction[discord.Client]"
Handler: TypeAlias = Callable[[Seen], Awaitable[None]]


class CommandingBot(PlainBot):
    """Does in each command what the test says, and remembers the interactions.

    Attributes:
        on: by the name of a command or the custom id of a component or form: what to do.
        seen: every interaction, in order.
        given: what the commands were called with, in order.
    """

    def __init__(self) -> None:
        super().__init__()
        self.on: dict[str, Handler] = {}
        self.seen: list[Seen] = []
        self.given: list[dict[str, object]] = []
        self.guessed: list[dict[str, object]] = []
        self.tree.add_command(_timeout(self))
        self.tree.add_command(_case(self))
        self.tree.add_command(_everything(self))
        self.tree.add_command(app_commands.ContextMenu(name="Moderate post", callback=_on_post))
        self.tree.add_command(app_commands.ContextMenu(name="Moderate member", callback=_on_member))
        self.tree.on_error = self._on_error  # type: ignore[method-assign]
        self.failures: list[Exception] = []

    async def do(self, name: str, interaction: Seen, **given: object) -> None:
        """Do what the test says."""
        self.given.append(given)
        await self.on[name](interaction)

    async def on_interaction(self, interaction: Seen) -> None:
        """Remember it; answer components and forms."""
        self.seen.append(interaction)
        custom_id = (interaction.data or {}).get("custom_id")
        if isinstance(custom_id, str) and custom_id in self.on:
            await self.on[custom_id](interaction)

    async def _on_error(self, _interaction: Seen, error: Exception) -> None:
        self.failures.append(error)


def bot_of(interaction: Seen) -> CommandingBot:
    """Return the bot that an interaction came to."""
    assert isinstance(interaction.client, CommandingBot)
    return interaction.client


async def _on_post(interaction: Seen, message: discord.Message) -> None:
    await bot_of(interaction).do("Moderate post", interaction, message=message)


async def _on_member(interaction: Seen, member: discord.Member) -> None:
    await bot_of(interaction).do("Moderate member", interaction, member=member)


def _timeout(bot: CommandingBot) -> "app_commands.Command[discord.app_commands.Group, ..., None]":
    @app_commands.command(name="timeout", description="Time somebody out")
    @app_commands.describe(member="whom", duration="how long", rule="why")
    @app_commands.default_permissions(moderate_members=True)
    @app_commands.guild_only()
    @app_commands.choices(
        duration=[
            app_commands.Choice(name="1 hour", value="1h"),
            app_commands.Choice(name="3 days", value="3d"),
        ]
    )
    async def timeout(
        interaction: Seen, member: discord.Member, duration: str, rule: str | None = None
    ) -> None:
        await bot.do("timeout", interaction, member=member, duration=duration, rule=rule)

    @timeout.autocomplete("rule")
    async def rules(interaction: Seen, current: str) -> list[app_commands.Choice[str]]:
        bot.guessed.append(vars(interaction.namespace))
        known = {"contact-data": "Contact data", "coarse-words": "Coarse words"}
        return [
            app_commands.Choice(name=name, value=rule)
            for rule, name in known.items()
            if current.lower() in name.lower()
        ]

    return timeout


def _case(bot: CommandingBot) -> app_commands.Group:
    group = app_commands.Group(name="case", description="Cases")

    @group.command(name="show", description="Show a case")
    async def show(interaction: Seen, number: app_commands.Range[int, 1, 9999]) -> None:
        await bot.do("case show", interaction, number=number)

    inner = app_commands.Group(name="note", description="Notes", parent=group)

    @inner.command(name="add", description="Add a note")
    async def add(interaction: Seen, text: str) -> None:
        await bot.do("case note add", interaction, text=text)

    return group


def _everything(
    bot: CommandingBot,
) -> "app_commands.Command[discord.app_commands.Group, ..., None]":
    @app_commands.command(name="everything", description="Takes every kind of option")
    async def everything(
        interaction: Seen,
        text: str | None = None,
        whole: int | None = None,
        part: float | None = None,
        yes: bool | None = None,
        user: discord.User | None = None,
        room: discord.TextChannel | None = None,
        role: discord.Role | None = None,
        either: discord.User | discord.Role | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        await bot.do(
            "everything",
            interaction,
            text=text,
            whole=whole,
            part=part,
            yes=yes,
            user=user,
            room=room,
            role=role,
            either=either,
            file=file,
        )

    return everything


@asynccontextmanager
async def commanding(
    community: Community, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[CommandingBot]:
    """Log such a bot in, with its commands synced to the community."""
    async with logged_in(community.sim, CommandingBot(), monkeypatch) as bot:
        guild = discord.Object(community.guild.id)
        bot.tree.copy_global_to(guild=guild)
        await bot.tree.sync(guild=guild)
        yield bot
        assert bot.failures == []
