"""The screening cog hands over what happens, and decides nothing."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.intake import Arrival, Departure
from cogs.screening import Screening
from tests.discord_io.objects import ME, client, guild, message, user
from tests.making import GUILD


class Intake:
    """Notes what it is given."""

    def __init__(self) -> None:
        self.put_in: list[Arrival | Departure] = []
        self.behind: list[int] = []

    def put(self, event: Arrival | Departure) -> None:
        """Note an event."""
        self.put_in.append(event)

    def catch_up(self, guild_id: int) -> None:
        """Note a guild."""
        self.behind.append(guild_id)


class Listening:
    """A cog with a guild and an intake that notes."""

    def __init__(self) -> None:
        one = client()
        self.guild = guild(one)
        self.intake = Intake()
        app = SimpleNamespace(intake=self.intake)
        self.greeting = False
        service = SimpleNamespace(
            user=one.user,
            app=app,
            is_greeting=lambda _guild: self.greeting,
            catch_up=self.intake.catch_up,
        )
        self.cog = Screening(service)  # type: ignore[arg-type]

    def message(self, **changes: Any) -> discord.Message:
        """Return a message of the guild."""
        return message(self.guild, **changes)


@pytest.fixture
def listening() -> Listening:
    """A cog that hears nothing yet."""
    return Listening()


async def test_a_message_and_each_version_of_it_arrive(listening: Listening) -> None:
    """An edit brings the whole message, whether it was known or not."""
    await listening.cog.on_message(listening.message())
    edited = SimpleNamespace(message=listening.message(content="hello again"))
    await listening.cog.on_raw_message_edit(edited)  # type: ignore[arg-type]

    first, second = listening.intake.put_in
    assert isinstance(first, Arrival)
    assert isinstance(second, Arrival)
    assert first.guild == GUILD
    assert [one.written.post.parts[0].text for one in (first, second)] == ["hello", "hello again"]


async def test_what_is_not_screened_whatever_it_holds_does_not_arrive(
    listening: Listening,
) -> None:
    """Our own messages and announcements take no room."""
    await listening.cog.on_message(listening.message(author=user(ME, bot=True)))
    await listening.cog.on_message(listening.message(type=7))
    assert listening.intake.put_in == []


async def test_deletions_arrive_in_one_order(listening: Listening) -> None:
    """One or many; those in direct messages are nobody's business."""
    one = SimpleNamespace(guild_id=GUILD, message_id=5)
    many = SimpleNamespace(guild_id=GUILD, message_ids={9, 7, 8})
    direct = SimpleNamespace(guild_id=None, message_id=6)
    await listening.cog.on_raw_message_delete(one)  # type: ignore[arg-type]
    await listening.cog.on_raw_message_delete(direct)  # type: ignore[arg-type]
    await listening.cog.on_raw_bulk_message_delete(many)  # type: ignore[arg-type]
    assert listening.intake.put_in == [Departure(GUILD, (5,)), Departure(GUILD, (7, 8, 9))]


async def test_a_guild_that_comes_or_comes_back_has_its_history_read(listening: Listening) -> None:
    """After an invitation and after an outage."""
    await listening.cog.on_guild_join(listening.guild)
    await listening.cog.on_guild_available(listening.guild)
    assert listening.intake.behind == [GUILD, GUILD]


async def test_a_guild_of_a_session_that_is_not_ready_yet_is_read_once(
    listening: Listening,
) -> None:
    """Its whole session is about to be ready, and is read then."""
    listening.greeting = True
    await listening.cog.on_guild_available(listening.guild)
    assert listening.intake.behind == []
