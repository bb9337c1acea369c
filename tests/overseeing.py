"""A server's database where Concord upholds sanctions while others act by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentKind
from bot.model.manual_act import ActKind, ManualAct
from bot.model.ruling import RULE, Change, RulingKind
from bot.model.sanction import Sanction, SanctionDraft
from bot.model.snowflake import first_at
from bot.moderation import effects
from bot.oversight import Oversight, Traces
from bot.policy.writing import bits
from bot.ports import RulingDraft, Store, Transaction
from bot.storage import open_store
from bot.upkeep import Upkeep
from tests.enforcing import Scene
from tests.fakes import FakeClock, FakeEnforcer
from tests.making import ADA, BEA, GUILD, NOON, VERSIONS, community

OTHER_BOT = 588
HOUR = timedelta(hours=1)
BURST = timedelta(minutes=2)


class Hall(Scene):
    """One server, and what Concord learns of its audit log."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        super().__init__(store, FakeEnforcer(), clock)
        self.community = community()
        self.upkeep = Upkeep(store, self.measures, clock, self._carry_out)
        traces = Traces(
            store, self.measures, VERSIONS, BURST, bits(["send_messages", "add_reactions"])
        )
        self.oversight = Oversight(
            store, self.measures, self.upkeep, VERSIONS, traces, self._carry_out
        )
        self._decided = 0

    def _carry_out(self, cases: object) -> None:
        self.enforcement.carry_out(cases)  # type: ignore[arg-type]

    def act(self, kind: ActKind, number: int = 0, **changes: object) -> ManualAct:  # type: ignore[override]
        """Return something that Bea does to Ada now, by hand."""
        entry = first_at(self.clock.now()) + number
        whole = ManualAct(entry, GUILD, kind, BEA, ADA, self.clock.now())
        return replace(whole, **changes)  # type: ignore[arg-type]

    async def learn(self, *acts: ManualAct) -> None:
        """Learn of acts, and let what follows from them be carried out."""
        for one in acts:
            await self.oversight.learn(one)
        await self.enforcement.activity.until_quiet()

    async def decide(self, *sanctions: SanctionDraft) -> int:
        """Sanction Ada by Bea's order, carry it out, and let a minute pass; return the case."""
        self._decided += 1
        draft = RulingDraft(
            guild=GUILD,
            key=f"i{self._decided}",
            kind=RulingKind.DECIDED,
            at=self.clock.now(),
            by=BEA,
            subject=ADA,
            rule="vulgarity",
            sanctions=sanctions,
        )

        async def work(tx: Transaction) -> int:
            ruled = await tx.rule(draft)
            for intent in effects.of_decision(draft, ruled, self.community, None):
                await tx.add_intent(ruled.case, intent, draft.at)
            return ruled.case

        case = await self.store.write(work)
        self._carry_out((case,))
        await self.enforcement.activity.until_quiet()
        self.clock.advance(timedelta(minutes=1))
        return case

    async def names_the_rule(self) -> None:
        """Let Bea name the guideline of the one case there is."""
        (dossier,) = await self.dossiers()
        draft = RulingDraft(
            guild=GUILD,
            key="named",
            kind=RulingKind.EDITED,
            at=self.clock.now(),
            by=BEA,
            subject=ADA,
            case=dossier.case.id,
            rule="vulgarity",
            changes=(Change(RULE, "", "vulgarity"),),
        )
        await self.store.write(lambda tx: tx.rule(draft))

    async def pass_time(self, by: timedelta) -> None:
        """Let time pass, and take up what is due in any case."""
        self.clock.advance(by)
        self._carry_out({one.case for one in await self.store.unsettled()})
        await self.enforcement.activity.until_quiet()

    async def dossiers(self) -> list[Dossier]:
        """Return all cases, oldest first."""
        found = [await self.store.dossier(one.id) for one in await self.store.cases(GUILD, 100)]
        return [one for one in reversed(found) if one is not None]

    async def sanctions(self) -> tuple[Sanction, ...]:
        """Return Ada's sanctions, in order."""
        return await self.store.sanctions_of(GUILD, ADA)

    async def of_kind(self, case: int, kind: IntentKind) -> list[Intent]:
        """Return a case's intents of a kind, in order."""
        return [one for one in await self.store.intents(case) if one.kind is kind]

    def log(self) -> list[str]:
        """Return the lines of the moderators' log as they stand now: title and text."""
        return [f"{one.title}\n" + "\n".join(one.paragraphs) for one in self.discord.words.values()]


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Hall]:
    """Open a fresh database of a community that is set up."""
    async with open_store(folder / "concord.sqlite3") as store:
        await store.write(lambda tx: tx.set_community(GUILD, community(), NOON))
        hall = Hall(store, FakeClock())
        yield hall
        await hall.enforcement.stop()
