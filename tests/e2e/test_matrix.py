"""Each kind of sanction, each operation, each thing that may stand in the way: the end is right."""

import os
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.sandbox import Simulation
from bot.sandbox.contract import Contract
from tests.e2e.cells import CELLS, EVERY, LEFT_OUT, Cell, Circumstance, covered, nonsense, sample
from tests.e2e.matrix import Matrix
from tests.e2e.platform import Platform
from tests.e2e.story import ROUTES

LONG = os.environ.get("CONCORD_LONG") == "1"

pytestmark = pytest.mark.long
lived = pytest.mark.asyncio(loop_scope="module")

ALIVE = tuple(one for one in CELLS if one.circumstance is not Circumstance.KILLED)
CHOSEN = ALIVE if LONG else sample(ALIVE)

OF_THE_SESSION = frozenset(
    {
        "GET /gateway/bot",
        "GET /users/@me",
        "GET /oauth2/applications/@me",
        "GET /applications/{application_id}/commands",
        "PUT /applications/{application_id}/commands",
        "GET /channels/{channel_id}/threads/archived/public",
    }
)
"""What Concord asks of Discord before it serves."""


def _asked_for(request: pytest.FixtureRequest) -> list[Cell]:
    """Return the cells whose tests are to be run now."""
    found = []
    for item in request.session.items:
        call = getattr(item, "callspec", None)
        if item.parent is request.node and call is not None and "cell" in call.params:
            found.append(call.params["cell"])
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def matrix(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    contract: Callable[[], Contract | None],
) -> AsyncIterator[Matrix]:
    """All cells, lived through."""
    check = contract()
    started = time.monotonic()
    async with Platform() as platform, Simulation(contract=check) as sim:
        cells = _asked_for(request)
        built = await Matrix.build(sim, platform, tmp_path_factory.mktemp("bot"), cells)
        try:
            await built.lives()
        except Exception:
            print(built.bot.log()[-4000:])  # noqa: T201 - the reason is in there
            raise
        finally:
            await built.bot.kill()
        faults = Counter(one.fault.kind.name for one in sim.faults.fired)
        print(  # noqa: T201 - the figures are the point
            f"\n{len(cells)} cells of {len(ALIVE)} ({len(LEFT_OUT)} of {len(EVERY)} make no sense),"
            f" {sum(faults.values())} faults {dict(faults)}, {len(sim.requests)} requests,"
            f" {sum(one.tried_again for one in built.stories.values())} commands called again,"
            f" {time.monotonic() - started:.0f} s"
        )
        yield built


@lived
@pytest.mark.parametrize("cell", CHOSEN, ids=str)
async def test_the_end_is_what_was_decided(matrix: Matrix, cell: Cell) -> None:
    """On Discord, to the member, in the moderators' log and in the database."""
    wrong = matrix.stories[cell].wrong
    assert wrong == [], "\n".join([str(cell), *wrong])


@lived
async def test_every_request_of_theirs_may_meet_a_fault(matrix: Matrix) -> None:
    """The list of routes that faults are planned for is whole."""
    asked = {one.route for one in matrix.sim.requests}
    assert asked <= {*ROUTES, *OF_THE_SESSION}


@lived
async def test_nothing_was_asked_that_discord_does_not_know(matrix: Matrix) -> None:
    """Every request is in Discord's contract, and every referral is signed."""
    assert matrix.sim.refused == []
    assert matrix.sim.contract is None or matrix.sim.contract.violations == []
    assert matrix.platform.forged == 0


def test_the_sample_holds_every_two_coordinates_that_meet() -> None:
    """What CI lives through covers each kind, operation and circumstance with each other."""
    whole = {pair for one in ALIVE for pair in covered(one)}
    assert {pair for one in sample(ALIVE) for pair in covered(one)} == whole


def test_what_is_left_out_has_a_reason() -> None:
    """A cell is in the table or it is said why not."""
    assert len(CELLS) + len(LEFT_OUT) == len(EVERY)
    assert all(nonsense(one) for one in LEFT_OUT)
