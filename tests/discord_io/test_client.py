"""The client: what it asks Discord for, and how events count as work."""

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.activity import Activity
from bot.discord_io.client import INTENTS, ConcordClient


@pytest.fixture
async def client() -> AsyncIterator[ConcordClient]:
    """A client that has not logged in."""
    one = ConcordClient(Activity(), shard_count=1)
    await one._async_setup_hook()  # what login does first
    yield one
    await one.close()


class Catching:
    """Services that only note what they are asked for."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.intake = SimpleNamespace(
            catch_up=self.asked.append,
            fall_behind=self.asked.append,
            hold=lambda guild: self.asked.append(("hold", guild)),
        )
        self.watch = SimpleNamespace(
            catch_up=lambda guild: self.asked.append(("audit log", guild)),
            fall_behind=lambda guild: self.asked.append(("audit log", guild)),
            hold=lambda guild: self.asked.append(("hold audit log", guild)),
        )
        self.enforcement = SimpleNamespace(reconcile=self.reconcile)
        self.pausing = SimpleNamespace(restoring=SimpleNamespace(go_on=self.go_on))

    async def reconcile(self) -> None:
        """Note it."""
        self.asked.append("reconcile")

    async def go_on(self) -> None:
        """Note it."""
        self.asked.append("go on giving back")


def test_it_asks_for_what_it_needs_and_for_nothing_else() -> None:
    """No presences, no direct messages: what Concord does not see it cannot leak."""
    asked = {name for name, wanted in INTENTS if wanted}
    assert asked == {
        "guilds",
        "members",
        "moderation",
        "guild_messages",
        "message_content",
        "guild_scheduled_events",
        "auto_moderation_execution",
    }


async def test_it_pings_nobody_and_keeps_no_messages(client: ConcordClient) -> None:
    """Members' words are not held in memory for their own sake."""
    assert client.allowed_mentions is not None
    assert client.allowed_mentions.to_dict() == {"parse": []}
    assert client._connection.max_messages is None


async def test_a_listener_counts_as_work_until_it_is_done(client: ConcordClient) -> None:
    """Nothing looks settled while a handler runs."""
    activity = client._activity
    release = asyncio.Event()

    async def on_something() -> None:
        await release.wait()

    client.on_something = on_something  # type: ignore[attr-defined]
    client.dispatch("something")
    await asyncio.sleep(0)
    assert not activity.quiet
    release.set()
    await asyncio.wait_for(activity.until_quiet(), 5)


async def test_an_event_that_cannot_be_read_has_its_guild_caught_up(
    client: ConcordClient,
) -> None:
    """Through the intake; before there is one it is only logged."""
    services = Catching()
    with capture_logs() as logs:
        client._connection.parsers["MESSAGE_CREATE"]({"guild_id": "7"})
        client.use(services)  # type: ignore[arg-type]
        client._connection.parsers["MESSAGE_CREATE"]({"guild_id": "7"})
    assert services.asked == [7, ("audit log", 7)]
    assert len(logs) == 2


async def test_a_parser_of_ours_is_guarded_too(client: ConcordClient) -> None:
    """The simulation's events end nothing either."""

    def parse(_data: Any) -> None:
        raise KeyError("offset_ms")

    client.add_parser("SANDBOX_CLOCK", parse)
    with capture_logs() as logs:
        client._connection.parsers["SANDBOX_CLOCK"]({})
    assert logs[0]["gateway_event"] == "SANDBOX_CLOCK"


def ready(shard: int, *guilds: int) -> dict[str, Any]:
    """Return as much of a READY as the client itself reads."""
    return {"shard": [shard, 2], "guilds": [{"id": str(guild)} for guild in guilds]}


def on_shard(guild: int, shard: int) -> SimpleNamespace:
    """Return a guild that a shard is told about."""
    return SimpleNamespace(id=guild, shard_id=shard)


async def test_once_ready_it_takes_up_what_was_left(client: ConcordClient) -> None:
    """What was decided is carried out when every guild is known."""
    services = Catching()
    client.use(services)  # type: ignore[arg-type]
    await client.on_ready()
    assert services.asked == ["reconcile", "go on giving back"]


async def test_a_shards_guilds_are_held_from_its_first_event_and_read_once_it_is_ready(
    client: ConcordClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of other shards go on meanwhile."""
    services = Catching()
    client.use(services)  # type: ignore[arg-type]
    monkeypatch.setattr(ConcordClient, "guilds", [on_shard(1, 0), on_shard(2, 1)])
    with capture_logs():
        client._connection.parsers["READY"](ready(1, 2))
    assert client.is_greeting(on_shard(2, 1))
    assert not client.is_greeting(on_shard(1, 0))
    await client.on_shard_ready(1)
    assert services.asked == [("hold", 2), ("hold audit log", 2), 2, ("audit log", 2)]


async def test_a_new_session_is_work_until_it_is_ready(client: ConcordClient) -> None:
    """From READY's first event to its shard's end nothing looks settled, however long it takes."""
    client.use(Catching())  # type: ignore[arg-type]
    with capture_logs():
        client._connection.parsers["READY"](ready(0))
        client._connection.parsers["READY"](ready(0))
    assert not client._activity.quiet
    await client.on_shard_ready(0)
    assert client._activity.quiet
    await client.on_shard_ready(0)
    assert client._activity.quiet


async def test_a_client_that_never_began_can_be_closed() -> None:
    """Whatever went wrong before is what is told, not that."""
    await ConcordClient(Activity(), shard_count=1).close()


async def test_services_are_there_before_any_event(client: ConcordClient) -> None:
    """An event without them is a mistake of ours."""
    with pytest.raises(AssertionError, match="BUG"):
        _ = client.app
