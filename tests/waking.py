"""A guild whose bot sleeps and wakes: its channels, its database, the desk that serves it now."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.catchup import CaughtUp, Tell, catch_up
from bot.desk import Desk
from bot.model.action import Action
from bot.model.intent import IntentKind
from bot.model.post import Post
from bot.placing import place
from bot.ports import Store
from bot.storage import open_store
from tests.fakes import FakeClock, FakeHistory
from tests.making import GUILD, NOON, VERSIONS, community, screener, written


class Guild:
    """A guild's channels and database, and the desk that serves it now."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.store = store
        self.clock = clock
        self.history = FakeHistory()
        self.screener = screener()
        self.desk: Desk | None = None

    async def wake(self, earlier: Desk | None = None, tell: Tell | None = None) -> CaughtUp:
        """Begin as a new process does, or as a new session with its last desk."""
        self.desk = Desk(GUILD, community(), self.screener, self.store, self.clock, VERSIONS)
        return await catch_up(
            self.desk, self.history, self.store, self.clock, self.screener.policy, earlier, tell
        )

    async def hears(self, one: Post) -> tuple[int, ...]:
        """Judge a post as its event comes."""
        assert self.desk is not None
        placed = place(written(one), self.desk.community)
        return await self.desk.judge([placed] if placed is not None else [])

    async def carries_out(self) -> None:
        """Delete what was decided to be removed, as enforcement does."""
        for intent in await self.store.unsettled():
            if intent.kind is IntentKind.DELETE and intent.message is not None:
                self.history.remove(intent.message)

    async def removed(self) -> list[int]:
        """Return the messages whose removal was decided."""
        found = await self.store.cases(GUILD, 1000)
        return sorted(
            one.message for case in found for one in case.posts if one.action is Action.REMOVE
        )


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Guild]:
    """Set a guild up at noon."""
    async with open_store(folder / "concord.sqlite3") as store:
        await store.write(lambda tx: tx.set_community(GUILD, community(), NOON))
        yield Guild(store, FakeClock())
