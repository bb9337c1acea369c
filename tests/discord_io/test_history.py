"""Which channels and threads are read, and what it costs to find them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.discord_io.history import DiscordHistory
from bot.placing import Location
from tests.discord_io.objects import ALL_OF_OURS, channel, client, guild, thread
from tests.making import ART, GENERAL, GUILD, LOUNGE, NOON

HOUR = timedelta(hours=1)
TALK, OLD, OLDER, JOINED, JOINED_OLD = 801, 802, 803, 804, 805


def archived(identity: int, at: datetime, *, private: bool = False) -> dict[str, Any]:
    """Return the payload of a thread of the first board, put away at a time."""
    payload = thread(identity, GENERAL, private=private)
    payload["thread_metadata"] |= {"archived": True, "archive_timestamp": at.isoformat()}
    return payload


def refused() -> discord.Forbidden:
    """Return Discord's refusal to list."""
    return discord.Forbidden(SimpleNamespace(status=403, reason=""), {"code": 50001})  # type: ignore[arg-type]


class Listings:
    """Discord's listings of threads, by pages; notes what is asked for."""

    def __init__(self, one: discord.Client, *, refuses: bool = False) -> None:
        self.asked: list[tuple[str, int]] = []
        self.refuses = refuses
        self.public: list[list[dict[str, Any]]] = []
        self.joined: list[list[dict[str, Any]]] = []
        http = one.http
        http.get_active_threads = self.active  # type: ignore[method-assign, assignment]
        http.get_public_archived_threads = self.page("public")  # type: ignore[method-assign]
        http.get_joined_private_archived_threads = self.page("joined")  # type: ignore[method-assign]

    async def active(self, guild_id: int) -> dict[str, Any]:
        """List what is not put away."""
        self.asked.append(("active", guild_id))
        if self.refuses:
            raise refused()
        return {"threads": [thread(TALK, GENERAL)], "members": []}

    def page(self, kind: str) -> Any:
        """Return a listing that goes through the first board's pages."""

        async def listed(channel_id: int, **_: object) -> dict[str, Any]:
            self.asked.append((kind, channel_id))
            if self.refuses:
                raise refused()
            pages = getattr(self, kind) if channel_id == GENERAL else []
            asked = self.asked.count((kind, channel_id))
            return {
                "threads": pages[asked - 1] if asked <= len(pages) else [],
                "has_more": asked < len(pages),
            }

        return listed


def history(*, refuses: bool = False) -> tuple[DiscordHistory, Listings]:
    """Return a history of two open boards and a closed one."""
    one = client()
    listings = Listings(one, refuses=refuses)
    known = guild(one, channel(GENERAL), channel(ART), channel(LOUNGE, view_channel=True))
    assert known.me.guild_permissions.value & ALL_OF_OURS
    return DiscordHistory(one), listings


def on(*boards: int) -> Callable[[Location], bool]:
    """Want what stands on these boards."""
    return lambda location: not set(boards).isdisjoint(location.places)


async def test_threads_put_away_within_the_window_are_read_and_older_ones_are_not() -> None:
    """The private ones may come in any order of age."""
    one, listings = history()
    listings.public = [[archived(OLD, NOON - HOUR)]]
    listings.joined = [
        [
            archived(JOINED_OLD, NOON - 9 * HOUR, private=True),
            archived(JOINED, NOON - HOUR, private=True),
        ]
    ]
    found = await one.channels(GUILD, NOON - 2 * HOUR, on(GENERAL))
    assert set(found) == {GENERAL, TALK, OLD, JOINED}
    assert found[OLD].places == (OLD, GENERAL)
    assert not found[JOINED].public


async def test_listing_stops_at_the_first_page_that_is_too_old() -> None:
    """One request for a board that has been silent, however many threads it ever had."""
    one, listings = history()
    listings.public = [[archived(OLDER, NOON - 9 * HOUR)], [archived(OLD, NOON - 10 * HOUR)]]
    await one.channels(GUILD, NOON - 2 * HOUR, on(GENERAL))
    assert listings.asked == [("active", GUILD), ("public", GENERAL), ("joined", GENERAL)]


async def test_what_is_not_wanted_or_closed_is_not_asked_about() -> None:
    """Two requests a board, none for the rest of the server."""
    one, listings = history()
    found = await one.channels(GUILD, NOON, on(ART, LOUNGE))
    assert set(found) == {ART}
    assert listings.asked == [("active", GUILD), ("public", ART), ("joined", ART)]


async def test_where_listings_are_refused_the_rest_is_read() -> None:
    """With the active threads that the connection has told of."""
    one, _ = history(refuses=True)
    found = await one.channels(GUILD, NOON, on(GENERAL, ART))
    assert {GENERAL, ART} <= set(found)


async def test_an_outage_while_listing_is_not_taken_for_an_empty_list() -> None:
    """Whoever asked tries again."""
    one, _ = history()

    async def fails(*_: object, **__: object) -> dict[str, Any]:
        raise ConnectionResetError

    one._client.http.get_active_threads = fails  # type: ignore[method-assign, assignment]
    with pytest.raises(ConnectionResetError):
        await one.channels(GUILD, NOON, on(GENERAL))


async def test_a_guild_that_is_not_known_has_nothing_to_read() -> None:
    """It is read once Discord tells of it."""
    one, listings = history()
    assert await one.channels(GUILD + 1, NOON, on(GENERAL)) == {}
    assert listings.asked == []
