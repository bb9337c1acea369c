"""Moderators at work on a real database: who they are, what they order, what came of it."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.casebook import Casebook
from bot.docket import draft
from bot.drafts import Drafts
from bot.model.action import Action
from bot.model.case import CasePost
from bot.model.community import Place
from bot.model.dossier import Dossier
from bot.model.guidelines import Guideline, Guidelines, Severity
from bot.model.intent import Intent
from bot.model.order import Amendment, AmendmentOrder, Carried, Order, Refusal, Wanted
from bot.model.report import Report
from bot.model.sanction import Sanction, SanctionKind
from bot.model.standing import Person, Power, Standing
from bot.moderation import Moderation, Setting
from bot.moderation.carrying import Carrying
from bot.ports import Store
from bot.storage import open_store
from bot.wording import Wording
from tests.fakes import FakeClock
from tests.making import (
    ADA,
    BEA,
    CYD,
    GUILD,
    MODERATORS,
    NOON,
    VERSIONS,
    case_post,
    community,
    finding,
    guidelines,
    policy,
    post,
    rule,
)

DEE = 504
PUBLIC = 303
"""The public log's channel."""

DAY = timedelta(days=1)
WARNING = Wanted(SanctionKind.WARNING)
TIMEOUT = Wanted(SanctionKind.TIMEOUT, DAY)
BAN = Wanted(SanctionKind.BAN)

BECAUSE = "as agreed"
"""Why an order is not what the ladder proposes, unless a test is about that."""

MEMBER = Person(ADA, "Ada", rank=1)
FIRST = Person(BEA, "Bea", is_moderator=True, rank=5, roles=frozenset({MODERATORS}))
SECOND = Person(CYD, "Cyd", is_moderator=True, rank=5, roles=frozenset({MODERATORS}))
ADMIN = Person(DEE, "Dee", is_moderator=True, is_admin=True, rank=8)
CONCORD = Person(599, "Concord", is_bot=True, rank=9)


def standing(actor: Person = FIRST, subject: Person = MEMBER, **changes: object) -> Standing:
    """Return the standing of a decision; Concord may do everything."""
    whole = Standing(actor, subject, CONCORD, frozenset(Power))
    return replace(whole, **changes)  # type: ignore[arg-type]


def order(*sanctions: Wanted, key: str = "i1", **changes: object) -> Order:
    """Return an order about Ada by Bea for vulgarity, who says why, should the ladder differ."""
    whole = Order(key, GUILD, BEA, ADA, sanctions, rule="vulgarity", because=BECAUSE)
    return replace(whole, **changes)  # type: ignore[arg-type]


def document() -> Guidelines:
    """Return the document of tests with rules on children and discretion, and a minor one."""
    whole = guidelines()
    more = (
        Guideline(14, "Title 14", "Wording 14.", (rule("minor-safety", 14, exceptable=False),)),
        Guideline(
            15,
            "Title 15",
            "Wording 15.",
            (rule("discretion", 15), replace(rule("crumb", 15), severity=Severity.MINOR)),
        ),
    )
    return replace(whole, guidelines=(*whole.guidelines, *more))


