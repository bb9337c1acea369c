"""The check of the simulation's answers against Discord's contract document."""

from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import web

from bot.sandbox.contract import Contract
from bot.sandbox.contract_document import ContractDocument
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.faults import Faults
from bot.sandbox.rate_limit_answer import rate_limited_answer
from bot.sandbox.seam import ApiError, Handler, json_response
from tests.sandbox.app_under_layer import OPENAPI, client, serving
from tests.sandbox.checked_discord import GATEWAY, NEEDS_OPENAPI, Checked, checking

pytestmark = NEEDS_OPENAPI


@pytest.fixture(scope="module")
def document() -> ContractDocument:
    """The compiled contract."""
    return ContractDocument.load(OPENAPI)


@pytest.fixture
async def discord(document: ContractDocument) -> AsyncIterator[Checked]:
    """An application behind the contract."""
    async with checking(Contract(document)) as checked:
        yield checked


async def test_a_right_answer_passes(discord: Checked) -> None:
    """Nothing is found, and the answer is counted."""
    found = await discord.answer(json_response({"url": "ws://127.0.0.1"}))

    assert found == []
    assert discord.contract.checked_answers == 1


@pytest.mark.parametrize(
    ("answer", "where", "what"),
    [
        (json_response({}), "answer 200: ", '"url" is a required property'),
        (json_response({"url": 5}), "answer 200: url", "is not of type"),
        (json_response({"url": "ws://x", "ur": 1}), "answer 200: ", "'ur' was unexpected"),
        (web.json_response({"url": "ws://x"}), "answer 200: Content-Type", "is not exactly"),
        (
            web.Response(body=b"{", headers={"Content-Type": "application/json"}),
            *("answer 200: body", "is not JSON"),
        ),
        (json_response({"url": "ws://x"}, status=201), "answer 201", "no such status"),
        # errors
        (
            json_response({"message": "m"}, status=404),
            *("answer 404: ", '"code" is a required property'),
        ),
        (
            json_response({"message": "m", "code": 0, "detail": "d"}, status=403),
            *("answer 403: ", "'detail' was unexpected"),
        ),
        (
            json_response({"message": "m", "global": False}, status=429),
            *("answer 429: ", '"retry_after" is a required property'),
        ),
    ],
)
async def test_a_wrong_answer_is_found(
    document: ContractDocument, answer: web.Response, where: str, what: str
) -> None:
    """The simulation is held to the contract as strictly as the bot."""
    async with checking(Contract(document)) as discord:
        body = answer.body
        assert isinstance(body, bytes)
        fresh = web.Response(body=body, status=answer.status, headers=answer.headers)
        found = await discord.answer(fresh)

    assert [one.where for one in found] == [where]
    assert what in found[0].message


@pytest.mark.parametrize(
    "make",
    [
        lambda: ApiError(404, 10008, "Unknown Message").response(),
        lambda: ApiError(
            400,
            50035,
            "Invalid Form Body",
            errors={"embeds": {"0": {"title": {"_errors": [{"code": "X", "message": "m"}]}}}},
        ).response(),
        lambda: rate_limited_answer(0.5, "user"),
        lambda: rate_limited_answer(0.5, "global"),
        Fault.MISSING_PERMISSIONS.answer,
        Fault.UNAUTHORIZED.answer,
    ],
)
async def test_the_simulations_own_errors_pass(
    discord: Checked, make: Callable[[], web.Response]
) -> None:
    """What the layers answer is what Discord's contract describes."""
    assert await discord.answer(make()) == []
    assert discord.contract.checked_answers == 1


async def test_an_answer_that_the_contract_does_not_describe_is_not_counted(
    discord: Checked,
) -> None:
    """Failures of servers are outside of it."""
    assert await discord.answer(Fault.BAD_GATEWAY.answer()) == []
    assert discord.contract.checked_answers == 0


async def test_an_answer_that_was_never_sent_is_not_checked(document: ContractDocument) -> None:
    """A broken connection leaves nothing to judge."""
    contract, faults = Contract(document), Faults()

    class Both:
        """The contract round the faults, as the server puts them."""

        @staticmethod
        @web.middleware
        async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
            async def inner(request: web.Request) -> web.StreamResponse:
                return await faults.middleware(request, handler)

            return await contract.middleware(request, inner)

    async def never(_request: web.Request) -> web.StreamResponse:
        return json_response({"url": "ws://127.0.0.1"})

    faults.next(GATEWAY, Fault.RESET, times=2)
    async with serving(Both(), (GATEWAY, never)) as base, client(base) as session:
        with pytest.raises(OSError, match="reset"):
            await session.get("gateway")

    assert (contract.checked_requests, contract.checked_answers) == (2, 0)
