"""Each kind of sanction, each operation, each thing that may stand in the way: the end is right."""

import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

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
on_one_loop = pytest.mark.asyncio(loop_scope="module")

ALIVE = tuple(one for one in CELLS if one.circumstance is not Circumstance.KILLED)
CHOSEN = ALIVE if LONG else sample(ALIVE)

AT_ONCE = 90
"""Cells, each in a guild of its own, that one bot lives through: discord.py asks each guild for its
members, and the gateway takes about a hundred such questions a minute."""

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


@dataclass
class Lived:
    """What became of all cells."""

    wrong: dict[Cell, list[str]] = field(default_factory=dict)
    """By cell, what was not as it should have been."""
    faults: Counter[str] = field(default_factory=Counter)
    routes: set[str] = field(default_factory=set)
    requests: int = 0
    tried_again: int = 0
    unknown: list[str] = field(default_factory=list)
    """What the simulated Discord or its contract does not know, and forged referrals."""

    def add(self, matrix: Matrix) -> None:
        """Add what became of some cells."""
        sim = matrix.sim
        for cell, story in matrix.stories.items():
            self.wrong[cell] = story.wrong
            self.tried_again += story.tried_again
        self.faults.update(str(one.fault.kind.name) for one in sim.faults.fired)
        self.routes.update(one.route for one in sim.requests)
        self.requests += len(sim.requests)
        self.unknown.extend(sim.refused)
        if sim.contract is not None:
            self.unknown.extend(map(str, sim.contract.violations))
        self.unknown.extend(["a forged referral"] * matrix.platform.forged)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lived(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    contract: Callable[[], Contract | None],
) -> Lived:
    """All cells that are asked for, lived through."""
    started = time.monotonic()
    found = Lived()
    cells = _asked_for(request)
    for first in range(0, len(cells), AT_ONCE):
        some = cells[first : first + AT_ONCE]
        async with Platform() as platform, Simulation(contract=contract()) as sim:
            matrix = await Matrix.build(sim, platform, tmp_path_factory.mktemp("bot"), some)
            try:
                await matrix.lives()
            finally:
                await matrix.bot.kill()
            found.add(matrix)
    print(  # noqa: T201 - the figures are the point
        f"\n{len(cells)} cells of {len(ALIVE)} ({len(LEFT_OUT)} of {len(EVERY)} make no sense),"
        f" {found.faults.total()} faults {dict(found.faults)}, {found.requests} requests,"
        f" {found.tried_again} commands called again, {time.monotonic() - started:.0f} s"
    )
    return found


@on_one_loop
@pytest.mark.parametrize("cell", CHOSEN, ids=str)
async def test_the_end_is_what_was_decided(lived: Lived, cell: Cell) -> None:
    """On Discord, to the member, in the moderators' log and in the database."""
    assert lived.wrong[cell] == [], "\n".join([str(cell), *lived.wrong[cell]])


@on_one_loop
async def test_every_request_of_theirs_may_meet_a_fault(lived: Lived) -> None:
    """The list of routes that faults are planned for is whole."""
    assert lived.routes <= {*ROUTES, *OF_THE_SESSION}


@on_one_loop
async def test_nothing_was_asked_that_discord_does_not_know(lived: Lived) -> None:
    """Every request is in Discord's contract, and every referral is signed."""
    assert lived.unknown == []


def test_the_sample_holds_every_two_coordinates_that_meet() -> None:
    """What CI lives through covers each kind, operation and circumstance with each other."""
    whole = {pair for one in ALIVE for pair in covered(one)}
    assert {pair for one in sample(ALIVE) for pair in covered(one)} == whole


def test_what_is_left_out_has_a_reason() -> None:
    """A cell is in the table or it is said why not."""
    assert len(CELLS) + len(LEFT_OUT) == len(EVERY)
    assert all(nonsense(one) for one in LEFT_OUT)
