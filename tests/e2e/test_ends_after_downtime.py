"""Ends and renewals that fall into a time when the bot was away: each is made up for, once."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest_asyncio

from bot.model.sanction import SanctionState
from bot.sandbox import Simulation
from bot.sandbox.contract import Contract
from bot.sandbox.requests import RequestRecord
from tests.e2e.bot_process import BotProcess
from tests.e2e.cells import Kind
from tests.e2e.court import DESIGNERS, WORKSHOP, Court
from tests.e2e.matrix import bot_of
from tests.e2e.ordering import RULE, Subject
from tests.e2e.platform import Platform
from tests.e2e.town import opened


class Absence:
    """A guild with a moderator, and a bot that can be away."""

    def __init__(self, sim: Simulation, court: Court, bot: BotProcess, platform: Platform) -> None:
        self.sim = sim
        self.court = court
        self.bot = bot
        self.platform = platform

    async def decided(self, kind: Kind, duration: str) -> Subject:
        """Make a member and have a sanction of some length ordered."""
        subject = await Subject.of(self.court, self.platform, f"Ada {kind} {duration}")
        commands = {
            Kind.TIMEOUT: ("timeout", {}),
            Kind.LONG_TIMEOUT: ("timeout", {}),
            Kind.BOARD: ("remove-from-board", {"board": WORKSHOP}),
            Kind.GROUP: ("remove-from-group", {"group": DESIGNERS}),
            Kind.TEMPORARY_BAN: ("ban", {}),
        }
        name, options = commands[kind]
        subject.ordered_at = self.sim.clock.now()
        seen = await self.court.decides(
            name, member=subject.member, rule=RULE, duration=duration, **options
        )
        assert "· done" in seen.text, seen.text
        await self.sim.settled()
        return subject

    async def passes(self, days: float) -> list[RequestRecord]:
        """Let days pass while the bot is away; return what it changes on Discord afterwards."""
        await self.bot.stop()
        await self.sim.advance(days=days)
        return await self.returns()

    async def returns(self) -> list[RequestRecord]:
        """Start the bot; return what it changes on Discord until it is idle."""
        asked = len(self.sim.requests)
        await self.bot.start()
        await self.sim.settled()
        return [one for one in self.sim.requests[asked:] if one.method != "GET"]

    async def states(self, subject: Subject) -> list[SanctionState]:
        """Return where a member's sanctions stand; the bot has been stopped."""
        async with opened(self.bot.database) as store:
            found = await store.sanctions_of(self.court.guild.id, subject.member.id)
        return [one.state for one in found]


@pytest_asyncio.fixture
async def absence(folder: Path, contract: Callable[[], Contract | None]) -> AsyncIterator[Absence]:
    """A guild and a running bot."""
    check = contract()
    async with Platform() as platform, Simulation(contract=check) as sim:
        sim.world.interactions.answer_seconds = 30
        court = await Court.build(sim, "Court")
        bot = bot_of(sim, platform, folder)
        async with opened(bot.database) as store:
            await court.settle_in(store, sim)
        await bot.start()
        yield Absence(sim, court, bot, platform)
        await bot.kill()
        assert sim.refused == []
        assert check is None or check.violations == []


async def test_each_end_and_renewal_that_fell_into_an_absence_happens_once(
    absence: Absence,
) -> None:
    """Five ends and two renewals at one start; a second start changes nothing."""
    over = {
        Kind.TIMEOUT: await absence.decided(Kind.TIMEOUT, "20 days"),
        Kind.BOARD: await absence.decided(Kind.BOARD, "30 days"),
        Kind.GROUP: await absence.decided(Kind.GROUP, "30 days"),
        Kind.TEMPORARY_BAN: await absence.decided(Kind.TEMPORARY_BAN, "30 days"),
    }
    renewed = [await absence.decided(Kind.LONG_TIMEOUT, "40 days") for _ in range(2)]

    changed = await absence.passes(35)
    again = await absence.passes(0)

    assert [one.is_as_before(kind) for kind, one in over.items()] == [[], [], [], []]
    assert [one.is_shown(Kind.LONG_TIMEOUT) for one in renewed] == [[], []]
    on_members = [
        one.path for one in changed if "/channels/" not in one.path or "/perm" in one.path
    ]
    assert len(on_members) == len(set(on_members))
    lines = [absence.court.lines(one.member) for one in [*over.values(), *renewed]]
    assert [len(one) for one in lines] == [1] * 6
    assert all("over since" in line for one in lines[:4] for line in one)
    assert again == []

    await absence.sim.advance(days=6)
    await absence.sim.settled()
    await absence.bot.stop()

    assert [one.is_as_before(Kind.LONG_TIMEOUT) for one in renewed] == [[], []]
    for one in [*over.values(), *renewed]:
        assert await absence.states(one) == [SanctionState.EXPIRED]


async def test_who_left_and_came_back_meanwhile_is_as_decided(absence: Absence) -> None:
    """What still lasts holds again, what ran out while they were away is over."""
    lasting = {
        Kind.LONG_TIMEOUT: await absence.decided(Kind.LONG_TIMEOUT, "40 days"),
        Kind.BOARD: await absence.decided(Kind.BOARD, "40 days"),
        Kind.GROUP: await absence.decided(Kind.GROUP, "40 days"),
    }
    over = {
        Kind.TIMEOUT: await absence.decided(Kind.TIMEOUT, "20 days"),
        Kind.BOARD: await absence.decided(Kind.BOARD, "20 days"),
        Kind.GROUP: await absence.decided(Kind.GROUP, "20 days"),
    }
    await absence.bot.stop()
    for one in [*lasting.values(), *over.values()]:
        await one.member.leaves()
    await absence.sim.advance(days=30)
    for one in [*lasting.values(), *over.values()]:
        await one.member.joins()
    for one in (lasting[Kind.GROUP], over[Kind.GROUP]):
        await one.member.picks_role(absence.court.designers)

    await absence.returns()

    assert [one.is_shown(kind) for kind, one in lasting.items()] == [[], [], []]
    assert [one.is_as_before(kind) for kind, one in over.items()] == [[], [], []]


async def test_what_was_ended_by_hand_meanwhile_is_not_begun_again(absence: Absence) -> None:
    """A ban and a timeout that a moderator ended while the bot was away stay ended."""
    ban = await absence.decided(Kind.TEMPORARY_BAN, "30 days")
    timeout = await absence.decided(Kind.LONG_TIMEOUT, "40 days")
    await absence.bot.stop()
    by_hand = absence.court.moderator.as_moderator
    await by_hand.unbans(ban.member, "appeal")
    await by_hand.ends_timeout(timeout.member, "appeal")

    await absence.returns()
    for days in (27, 15):  # past the renewal, and past both ends
        await absence.sim.advance(days=days)
        await absence.sim.settled()
        assert ban.is_as_before(Kind.TEMPORARY_BAN) == []
        assert timeout.is_as_before(Kind.LONG_TIMEOUT) == []
    await absence.bot.stop()

    assert await absence.states(ban) == [SanctionState.LIFTED]
    assert await absence.states(timeout) == [SanctionState.LIFTED]
