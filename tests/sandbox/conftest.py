"""A simulated Discord for each test, and plain clients of its two sides."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from bot.sandbox import ChannelHandle, Contract, GuildHandle, MemberHandle, Simulation
from bot.sandbox.contract_document import ContractDocument
from tests.sandbox.app_under_layer import OPENAPI
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.rest_client import RestClient


@dataclass(frozen=True)
class Community:
    """A guild with a board, the bot and two people."""

    sim: Simulation
    guild: GuildHandle
    board: ChannelHandle
    ada: MemberHandle
    ben: MemberHandle
    bot: MemberHandle


@pytest.fixture(scope="session")
def document() -> ContractDocument | None:
    """Discord's contract, where it is present."""
    return ContractDocument.load(OPENAPI) if OPENAPI.is_file() else None


@pytest.fixture
async def sim(
    document: ContractDocument | None,
) -> AsyncIterator[Simulation]:
    """A simulation without guilds, whose every answer is held against Discord's contract.

    Requests are not: many of these tests send what Discord would refuse.
    """
    contract = None if document is None else Contract(document)
    async with Simulation(contract=contract) as simulation:
        yield simulation
    if contract is not None:
        broken = [str(each) for each in contract.violations if each.where.startswith("answer")]
        assert not broken, "\n".join(broken)


@pytest.fixture
async def community(sim: Simulation) -> Community:
    """A small community with the bot in it."""
    guild = await sim.guild("Freelance Community")
    board = await guild.channel("general")
    bot = await guild.invite_bot()
    return Community(sim, guild, board, await guild.member("Ada"), await guild.member("Ben"), bot)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP client."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(sim: Simulation, http: aiohttp.ClientSession) -> RestClient:
    """A client of the REST side with the bot's token."""
    return RestClient(http, sim.api_base, sim.app.token)


@pytest.fixture
async def gateway(sim: Simulation, http: aiohttp.ClientSession) -> AsyncIterator[GatewayClient]:
    """A client of the gateway, not yet connected."""
    client = GatewayClient(http, sim.gateway_url, sim.app.token)
    yield client
    await client.close()
