"""kill -9 at random moments while moderators decide and posts stream in: all ends as decided."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.model.dossier import Dossier
from bot.model.intent import SETTLED, IntentState
from bot.model.sanction import SanctionState
from bot.sandbox import Simulation
from bot.sandbox.contract import Contract
from bot.sandbox.messages import Message
from tests.e2e.bot_process import BotProcess
from tests.e2e.cells import BANS, LIFTABLE, Kind
from tests.e2e.court import Court, case_number, footer_of
from tests.e2e.matrix import bot_of
from tests.e2e.ordering import Subject
from tests.e2e.platform import Platform
from tests.e2e.stream import Stream
from tests.e2e.town import opened

LONG = os.environ.get("CONCORD_LONG") == "1"
KILLS = 120 if LONG else 6
SEED = 20261122

MEMBERS_EACH = 8
"""Members that one moderator decides about: fewer than after which an admin is asked."""

OVER = frozenset({SanctionState.LIFTED, SanctionState.VOIDED})


@dataclass(eq=False, repr=False)
class Matter:
    """What moderators decided about one member, as far as they were answered."""

    subject: Subject
    kind: Kind
    done: list[str] = field(default_factory=list)
    """What they were told is done, in order."""
    number: int | None = None
    """The case's number, once a moderator has read it."""


@dataclass(repr=False)
class Decisions:
    """Moderators who decide about one member after another, and sometimes take it back."""

    court: Court
    platform: Platform
    chance: random.Random
    matters: list[Matter] = field(default_factory=list)
    under_way: list[asyncio.Task[None]] = field(default_factory=list)

    async def begin(self) -> None:
        """Begin to decide something; it goes on by itself."""
        known = [one for one in self.matters if one.number is not None and len(one.done) == 1]
        if known and self.chance.random() < 0.4:
            work = self._take_back(self.chance.choice(known))
        else:
            if len(self.matters) % MEMBERS_EACH == 0:
                role = self.court.moderator_role
                name = f"Mo {len(self.matters)}"
                self.court.moderator = await self.court.guild.member(name, roles=[role])
            subject = await Subject.of(self.court, self.platform, f"Ada {len(self.matters)}")
            self.matters.append(Matter(subject, self.chance.choice(list(Kind))))
            work = self._decide(self.matters[-1])
        self.under_way.append(asyncio.create_task(work))

    async def stop(self) -> None:
        """Let go of what nobody answers any more."""
        for task in self.under_way:
            task.cancel()
        outcomes = await asyncio.gather(*self.under_way, return_exceptions=True)
        self.under_way.clear()
        assert not [one for one in outcomes if isinstance(one, AssertionError)], outcomes

    async def _decide(self, matter: Matter) -> None:
        seen = await matter.subject.ordered(matter.kind)
        if "· done" in seen.text:
            matter.number = case_number(seen)
            matter.done.append("ordered")

    async def _take_back(self, matter: Matter) -> None:
        reference = f"C-{matter.number}"
        if matter.kind in LIFTABLE and self.chance.random() < 0.5:
            seen = await self.court.decides("lift", sanction=reference)
        else:
            seen = await self.court.decides("case void", case=reference)
        if "· done" in seen.text:
            matter.done.append("taken back")


@pytest.mark.long
async def test_whatever_moderators_were_told_is_done_and_nothing_is_done_twice(
    folder: Path, contract: Callable[[], Contract | None]
) -> None:
    """After many kills Discord shows what the database says was decided, and each is told once."""
    chance = random.Random(SEED)
    check = contract()
    async with Platform() as platform, Simulation(contract=check) as sim:
        court = await Court.build(sim, "Court")
        bot = bot_of(sim, platform, folder)
        async with opened(bot.database) as store:
            await court.settle_in(store, sim)
        members = await court.guild.members(f"Member {number}" for number in range(20))
        stream = Stream(court, members, chance)
        decisions = Decisions(court, platform, chance)
        await bot.start()  # so that the commands are there

        for _ in range(KILLS):
            await _live(sim, bot, stream, decisions, chance)
            await bot.kill()
            await decisions.stop()
            if not bot.running:
                await bot.start(wait=False)
                await sim.connected()
        await sim.settled(timeout=900)
        await sim.advance(minutes=11)
        await sim.settled(timeout=900)
        assert await bot.stop() == 0, bot.log()[-4000:]

        async with opened(bot.database) as store:
            found = await store.cases(court.guild.id, 100_000)
            dossiers = [await store.dossier(one.id) for one in found]
        cases = [one for one in dossiers if one is not None]
        wrong = [
            *_not_as_decided(decisions.matters, cases),
            *_sent_wrongly(court, decisions.matters, cases),
        ]
        _report(decisions.matters, cases)
        assert wrong == [], "\n".join(wrong)
        assert platform.forged == 0
        assert sim.refused == []
        assert check is None or check.violations == []


