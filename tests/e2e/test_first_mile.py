"""A post that breaks a guideline is found, explained, removed and recorded, end to end."""

import pytest

from bot.sandbox import Simulation
from tests.e2e.town import Town, notices

pytestmark = pytest.mark.asyncio(loop_scope="module")

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"


async def test_a_vulgar_post_goes_and_its_author_is_told_why(sim: Simulation, town: Town) -> None:
    """Removed, one notice that cites guideline 5, one line in the log."""
    ada = await town.guild.member("Ada")

    post = await ada.says(town.general, VULGAR)
    await sim.settled()

    assert post.deleted
    [notice] = notices(ada)
    assert "Guideline 5" in notice
    assert "removed automatically" in notice
    assert "fucking" not in notice
    assert town.log_titles() == ["C-1 · post removed"]


async def test_an_ordinary_post_stays_and_nobody_hears_of_it(sim: Simulation, town: Town) -> None:
    """No notice, no log line."""
    ada = await town.guild.member("Ada")

    post = await ada.says(town.general, "Hello all, how do I write a good proposal?")
    await sim.settled()

    assert not post.deleted
    assert notices(ada) == []
    assert town.log_titles() == []
