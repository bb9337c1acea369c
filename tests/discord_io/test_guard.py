"""One malformed event neither ends the connection nor is lost."""

from typing import Any

import discord
import pytest
from structlog.testing import capture_logs

from bot.activity import Activity
from bot.discord_io.guard import guard_parsers

WORDS = "words of a member"


class Guarded:
    """A client with one parser of its own, guarded."""

    def __init__(self, only: str | None = None) -> None:
        self.client = discord.Client(intents=discord.Intents.none())
        self.activity = Activity()
        self.lost: list[int] = []
        self.read: list[Any] = []
        self.client._connection.parsers["CHOSEN"] = self.parse
        guard_parsers(self.client, self.activity, self.lost.append, only=only)

    def parse(self, data: Any) -> None:
        """Read an event, or fail as discord.py does on what it does not expect."""
        assert not self.activity.quiet
        self.read.append(data["content"])

    def comes(self, data: object) -> None:
        """Let an event come."""
        self.client._connection.parsers["CHOSEN"](data)


def test_an_event_that_can_be_read_is_read() -> None:
    """As work under way, and nothing is lost."""
    guarded = Guarded()
    guarded.comes({"content": WORDS, "guild_id": "7"})
    assert guarded.read == [WORDS]
    assert guarded.lost == []
    assert guarded.activity.quiet


@pytest.mark.parametrize(
    ("data", "lost"),
    [
        ({"guild_id": "7"}, [7]),
        ({"guild_id": 7}, [7]),
        ({"guild_id": None}, []),
        ({"guild_id": "seven"}, []),
        ({}, []),
        (None, []),
        (["guild_id"], []),
    ],
)
def test_an_event_that_cannot_be_read_is_logged_and_its_guild_catches_up(
    data: object, lost: list[int]
) -> None:
    """Whatever Discord may send; where a guild is named, history brings back what was lost."""
    guarded = Guarded()
    with capture_logs() as logs:
        guarded.comes(data)
    assert guarded.lost == lost
    assert [(line["event"], line["gateway_event"]) for line in logs] == [
        ("an event could not be read", "CHOSEN")
    ]
    assert guarded.activity.quiet


def test_no_words_of_the_event_are_logged() -> None:
    """Neither the data nor the error's own text, which may quote it."""
    guarded = Guarded()
    with capture_logs() as logs:
        guarded.comes({"text": WORDS})
    assert WORDS not in repr(logs)
    assert logs[0]["error"] == "KeyError"


def test_every_parser_of_discord_py_is_guarded() -> None:
    """Also those of events that nobody listens to: each would end the connection."""
    client = discord.Client(intents=discord.Intents.none())
    before = dict(client._connection.parsers)
    guard_parsers(client, Activity(), lambda _: None)
    after = client._connection.parsers
    assert before.keys() == after.keys()
    with capture_logs():
        for name in after:
            if name not in {"RESUMED", "READY"}:
                after[name]({"guild_id": "not even that"})
    assert all(before[name] is not after[name] for name in before)


def test_a_parser_added_later_is_guarded_alone() -> None:
    """Those that are guarded already are not wrapped again."""
    client = discord.Client(intents=discord.Intents.none())
    before = dict(client._connection.parsers)
    guard_parsers(client, Activity(), lambda _: None, only="MESSAGE_CREATE")
    changed = [name for name in before if client._connection.parsers[name] is not before[name]]
    assert changed == ["MESSAGE_CREATE"]