async def _live(
    sim: Simulation,
    bot: BotProcess,
    stream: Stream,
    decisions: Decisions,
    chance: random.Random,
) -> None:
    """Post and decide until so many requests have been made in this life, and a little longer."""
    requests = len(sim.requests) + chance.choice([12, 16, 20, 25, 30, 40, 55, 70])
    while len(sim.requests) < requests and bot.running:
        if chance.random() < 0.5:
            await decisions.begin()
        else:
            await stream.next()
        await asyncio.sleep(chance.uniform(0.02, 0.09))
    await asyncio.sleep(chance.uniform(0, 0.05))
    assert bot.running, bot.log()[-4000:]


def _not_as_decided(matters: Sequence[Matter], cases: Sequence[Dossier]) -> list[str]:
    """Return where Discord does not show what the database says, or a moderator was misled."""
    wrong = []
    for matter in matters:
        user, kind = matter.subject.member.id, matter.kind
        own = [
            one
            for one in cases
            if one.case.author == user and any(ruling.by is not None for ruling in one.rulings)
        ]
        rulings = [ruling for one in own for ruling in one.rulings if ruling.by is not None]
        name = f"{kind} of {matter.subject.member.user.username}, {matter.done}"
        if len(own) > 1 or len(rulings) < len(matter.done):
            wrong.append(f"{name}: {len(own)} cases, {len(rulings)} rulings")
        if len(own) != 1:
            continue
        over = len(rulings) > 1
        states = [one.state for one in own[0].sanctions]
        ends = OVER if over else {SanctionState.ACTIVE}
        wrong.extend(f"{name}: the sanction is {one}" for one in states if one not in ends)
        voided = bool(own[0].rulings[-1].kind == "voided")
        seen = (
            matter.subject.is_as_before(kind, voided=voided)
            if over
            else matter.subject.is_shown(kind)
        )
        wrong.extend(f"{name}: {one}" for one in seen)
    return wrong


def _sent_wrongly(court: Court, matters: Sequence[Matter], cases: Sequence[Dossier]) -> list[str]:
    """Return what was sent twice, and what is missing though no intent says so."""
    sent: list[Message] = [*court.log.messages(), *court.public.messages()]
    numbers = [one.case.number for one in cases]
    for user in {one.case.author for one in cases}:
        channel = court.guild.world.direct.get(user)
        sent.extend(list(channel.history) if channel is not None else [])
    if matters:
        threads = court.told(matters[0].subject.member, numbers)
        sent.extend(one for one in threads if one not in sent)
    tokens = Counter(footer_of(one).rsplit(" · ", 1)[-1] for one in sent if one.embeds)
    wrong = [f"sent {count} times: {token}" for token, count in tokens.items() if count > 1]
    banned = {one.subject.member.id for one in matters if one.kind in BANS}
    for one in cases:
        for intent in one.intents:
            if intent.state not in SETTLED and intent.not_before <= one.case.opened_at:
                wrong.append(f"{one.case.reference} {intent.key} is {intent.state}")
            missing = intent.state in (IntentState.FAILED, IntentState.UNKNOWN)
            if missing and one.case.author not in banned:
                words = f"{one.case.reference} {intent.key} is {intent.state}: {intent.outcome}"
                wrong.append(words)
    return wrong


def _report(matters: Sequence[Matter], cases: Sequence[Dossier]) -> None:
    decided = sum(1 for one in cases for ruling in one.rulings if ruling.by is not None)
    answered = sum(len(one.done) for one in matters)
    kinds = Counter(one.kind.value for one in matters)
    print(  # noqa: T201 - the figures are the point
        f"\n{KILLS} kills, {len(matters)} orders begun {dict(kinds)}, {decided} decisions"
        f" committed, {answered} answered before the process died, {len(cases)} cases"
    )
