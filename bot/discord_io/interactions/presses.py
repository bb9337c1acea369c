"""What people press: counted as work, and forms understood by their custom id alone.

A form that discord.py keeps in memory is lost with the process, and kept for ever where somebody
closes it without sending it. Ours are therefore made anew from their custom id when they come back.
"""

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, ClassVar, Self, TypeVar

import discord

from bot.activity import Activity
from bot.discord_io import interactions
from bot.discord_io.client import ConcordClient
from bot.discord_io.interactions.answers import Interaction
from bot.discord_io.interactions.fields import Field, filled_in
from bot.discord_io.interactions.trouble import told

Parser = Callable[[Any], None]
_Made = TypeVar("_Made")
_Kind = TypeVar("_Kind")

MODAL_SUBMIT = 5
"""The type of an interaction that sends a form (Discord's documentation of interactions)."""

NEVER = r"(?!)"
"""Fits no custom id: for classes that only others are made of."""


class Press(discord.ui.DynamicItem[discord.ui.Item[Any]], template=NEVER):
    """A button or a select whose whole state lies in its custom id: it outlives the process.

    Attributes:
        match: what its custom id says.
    """

    def __init__(self, item: discord.ui.Item[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the button that was pressed."""
        return cls(item, match)

    @property
    def chosen(self) -> str:
        """The value that was chosen, of a select."""
        assert isinstance(self.item, discord.ui.Select), "BUG: a button has no values"
        return str(self.item.values[0])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it is for; whoever pressed is told what went wrong."""
        async with told(interaction):
            await self.pressed(interaction)

    async def pressed(self, interaction: Interaction) -> None:
        """Do what it is for."""
        raise NotImplementedError


class Form(discord.ui.Modal):
    """A form whose whole state lies in its custom id and in what is filled in.

    Attributes:
        match: what its custom id says.
    """

    template: ClassVar[re.Pattern[str]] = re.compile(NEVER)
    """What its custom ids look like; they have at most 100 characters."""

    def __init__(self, custom_id: str, title: str = "Form", fields: Iterable[Field] = ()) -> None:
        match = self.template.fullmatch(custom_id)
        assert match is not None, f"BUG: {custom_id} is no form of this kind"
        super().__init__(title=title, custom_id=custom_id)
        self.match = match
        for field in fields:
            self.add_item(field)

    async def open(self, interaction: Interaction) -> None:
        """Show it, as the first answer to an interaction."""
        self.stop()  # so that discord.py does not keep it
        await interaction.response.send_modal(self)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Do what it is for; whoever sent it is told what went wrong."""
        async with told(interaction):
            await self.sent(interaction, filled_in(interaction.data))

    async def sent(self, interaction: Interaction, said: Mapping[str, str]) -> None:
        """Do what it is for.

        Args:
            interaction: not answered yet.
            said: what was filled in, by the names of the fields; those not shown are missing.
        """
        raise NotImplementedError


def watch_presses(client: ConcordClient) -> None:
    """Know every button and form of ours, and count what interactions set in motion as work.

    Args:
        client: before it connects, its services given.
    """
    client.add_dynamic_items(*_every(Press))
    forms = tuple(_every(Form))
    activity = client.app.activity
    parse: Parser = client._connection.parsers["INTERACTION_CREATE"]  # noqa: SLF001 - no public seam

    def watched(data: Any) -> None:
        if data["type"] == MODAL_SUBMIT:
            _revive(client, forms, data["data"]["custom_id"])
        _counting_tasks(activity, parse, data)

    client.add_parser("INTERACTION_CREATE", watched)


def _every(kind: type[_Kind]) -> list[type[_Kind]]:
    """Return the classes of a kind in this package, so that none can be forgotten."""
    found: list[type[_Kind]] = []
    for module in iter_modules(interactions.__path__):
        for value in vars(import_module(f"{interactions.__name__}.{module.name}")).values():
            is_kind = isinstance(value, type) and issubclass(value, kind) and value is not kind
            if is_kind and value.__module__.endswith(f".{module.name}"):
                found.append(value)
    return found


def _revive(client: discord.Client, forms: tuple[type[Form], ...], custom_id: str) -> None:
    for form in forms:
        if form.template.fullmatch(custom_id):
            # One of its own for each sending: two people may have the same form open.
            client._connection.store_view(form(custom_id))  # noqa: SLF001 - no public seam
            return


def _counting_tasks(activity: Activity, parse: Parser, data: Any) -> None:
    """Parse an event, and count the tasks born of it: discord.py has no seam for them."""
    loop = asyncio.get_running_loop()
    factory = loop.get_task_factory()

    def born(
        loop: asyncio.AbstractEventLoop, coro: Coroutine[Any, Any, _Made], **more: Any
    ) -> "asyncio.Task[_Made]":
        task: asyncio.Task[_Made] = asyncio.Task(coro, loop=loop, **more)
        activity.begin()
        task.add_done_callback(lambda _: activity.end())
        return task

    loop.set_task_factory(born)  # type: ignore[arg-type]
    try:
        parse(data)
    finally:
        loop.set_task_factory(factory)
