"""A removal from a board where Concord itself may not do all that is to be taken."""

import pytest

from bot.sandbox import Permission, Simulation
from tests.e2e.answers import decided
from tests.e2e.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 2


async def test_what_concord_lacks_is_said_and_all_else_is_taken_and_given_back(
    sim: Simulation, town: Town
) -> None:
    """A text board: nobody misses what is done in voice channels."""
    roles = town.guild.state.roles.values()
    ours = next(role for role in roles if role.bot_id == sim.world.bot.id)
    owner = town.guild.owner.as_moderator
    await owner.sets_overwrite(town.general, ours, deny=Permission.ADD_REACTIONS)
    await sim.settled()
    ada = await town.guild.member("Ada")
    ordered = await town.moderator.slash(
        "remove-from-board",
        member=ada,
        rule="contact-info",
        because="As agreed.",
        board="General",
        duration="3 days",
    )
    await decided(town.moderator, ordered)
    await sim.settled()

    taken = town.general.overwrite_of(ada)
    assert taken is not None
    assert taken.deny & Permission.SEND_MESSAGES
    assert not taken.deny & Permission.ADD_REACTIONS
    (line,) = [one for one in town.log_texts() if f"<@{ada.id}>" in one]
    assert "Add Reactions could not be denied" in line
    assert "Speak" not in line
    lift = await town.moderator.slash("lift", sanction="C-1")
    await decided(town.moderator, lift)
    await sim.settled()
    assert town.general.overwrite_of(ada) is None
