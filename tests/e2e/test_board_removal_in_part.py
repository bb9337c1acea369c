"""What is upheld where Concord itself may not do all that is to be done, or not yet."""

import pytest

from bot.sandbox import Permission, Simulation
from bot.sandbox.member_handle import MemberHandle
from bot.upkeep import SOON
from tests.e2e.answers import decided
from tests.e2e.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 3


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


async def test_what_an_admin_gave_them_there_and_concord_lacks_is_named_with_its_remedy(
    sim: Simulation, town: Town
) -> None:
    """Discord lets nobody write an overwrite that names more than they hold; then it is done."""
    owner = town.guild.owner.as_moderator
    ada = await town.guild.member("Ada")
    await owner.sets_overwrite(town.general, ada, allow=Permission.MENTION_EVERYONE)
    await sim.settled()
    options = {"rule": "contact-info", "because": "As agreed.", "board": "General"}
    refused = await decided(
        town.moderator, await town.moderator.slash("remove-from-board", member=ada, **options)
    )
    await sim.settled()

    overwrite = town.general.overwrite_of(ada)
    (line,) = [one for one in town.log_texts() if f"<@{ada.id}>" in one]
    for text in (refused.text, line):
        assert "Putting the board removal in force did not work" in text
        assert "it lacks Mention Everyone: give that to Concord's role there" in text
    assert overwrite is not None
    assert overwrite.deny == Permission(0)

    voices = await town.guild.role("Voices", Permission.MENTION_EVERYONE)
    await MemberHandle(town.guild, sim.world.bot).gets_role(voices)
    await sim.settled()
    again = await town.moderator.slash("remove-from-board", member=ada, **options)
    done = await decided(town.moderator, again)
    await sim.settled()
    assert "C-2 · done" in done.text
    taken = town.general.overwrite_of(ada)
    assert taken is not None
    assert taken.deny & Permission.SEND_MESSAGES
    assert taken.allow == Permission.MENTION_EVERYONE


async def test_what_could_not_be_kept_in_force_is_once_concord_may_again(
    sim: Simulation, town: Town
) -> None:
    """A role that is picked again stays as long as Concord may not take it, and no longer."""
    ours = next(role for role in town.guild.state.roles.values() if role.bot_id is not None)
    rights = ours.permissions
    ada = await town.guild.member("Ada", roles=[town.designers])
    ordered = await town.moderator.slash(
        "remove-from-group",
        member=ada,
        rule="contact-info",
        because="As agreed.",
        group="Design Portfolio",
        duration="30 days",
    )
    await decided(town.moderator, ordered)
    await town.guild.change_role(ours, permissions=rights & ~Permission.MANAGE_ROLES)
    await sim.settled()
    await ada.picks_role(town.designers)
    await sim.settled()

    assert town.designers.id in ada.member.role_ids
    (line,) = town.log_texts()
    assert (
        "⚠️ Keeping the group removal in force has not worked yet and will be tried again: Concord "
        "lacks the permission Manage Roles" in line
    )
    await town.guild.change_role(ours, permissions=rights)
    await sim.settled()
    await sim.advance(seconds=SOON.total_seconds())
    await sim.settled()
    assert town.designers.id not in ada.member.role_ids
    (line,) = town.log_texts()
    assert "⚠️" not in line