class FakeCarrying(Carrying):
    """Remembers what it was told; what is said to be under way is not called off."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.under_way: set[int] = set()
        self.called_off: set[int] = set()

    def carry_out(self, cases: Iterable[int]) -> None:
        """Remember the cases."""
        self.begun.extend(cases)

    def call_off(self, intents: Iterable[Intent]) -> frozenset[int]:
        """Remember the intents, and return those under way."""
        wanted = frozenset(one.id for one in intents)
        self.called_off |= wanted
        return wanted & self.under_way

    def call_back(self, intents: Iterable[Intent]) -> None:
        """Forget the intents."""
        self.called_off.difference_update(one.id for one in intents)


class Office:
    """One guild's database, with moderators who order things about its members."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.store = store
        self.clock = clock
        self.carrying = FakeCarrying()
        self.begun = self.carrying.begun
        self.moderation = self.begin()
        self.forgotten: list[tuple[int, int]] = []
        self.casebook = self.open_casebook()
        self.drafts = Drafts(store, clock)

    def open_casebook(self) -> Casebook:
        """Return a casebook as a new process has it."""
        return Casebook(
            self.store,
            self.clock,
            self.carrying.carry_out,
            lambda guild, user: self.forgotten.append((guild, user)),
        )

    def begin(self) -> Moderation:
        """Return a moderation as a new process has it."""
        return Moderation(self.setting, self.carrying)

    @property
    def setting(self) -> Setting:
        """What decisions are made with."""
        return Setting(self.store, self.clock, document(), policy(), Wording(document()), VERSIONS)

    async def found(
        self, number: int = 0, action: Action = Action.REMOVE, author: int = ADA
    ) -> int:
        """Commit what screening decided about a post, and return its case."""
        one = post(f"a bad post {number}", number=number, author=author)
        report = Report((finding(action, start=2, end=5),))
        held = draft(
            one, report, VERSIONS, self.clock.now(), earlier=None, log=True, burst=policy().burst
        )
        return await self.store.write(lambda tx: tx.record(held))

    async def carried(self, wanted: Order, actor: Person = FIRST, **changes: object) -> Carried:
        """Carry an order out, knowingly where it was given just now; it is not refused."""
        done = await self.moderation.carry_out(wanted, standing(actor, **changes))  # type: ignore[arg-type]
        if isinstance(done, Refusal) and "You did this yourself" in done.reasons[0]:
            wanted = replace(wanted, despite=done.by_other)
            done = await self.moderation.carry_out(wanted, standing(actor, **changes))  # type: ignore[arg-type]
        assert isinstance(done, Carried), done
        return done

    async def refused(self, wanted: Order, actor: Person = FIRST, **changes: object) -> Refusal:
        """Have an order refused."""
        done = await self.moderation.carry_out(wanted, standing(actor, **changes))  # type: ignore[arg-type]
        assert isinstance(done, Refusal), done
        return done

    async def amended(
        self, case: int, amendment: Amendment, key: str = "a1", **changes: object
    ) -> Carried | Refusal:
        """Change a case, by Bea unless said otherwise, and knowing what others decided about it."""
        actor = changes.pop("actor", FIRST)
        assert isinstance(actor, Person)
        whole = AmendmentOrder(key, GUILD, actor.user, case, amendment)
        wanted = replace(whole, **changes)  # type: ignore[arg-type]
        done = await self.moderation.amend(wanted, standing(actor))
        if isinstance(done, Refusal) and done.by_other is not None:
            knowing = replace(wanted, despite=done.by_other)
            done = await self.moderation.amend(knowing, standing(actor))
        return done

    async def dossier(self, case: int) -> Dossier:
        """Return a case with everything about it."""
        found = await self.store.dossier(case)
        assert found is not None
        return found

    async def intents(self, case: int) -> dict[str, Intent]:
        """Return a case's intents by key."""
        return {one.key: one for one in await self.store.intents(case)}

    async def sanctions(self, user: int = ADA) -> tuple[Sanction, ...]:
        """Return a member's sanctions."""
        return await self.store.sanctions_of(GUILD, user)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Office]:
    """Open a fresh database of a community that is set up, with a public log."""
    async with open_store(folder / "concord.sqlite3") as store:
        whole = community(public_log=Place("decisions", PUBLIC))
        await store.write(lambda tx: tx.set_community(GUILD, whole, NOON))
        yield Office(store, FakeClock())


def rude(number: int = 0, **changes: object) -> CasePost:
    """Return a post as a moderator sees it; it has no case yet."""
    one = post(number=number)
    return replace(case_post("a bad post", message=one.id, findings=()), **changes)  # type: ignore[arg-type]
