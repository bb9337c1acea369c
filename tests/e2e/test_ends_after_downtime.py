"""Ends and renewals that fall into a time when the bot was away: each is made up for, once."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
import pytest_asyncio

from bot.model.sanction import SanctionState
from bot.sandbox import Simulation
from bot.sandbox.contract import Contract
from bot.sandbox.interactions.options import Value
from bot.sandbox.requests import RequestRecord
from tests.e2e.bot_process import BotProcess
from tests.e2e.cells import Kind
from tests.e2e.court import DESIGNERS, WORKSHOP, Court
from tests.e2e.matrix import bot_of
from tests.e2e.ordering import RULE, Subject
from tests.e2e.platform import Platform
from tests.e2e.story import COMMITTED
from tests.e2e.town import opened

pytestmark = pytest.mark.asyncio(loop_scope="module")

COMMANDS: dict[Kind, tuple[str, dict[str, Value]]] = {
    Kind.TIMEOUT: ("timeout", {}),
    Kind.LONG_TIMEOUT: ("timeout", {}),
    Kind.BOARD: ("remove-from-board", {"board": WORKSHOP}),
    Kind.GROUP: ("remove-from-group", {"group": DESIGNERS}),
    Kind.TEMPORARY_BAN: ("ban", {}),
}
"""Commands whose length each test chooses."""

SHORT = {Kind.TIMEOUT: "20 days", Kind.BOARD: "30 days", Kind.GROUP: "30 days"}
"""What runs out during the absence."""

LONG = {Kind.LONG_TIMEOUT: "40 days", Kind.BOARD: "40 days", Kind.GROUP: "40 days"}
"""What lasts longer than it."""

AWAY = 33
"""Days of the absence: longer than Discord's longest timeout."""


@dataclass(repr=False)
class Absence:
    """Three guilds, a bot that was away from them for a month, and what it did when it returned."""

    sim: Simulation
    bot: BotProcess
    platform: Platform
    stayed: dict[Kind, Subject] = field(default_factory=dict)
    """Whose sanction has run out meanwhile."""
    renewed: list[Subject] = field(default_factory=list)
    """Whose timeout has run out on Discord meanwhile, and lasts longer."""
    left: dict[Kind, Subject] = field(default_factory=dict)
    """Who left and came back, and whose sanction lasts longer."""
    freed: dict[Kind, Subject] = field(default_factory=dict)
    """Who left and came back, and whose sanction has run out meanwhile."""
    by_hand: dict[Kind, Subject] = field(default_factory=dict)
    """Whose sanction a moderator has ended in Discord itself meanwhile."""
    given_back: dict[Kind, Subject] = field(default_factory=dict)
    """Who left and came back, and was given back by a moderator then what was taken."""
    changed: list[RequestRecord] = field(default_factory=list)
    """What the bot changed on Discord when it came back."""
    again: list[RequestRecord] = field(default_factory=list)
    """What it changed when it was started once more."""

    async def decided(self, court: Court, kind: Kind, duration: str) -> Subject:
        """Make a member and have a sanction of some length ordered."""
        subject = await Subject.of(court, self.platform, f"Ada {kind} {duration}")
        name, options = COMMANDS[kind]
        subject.ordered_at = self.sim.clock.now()
        seen = await court.decides(
            name, member=subject.member, rule=RULE, duration=duration, **options
        )
        assert COMMITTED.search(seen.text) is not None, seen.text
        await self.sim.settled()
        return subject

    async def returns(self) -> list[RequestRecord]:
        """Start the bot; return what it changes on Discord until it is idle."""
        asked = len(self.sim.requests)
        await self.bot.start()
        await self.sim.settled()
        return [one for one in self.sim.requests[asked:] if one.method != "GET"]

    async def states(self, *subjects: Subject) -> list[list[SanctionState]]:
        """Return where members' sanctions stand; the bot has been stopped."""
        async with opened(self.bot.database) as store:
            found = [
                await store.sanctions_of(one.court.guild.id, one.member.id) for one in subjects
            ]
        return [[one.state for one in some] for some in found]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def absence(
    tmp_path_factory: pytest.TempPathFactory, contract: Callable[[], Contract | None]
) -> AsyncIterator[Absence]:
    """What was decided, a month without the bot, what others did meanwhile, and its return."""
    check = contract()
    async with Platform() as platform, Simulation(contract=check) as sim:
        sim.world.interactions.answer_seconds = 30
        courts = [await Court.build(sim, f"Court {number}") for number in range(3)]
        bot = bot_of(sim, platform, tmp_path_factory.mktemp("bot"))
        async with opened(bot.database) as store:
            for court in courts:
                await court.settle_in(store, sim)
        here = Absence(sim, bot, platform)
        await bot.start()
        staying, leaving, ended = courts
        for kind, lasts in {**SHORT, Kind.TEMPORARY_BAN: "30 days"}.items():
            here.stayed[kind] = await here.decided(staying, kind, lasts)
        for _ in range(2):
            here.renewed.append(await here.decided(staying, Kind.LONG_TIMEOUT, "40 days"))
        for kind, lasts in LONG.items():
            here.left[kind] = await here.decided(leaving, kind, lasts)
        for kind in (Kind.GROUP, Kind.BOARD):
            here.given_back[kind] = await here.decided(leaving, kind, "60 days")
        for kind, lasts in SHORT.items():
            here.freed[kind] = await here.decided(leaving, kind, lasts)
        for kind in (Kind.TEMPORARY_BAN, Kind.LONG_TIMEOUT):
            here.by_hand[kind] = await here.decided(ended, kind, "60 days")
        await bot.stop()

        moderator = ended.moderator.as_moderator
        await moderator.unbans(here.by_hand[Kind.TEMPORARY_BAN].member, "appeal")
        await moderator.ends_timeout(here.by_hand[Kind.LONG_TIMEOUT].member, "appeal")
        gone = [*here.left.values(), *here.freed.values(), *here.given_back.values()]
        for one in gone:
            await one.member.leaves()
        await sim.advance(days=AWAY)
        for one in gone:
            await one.member.joins()
        for group in (here.left[Kind.GROUP], here.freed[Kind.GROUP]):
            await group.member.picks_role(leaving.designers)
        await sim.advance(minutes=1)
        member, other = here.given_back[Kind.GROUP].member, here.given_back[Kind.BOARD].member
        await leaving.guild.owner.as_moderator.gives_role(member, leaving.designers, "we talked")
        await leaving.guild.owner.as_moderator.clears_overwrite(leaving.workshop, other)

        here.changed = await here.returns()
        await bot.stop()
        here.again = await here.returns()
        yield here
        await bot.kill()
        assert sim.refused == []
        assert check is None or check.violations == []


