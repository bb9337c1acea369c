"""One case's intents on a real database, carried out on a Discord that follows a script."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.activity import Activity
from bot.docket import draft
from bot.enforcement import Enforcement
from bot.model.action import Action
from bot.model.intent import Intent, IntentState
from bot.model.post import PostFile
from bot.model.report import Report
from bot.policy.writing import bits
from bot.ports import Enforcer, Store
from bot.storage import open_store
from bot.upholding import Upholding
from bot.wording import Wording
from tests.fake_crashes import Gate, Gated
from tests.fake_measures import FakeMeasures, FakeReferrals
from tests.fakes import FakeClock, FakeEnforcer
from tests.making import ADA, NOON, VERSIONS, finding, guidelines, policy, post

BITS = bits(
    ("send_messages", "send_messages_in_threads", "create_public_threads", "create_private_threads")
)
TOLD_FIRST = timedelta(seconds=5)
WORDING = Wording(guidelines())
BURST = policy().burst


class Scene:
    """One guild's database with what works on it, and a Discord that follows a script."""

    def __init__(self, store: Store, discord: FakeEnforcer, clock: FakeClock) -> None:
        self.store = store
        self.discord = discord
        self.clock = clock
        self.measures = FakeMeasures(clock)
        self.referrals = FakeReferrals()
        self.wording = WORDING
        self.enforcement = self.begin()

    def begin(self, gate: Gate | None = None, enforcer: Enforcer | None = None) -> Enforcement:
        """Return an enforcement as a new process has it."""
        gate = gate or Gate()
        store: Store = Gated(self.store, gate)  # type: ignore[assignment]
        upholding = Upholding(
            store,
            Gated(self.measures, gate),  # type: ignore[arg-type]
            Gated(self.referrals, gate),  # type: ignore[arg-type]
            self.clock,
            self.wording.guidelines,
            BITS,
        )
        world: Enforcer = enforcer or Gated(self.discord, gate)  # type: ignore[assignment]
        return Enforcement(
            store, world, self.clock, self.wording, Activity(), upholding, TOLD_FIRST
        )

    async def decide(
        self,
        number: int = 0,
        action: Action = Action.REMOVE,
        text: str | None = None,
        *,
        author: int = ADA,
        rule: str = "vulgarity",
        files: tuple[PostFile, ...] = (),
    ) -> int:
        """Commit a decision about a post; a second one of an author joins the first one's case."""
        one = post(text or f"a bad post {number}", number=number, author=author)
        one = replace(one, files=files)
        report = Report((finding(action, start=2, end=5, rule_id=rule),))
        known = await self.store.latest_case(one.guild, one.author, rule, Action.REMOVE)
        held = draft(one, report, VERSIONS, NOON, earlier=known, log=True, burst=BURST)
        return await self.store.write(lambda tx: tx.record(held))

    async def act(self, case: int) -> None:
        """Carry a case out as far as it goes now."""
        self.enforcement.carry_out((case,))
        await self.enforcement.activity.until_quiet()

    async def wait(self, case: int, by: timedelta) -> None:
        """Let time pass, and take up what is due then."""
        self.clock.advance(by)
        await self.act(case)

    async def restart(self) -> None:
        """Stop, and take up in a new process what is left."""
        await self.enforcement.stop()
        self.enforcement = self.begin()
        await self.enforcement.reconcile()
        await self.enforcement.activity.until_quiet()

    async def intents(self, case: int) -> dict[str, Intent]:
        """Return a case's intents by the kind's word; updates of the log by their order."""
        found: dict[str, Intent] = {}
        for one in await self.store.intents(case):
            name = one.kind.value
            found[name if name not in found else f"{name} {len(found)}"] = one
        return found

    async def states(self, case: int) -> dict[str, IntentState]:
        """Return how far a case's intents got."""
        return {name: one.state for name, one in (await self.intents(case)).items()}


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Scene]:
    """Open a fresh database."""
    async with open_store(folder / "concord.sqlite3") as store:
        scene = Scene(store, FakeEnforcer(), FakeClock())
        yield scene
        await scene.enforcement.stop()
