"""One simulated Discord and one bot process per module, each test in a guild of its own."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.sandbox import Simulation
from bot.sandbox.contract import Contract
from bot.sandbox.contract_tally import ContractTally
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, opened
from tests.shared import CONTRACT

TOWNS = 12
"""Guilds that a module may use, unless it has a constant TOWNS of its own."""


@pytest.fixture(scope="session")
def contract(contract_tally: ContractTally) -> Callable[[], Contract | None]:
    """Make checks against Discord's contract where it lies beside the checkout."""
    return lambda: Contract.load(CONTRACT, contract_tally) if CONTRACT.exists() else None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_bot(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    contract: Callable[[], Contract | None],
) -> AsyncIterator[tuple[BotProcess, Iterator[Town]]]:
    """A running bot and guilds that it already knows."""
    check = contract()
    async with Simulation(contract=check) as sim:
        wanted = getattr(request.module, "TOWNS", TOWNS)
        bot = BotProcess(sim, tmp_path_factory.mktemp("bot"))
        towns = [await Town.build(sim, f"Town {number}") for number in range(wanted)]
        async with opened(bot.database) as store:
            for town in towns:
                await town.settle_in(store, sim)
        await bot.start()
        try:
            yield bot, iter(towns)
        finally:
            status = await bot.stop()
        assert status == 0, bot.log()[-4000:]
        assert sim.refused == []
        assert check is None or check.violations == []


@pytest.fixture
def bot(shared_bot: tuple[BotProcess, Iterator[Town]]) -> BotProcess:
    """The module's bot."""
    return shared_bot[0]


@pytest.fixture
def sim(bot: BotProcess) -> Simulation:
    """The module's simulated Discord."""
    return bot.sim


@pytest.fixture
def town(shared_bot: tuple[BotProcess, Iterator[Town]]) -> Town:
    """A guild that no other test has used."""
    return next(shared_bot[1])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a process of the test's own."""
    return tmp_path
