"""A guild whose rules act by themselves, with the brake at hand."""

from dataclasses import replace
from datetime import timedelta

from bot.activity import Activity
from bot.desk import Desk
from bot.docket import Versions
from bot.model.intent import IntentKind, IntentState
from bot.pausing import Pausing, Watching
from bot.pausing.giving_back import Looked, Restored
from bot.pausing.pausing import Paused
from bot.policy.brake import Brake
from tests.fakes import FakeEnforcer
from tests.making import GUILD, NOON, community, policy, post, screener
from tests.moderating import FIRST, Office

HOUR = timedelta(hours=1)


class Room(Office):
    """An office with a brake, and a desk that judges what is posted."""

    def start(self) -> None:
        """Begin as a new process does."""
        self.brake = Brake()
        self.discord = FakeEnforcer()
        self.activity = Activity()
        self.watching = Watching(
            self.carrying,
            self.store,
            self.clock,
            policy().falling_back,
            self.brake,
            self.activity,
        )
        self.pausing = Pausing(
            self.setting,
            self.discord,
            self.carrying,
            self.brake,
            self.activity,
            self.watching.resumed,
        )
        self.desk = Desk(
            GUILD,
            community(),
            screener(),
            self.store,
            self.clock,
            Versions("1.0", "test"),
            brake=self.brake,
        )

    async def judged(self, text: str, number: int = 0) -> int:
        """Have a post judged, and return its case."""
        (case,) = await self.desk.judge([post(text, at=self.clock.now(), number=number)])
        return case

    async def paused(self, rule: str | None = None) -> Paused:
        """Pause, by Bea."""
        done = await self.pausing.pause(GUILD, rule, FIRST)
        assert isinstance(done, Paused)
        await self.activity.until_quiet()
        return done

    async def restored(self, rule: str | None = None, **changes: object) -> Restored:
        """Give back what was removed in the last hour, by Bea."""
        seen: list[tuple[int, int]] = []

        async def progress(done: int, of: int) -> None:
            seen.append((done, of))

        since = self.clock.now() - HOUR
        by = changes.get("by", FIRST)
        looked = Looked(GUILD, rule, since)
        done = await self.pausing.restoring.restore_all(looked, by, progress)  # type: ignore[arg-type]
        assert isinstance(done, Restored), done
        self.progress = seen
        return done

    async def removed(self, *cases: int) -> None:
        """Let the removals of cases be done, as enforcement leaves them."""
        for case in cases:
            for one in await self.store.intents(case):
                if one.kind is IntentKind.DELETE:
                    done = replace(one, state=IntentState.DONE, outcome="removed")
                    await self.store.write(lambda tx, done=done: tx.settle(done, NOON))  # type: ignore[misc]
