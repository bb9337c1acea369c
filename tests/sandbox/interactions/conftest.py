"""A simulated Discord whose every interaction is held against Discord's contract."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.sandbox import Contract, MemberHandle, Permission, Simulation
from bot.sandbox.contract_document import ContractDocument
from bot.sandbox.contract_tally import ContractTally
from tests.sandbox.conftest import Community
from tests.sandbox.gateway_client import GatewayClient
from tests.sandbox.interactions.answering_bot import AnsweringBot
from tests.sandbox.rest_client import RestClient


@pytest.fixture
async def sim(
    request: pytest.FixtureRequest,
    document: ContractDocument | None,
    contract_tally: ContractTally,
) -> AsyncIterator[Simulation]:
    """A simulation that holds answers, and the requests of discord.py, against the contract.

    Tests that speak REST themselves send on purpose what Discord refuses.
    """
    by_hand = "api" in request.fixturenames
    tally = None if by_hand else contract_tally
    contract = None if document is None else Contract(document, tally)
    async with Simulation(contract=contract) as simulation:
        yield simulation
    assert simulation.refused == []
    if contract is not None:
        broken = [
            str(each)
            for each in contract.violations
            if each.where.startswith("answer") or not by_hand
        ]
        assert not broken, "\n".join(broken)


@pytest.fixture
async def mod(community: Community) -> MemberHandle:
    """Somebody who may time others out."""
    role = await community.guild.role("Moderator", Permission.MODERATE_MEMBERS, position=5)
    return await community.guild.member("Mo", roles=[role])


@pytest.fixture
async def bot(
    community: Community, http: ClientSession, gateway: GatewayClient, api: RestClient
) -> AnsweringBot:
    """A bot with a few commands that speaks REST by hand, logged in."""
    answering = AnsweringBot(community, http, gateway)
    await answering.log_in(api)
    return answering
