"""A channel closed to Concord and opened again: what was written in between is judged."""

import pytest

from bot.sandbox import Permission, Simulation
from bot.sandbox.guilds import Role
from bot.sandbox.member_handle import MemberHandle
from tests.e2e.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"
HARMLESS = "Good morning, how do I write a good proposal?"
READ = "GET /channels/{channel_id}/messages"

TOWNS = 6


@pytest.mark.parametrize("taken", [Permission.VIEW_CHANNEL, Permission.READ_MESSAGE_HISTORY])
async def test_a_board_opened_again_by_its_own_settings_is_caught_up(
    sim: Simulation, town: Town, taken: Permission
) -> None:
    """The post goes as soon as Concord may read, with one line in the log."""
    ada = await town.guild.member("Ada")
    await town.general.allow(_role_of(town), deny=taken | Permission.VIEW_CHANNEL)
    await sim.settled()
    post = await ada.says(town.general, VULGAR)
    await sim.settled()
    assert not post.deleted

    await town.general.allow(_role_of(town))
    await sim.settled()

    assert post.deleted
    assert town.log_titles() == ["C-1 · post removed"]


async def test_a_board_opened_again_by_a_role_of_concords_is_caught_up(
    sim: Simulation, town: Town
) -> None:
    """The role is changed, not the channel."""
    ada = await _behind_a_role(town)
    readers = await town.guild.role("Readers")
    await _concord(town).gets_role(readers)
    await sim.settled()
    post = await ada.says(town.general, VULGAR)
    await sim.settled()
    assert not post.deleted

    await town.guild.change_role(
        readers, permissions=Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY
    )
    await sim.settled()

    assert post.deleted


async def test_a_board_opened_again_by_a_role_given_to_concord_is_caught_up(
    sim: Simulation, town: Town
) -> None:
    """Neither the channel nor the role is changed."""
    ada = await _behind_a_role(town)
    readers = await town.guild.role(
        "Readers", Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY
    )
    await sim.settled()
    post = await ada.says(town.general, VULGAR)
    await sim.settled()
    assert not post.deleted

    await _concord(town).gets_role(readers)
    await sim.settled()

    assert post.deleted


async def test_a_thread_begun_while_its_board_was_closed_is_caught_up(
    sim: Simulation, town: Town
) -> None:
    """Concord has never heard of it."""
    ada = await town.guild.member("Ada")
    await town.general.allow(_role_of(town), deny=Permission.VIEW_CHANNEL)
    thread = await ada.starts_thread(town.general, "a talk")
    post = await ada.says(thread, VULGAR)
    await sim.settled()

    await town.general.allow(_role_of(town))
    await sim.settled()

    assert post.deleted


async def test_a_change_that_opens_nothing_reads_nothing(sim: Simulation, town: Town) -> None:
    """Whatever else is changed about channels, roles and members, or taken away."""
    ada = await town.guild.member("Ada")
    await sim.settled()
    before = len(sim.requests_to(READ))

    await town.general.rename("chat")
    await town.general.allow(town.designers, allow=Permission.VIEW_CHANNEL)
    await town.guild.change_role(town.designers, permissions=Permission.VIEW_CHANNEL)
    await ada.gets_role(town.designers)
    await _concord(town).gets_role(town.designers)
    await town.showcase.allow(_role_of(town), deny=Permission.VIEW_CHANNEL)
    await sim.settled()

    assert len(sim.requests_to(READ)) == before


def _concord(town: Town) -> MemberHandle:
    return MemberHandle(town.guild, town.guild.world.bot)


def _role_of(town: Town) -> Role:
    """Return the role that Concord came with."""
    [role] = _concord(town).member.role_ids[:1]
    return town.guild.state.roles[role]


async def _behind_a_role(town: Town) -> MemberHandle:
    """Take View Channel from everyone and from Concord; return a member who has it by a role."""
    seeing = await town.guild.role("Seeing", Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
    ada = await town.guild.member("Ada", roles=[seeing])
    for role in (town.guild.everyone, _role_of(town)):
        await town.guild.change_role(role, permissions=role.permissions & ~Permission.VIEW_CHANNEL)
    return ada