async def test_each_end_that_fell_into_an_absence_is_made_up_for(absence: Absence) -> None:
    """All is as before, and the line of the log says since when."""
    assert [one.is_as_before(kind) for kind, one in absence.stayed.items()] == [[], [], [], []]
    lines = [one.court.lines(one.member) for one in absence.stayed.values()]
    assert [len(one) for one in lines] == [1, 1, 1, 1]
    assert all("over since" in line for one in lines for line in one)


async def test_a_timeout_that_ran_out_on_discord_meanwhile_is_renewed(absence: Absence) -> None:
    """It lasts as long as it was ordered to."""
    assert [one.is_shown(Kind.LONG_TIMEOUT) for one in absence.renewed] == [[], []]


async def test_who_left_and_came_back_meanwhile_is_as_decided(absence: Absence) -> None:
    """What still lasts holds again, what ran out while they were away is over."""
    assert [one.is_shown(kind) for kind, one in absence.left.items()] == [[], [], []]
    assert [one.is_as_before(kind) for kind, one in absence.freed.items()] == [[], [], []]


async def test_what_was_ended_by_hand_meanwhile_is_not_begun_again(absence: Absence) -> None:
    """A ban and a timeout that a moderator ended stay ended."""
    assert [one.is_as_before(kind) for kind, one in absence.by_hand.items()] == [[], []]


async def test_what_was_given_back_by_hand_meanwhile_stays(absence: Absence) -> None:
    """To who had left and come back before that; the log says so, and asks."""
    group, board = absence.given_back[Kind.GROUP], absence.given_back[Kind.BOARD]
    assert group.court.designers.id in group.member.member.role_ids
    assert board.court.workshop.overwrite_of(board.member) is None
    for one in (group, board):
        assert any("It stays so" in line for line in one.court.lines(one.member))


async def test_each_happens_once(absence: Absence) -> None:
    """No request about a member is made twice, and another start changes nothing.

    Left out is who was ended by hand: what is overdue is renewed before the audit log has been
    read, and taken back at once when it has. That decision counts to the day on which it was made;
    a head posted before it was read is followed by another one on the next day only.
    """
    theirs = {str(one.member.id) for one in absence.by_hand.values()}
    about_members = [
        f"{one.method} {one.path}"
        for one in absence.changed
        if any(what in one.path for what in ("/members/", "/bans/", "/permissions/"))
        and not theirs & set(one.path.split("/"))
    ]
    assert len(about_members) == len(set(about_members))
    assert len(about_members) > 5
    assert absence.again == []


async def test_what_lasted_longer_ends_in_its_time(absence: Absence) -> None:
    """The bot is there this time; what was ended by hand stays so, past its renewal too."""
    await absence.sim.advance(days=8)
    await absence.sim.settled()
    await absence.sim.advance(days=30)
    await absence.sim.settled()
    await absence.bot.stop()

    assert [one.is_as_before(Kind.LONG_TIMEOUT) for one in absence.renewed] == [[], []]
    board = absence.left[Kind.BOARD]
    assert board.is_as_before(Kind.BOARD) == []
    assert [one.is_as_before(kind) for kind, one in absence.by_hand.items()] == [[], []]
    over = [*absence.stayed.values(), *absence.renewed, *absence.left.values()]
    assert await absence.states(*over) == [[SanctionState.EXPIRED]] * len(over)
    lifted = await absence.states(*absence.by_hand.values())
    assert lifted == [[SanctionState.LIFTED]] * 2
