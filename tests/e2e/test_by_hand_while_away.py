"""What was done by hand while the bot was away, or came to it broken: read from the audit log."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.model.case import CaseOrigin
from bot.model.sanction import SanctionKind, SanctionState
from bot.sandbox import Simulation
from bot.sandbox.contract import Contract
from bot.sandbox.event_faults import EventFault
from bot.sandbox.guild_handle import BOT_PERMISSIONS
from bot.sandbox.permissions import Permission
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")

DAY = timedelta(days=1)

SOON = 60
"""Real seconds; a bot process starts slowly where many do at once. Chosen, not measured."""

ENTRY = "GUILD_AUDIT_LOG_ENTRY_CREATE"


class Scene:
    """A town and a bot of the test's own."""

    def __init__(self, sim: Simulation, town: Town, bot: BotProcess) -> None:
        self.sim = sim
        self.town = town
        self.bot = bot

    async def kinds(self) -> list[tuple[SanctionKind, SanctionState]]:
        """Return all sanctions that are known, in order, while the bot does not run."""
        async with opened(self.bot.database) as store:
            found = []
            for case in reversed(await store.cases(self.town.guild.id, 100)):
                assert case.origin is CaseOrigin.BY_HAND
                dossier = await store.dossier(case.id)
                assert dossier is not None
                found.extend((one.kind, one.state) for one in dossier.sanctions)
            return found


@pytest_asyncio.fixture(loop_scope="module")
async def scene(folder: Path, contract: Callable[[], Contract | None]) -> AsyncIterator[Scene]:
    """A set-up guild; the bot has run before, and was stopped."""
    check = contract()
    async with Simulation(contract=check) as sim:
        town = await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            await town.settle_in(store, sim)
        await bot.start()
        await bot.stop()
        yield Scene(sim, town, bot)
        await bot.kill()
        assert sim.refused == []
        assert check is None or check.violations == []


async def test_what_was_done_while_the_bot_was_away_is_read_once(scene: Scene) -> None:
    """In order, over two starts; a kill in the middle doubles and loses nothing."""
    town, owner = scene.town, scene.town.guild.owner.as_moderator
    ada, bea = await town.guild.members(["Ada", "Bea"])
    await owner.bans(ada)
    await owner.unbans(ada)
    await owner.times_out(bea, DAY)

    await scene.bot.start(wait=False)
    await scene.sim.until(lambda: len(town.log.messages()) > 0, timeout=SOON)
    await scene.bot.kill()
    await scene.bot.start()
    await scene.bot.stop()
    await scene.bot.start()
    await scene.bot.stop()

    assert sorted(town.log_titles()) == [
        "C-1 · ban lifted",
        "C-1 · ban, by hand",
        "C-2 · timeout, by hand",
    ]
    assert await scene.kinds() == [
        (SanctionKind.BAN, SanctionState.LIFTED),
        (SanctionKind.TIMEOUT, SanctionState.ACTIVE),
    ]


async def test_an_absence_longer_than_the_log_is_told_once(scene: Scene) -> None:
    """What the log still holds becomes cases all the same."""
    town, owner = scene.town, scene.town.guild.owner.as_moderator
    ada, bea = await town.guild.members(["Ada", "Bea"])
    await owner.bans(ada)
    await scene.sim.advance(days=50)
    await owner.bans(bea)

    for _ in range(2):
        await scene.bot.start()
        await scene.bot.stop()

    assert len([line for line in town.log_texts() if "is not known" in line]) == 1
    assert await scene.kinds() == [(SanctionKind.BAN, SanctionState.ACTIVE)]


async def test_an_entry_whose_event_is_broken_is_read_from_the_log(scene: Scene) -> None:
    """At once: whatever cannot be read has the log read."""
    ada = await scene.town.guild.member("Ada")
    await scene.bot.start()
    scene.sim.faults.next_event(ENTRY, EventFault.MALFORM)

    await scene.town.guild.owner.as_moderator.bans(ada)
    await scene.sim.settled()
    await scene.bot.stop()

    assert await scene.kinds() == [(SanctionKind.BAN, SanctionState.ACTIVE)]


async def test_an_entry_whose_event_is_lost_is_read_at_the_next_session(scene: Scene) -> None:
    """Nothing else tells of it."""
    ada = await scene.town.guild.member("Ada")
    await scene.bot.start()
    scene.sim.faults.next_event(ENTRY, EventFault.DROP)

    await scene.town.guild.owner.as_moderator.bans(ada)
    await scene.sim.settled()
    (session,) = scene.sim.gateway.connected
    scene.sim.gateway.invalidate(session)
    await scene.sim.until(lambda: len(scene.town.log.messages()) > 0, timeout=SOON)
    await scene.sim.settled()
    await scene.bot.stop()

    assert await scene.kinds() == [(SanctionKind.BAN, SanctionState.ACTIVE)]


async def test_without_view_audit_log_it_says_what_is_lost(
    folder: Path, contract: Callable[[], Contract | None]
) -> None:
    """The rest works; once the permission is given, what was done meanwhile is read."""
    check = contract()
    async with Simulation(contract=check) as sim:
        town = await Town.build(sim, "Town")
        role = next(one for one in town.guild.state.roles.values() if one.bot_id is not None)
        await town.guild.change_role(role, permissions=BOT_PERMISSIONS & ~Permission.VIEW_AUDIT_LOG)
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            await town.settle_in(store, sim)
        await bot.start()
        ada = await town.guild.member("Ada")
        await town.guild.owner.as_moderator.bans(ada)
        await sim.settled()
        assert "View Audit Log" in bot.log()
        assert town.log.messages() == []

        await town.guild.change_role(role, permissions=BOT_PERMISSIONS)
        await sim.settled()
        status = await bot.stop()

        assert status == 0
        assert town.log_titles() == ["C-1 · ban, by hand"]
        assert check is None or check.violations == []
