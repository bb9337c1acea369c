"""A raid, at the pace that Discord allows: all of it goes, the worst first, moderators go ahead."""

import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from bot.model.case import Case
from bot.model.intent import Intent, IntentKind, IntentState
from bot.sandbox import Simulation
from bot.sandbox.contract import Contract
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.messages import Message
from tests.e2e.bot_process import BotProcess
from tests.e2e.court import Court, footer_of
from tests.e2e.raid import (
    DELETE,
    Raid,
    due,
    judged_until,
    out_of_turn,
    removed_first,
    theoretical_seconds,
)
from tests.e2e.town import opened

LONG = os.environ.get("CONCORD_LONG") == "1"
RAID = (40, 300, 3) if LONG else (50, 70, 1)
"""Accounts, posts and boards: on one board there is an order to see also in a small raid."""
PAUSED = (40, 300, 3) if LONG else (6, 50, 1)
"""The same where the raid is paused: with few cases the log is soon written."""
SEED = 20261122

QUIET = 3.0
"""Seconds without a removal after which the last is taken to be done: longer than Discord makes
anybody wait here."""

AFTERWARDS = frozenset(
    {IntentKind.NOTICE, IntentKind.LOG, IntentKind.LOG_EDIT, IntentKind.PUBLIC_LOG}
)
"""What may still wait once all posts are gone: the log takes about a line a second."""

BEGUN = 5
"""Removals under way in one channel (``bot.casework``): what has begun is not overtaken."""

pytestmark = pytest.mark.long


@dataclass(repr=False)
class Night:
    """A guild that is raided, with Discord's limits on."""

    sim: Simulation
    court: Court
    bot: BotProcess
    raid: Raid = field(init=False)

    async def begins(self, accounts: int, posts: int, boards: int) -> list[Message]:
        """Have so many accounts post so much at once."""
        members = await self.court.guild.members(f"Raider {number}" for number in range(accounts))
        rooms = (self.court.general, self.court.followed, self.court.apart)[:boards]
        self.raid = Raid(self.court, members, rooms, random.Random(SEED))
        return await self.raid.says(posts)

    async def is_judged_while_discord_hangs(self, shape: tuple[int, int, int]) -> list[Message]:
        """Have a raid judged while each board's first removal gets no answer; the rest waits."""
        for room in (self.court.general, self.court.followed, self.court.apart)[: shape[2]]:
            self.sim.faults.next(DELETE, Fault.HELD, 1, partial(_is_in, str(room.id)))
        posts = await self.begins(*shape)
        last = max(one.id for one in posts)
        await self.sim.until(lambda: judged_until(self.bot.database) >= last, 240)
        await self.sim.until(lambda: self.sim.faults.held == shape[2], 60)
        return posts

    async def ends(self) -> tuple[Sequence[Case], Mapping[int, Sequence[Intent]]]:
        """Stop the bot, and return the cases with their intents."""
        assert await self.bot.stop() == 0
        async with opened(self.bot.database) as store:
            cases = await store.cases(self.court.guild.id, 10_000)
            return cases, {case.id: await store.intents(case.id) for case in cases}

    def sent_twice(self) -> list[str]:
        """Return the references that more than one message of ours bears."""
        sent = self.court.log.messages()
        for account in self.raid.accounts:
            sent += account.dms()
        counts = Counter(footer_of(one) for one in sent if one.embeds)
        return [reference for reference, count in counts.items() if count > 1]


@pytest_asyncio.fixture
async def night(folder: Path, contract: Callable[[], Contract | None]) -> AsyncIterator[Night]:
    """A guild that is about to be raided, and a running bot."""
    check = contract()
    async with Simulation(limited=True, contract=check) as sim:
        sim.world.interactions.answer_seconds = 30
        court = await Court.build(sim, "Court")
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            await court.settle_in(store, sim)
        await bot.start()
        yield Night(sim, court, bot)
        await bot.kill()
        assert sim.refused == []
        assert check is None or check.violations == []


async def test_all_of_a_raid_goes_the_worst_first_and_a_ban_goes_ahead(night: Night) -> None:
    """Everything decided is carried out once; a moderator's ban does not wait behind it."""
    sim, court, said = night.sim, night.court, time.monotonic()
    posts = await night.is_judged_while_discord_hangs(RAID)
    first, ordered = night.raid.accounts[0], time.monotonic()

    await court.decides("ban", member=first, rule="spam-repeat", duration="forever")
    await sim.until(lambda: first.is_banned, 60)
    banned, left = time.monotonic() - ordered, sum(not one.deleted for one in posts)
    began = time.monotonic()
    await sim.faults.release_held()
    await sim.until(partial(_went_quiet, sim, began), 300)
    if LONG:
        await sim.settled(timeout=900)
    told = time.monotonic() - began
    cases, intents = await night.ends()

    calls, to_go = removed_first(sim), due(cases)
    took = max(one.ended or 0 for one in calls.values()) - began
    gone = [one for one in posts if one.deleted]
    waiting, gave_way = left - (len(posts) - len(gone)), out_of_turn(calls, to_go)
    least = theoretical_seconds(gone, began - said)
    print(  # noqa: T201 - the figures are the point
        f"\n{len(posts)} posts by {len(night.raid.accounts)} accounts, {len(gone)} removed in"
        f" {took:.1f} s (at least {least:.1f} by Discord's limits), {len(cases)} cases, waited for"
        f" {told:.0f} s; of {sum(to_go.values())} worse ones {gave_way} gave way by channel; the"
        f" ban took {banned:.1f} s while {waiting} removals waited; {sim.rate_limits.refused}"
    )
    assert {one.id for one in gone} == set(to_go)
    assert night.sent_twice() == []
    open_kinds = {one.kind for one in _not_done(cases, intents) if one.user != first.id}
    assert open_kinds <= (set() if LONG else AFTERWARDS)
    assert max(gave_way) <= BEGUN
    assert banned < 15
    assert waiting > len(gone) // 2, "the ban was to come in the middle"


async def test_a_pause_in_the_middle_of_a_raid_stops_it(night: Night) -> None:
    """What is under way is finished; the rest stays, and moderators are asked about it."""
    sim, court = night.sim, night.court
    posts = await night.begins(*PAUSED)
    await sim.until(lambda: len(removed_first(sim)) > len(posts) // 8, 60)

    asked = time.monotonic()
    seen = await (await court.moderator.slash("pause")).answered(60)
    paused = time.monotonic()
    await sim.settled(timeout=900)
    cases, intents = await night.ends()

    later = [one for one in removed_first(sim).values() if one.started > paused]
    gone = {one.id for one in posts if one.deleted}
    print(  # noqa: T201 - the figures are the point
        f"\n{len(posts)} posts, {len(gone)} removed, {len(later)} of them begun after the pause"
        f" was answered after {paused - asked:.1f} s: {seen.text!r}"
    )
    assert "Paused" in seen.text
    assert gone == set(due(cases))
    assert len(gone) < len(posts) // 2
    assert paused - asked < 8, "who pauses does not wait for the log"
    assert len(later) <= BEGUN * PAUSED[2]
    assert night.sent_twice() == []
    assert _not_done(cases, intents) == []
    assert any("please look at" in title for title in court.log_titles())
    assert "Enforcement is paused" in court.log_titles()


def _is_in(channel: str, request: web.Request, _body: object) -> bool:
    return channel in request.path


def _went_quiet(sim: Simulation, began: float) -> bool:
    """Whether nothing has been removed for a while, though there was time for it."""
    last = max(one.started for one in removed_first(sim).values())
    return time.monotonic() - max(last, began) > QUIET


def _not_done(cases: Sequence[Case], intents: Mapping[int, Sequence[Intent]]) -> list[Intent]:
    """Return what was decided and is not done, though it was not taken back either."""
    fine = (IntentState.DONE, IntentState.DROPPED)
    return [
        one
        for case in cases
        for one in intents[case.id]
        if one.state not in fine and one.kind is not IntentKind.END
    ]
