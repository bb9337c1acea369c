"""Several posts of an author, or versions of one: what goes, who is told, and how often."""

import pytest

from bot.sandbox import Simulation
from bot.sandbox.fault_kinds import Fault
from tests.e2e.town import Town, notices

pytestmark = pytest.mark.asyncio(loop_scope="module")

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"
AGAIN = "fuck this bullshit so much, it is another text"

DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"


async def test_a_member_is_told_when_only_the_second_post_of_a_burst_can_be_removed(
    sim: Simulation, town: Town
) -> None:
    """The first stands for want of a right; the log says both, and how the member was told."""
    ada = await town.guild.member("Ada")
    sim.faults.next(DELETE, Fault.MISSING_PERMISSIONS)
    first = await ada.says(town.general, VULGAR)
    await sim.settled()
    assert notices(ada) == []
    second = await ada.says(town.showcase, AGAIN)
    await sim.settled()

    assert (first.deleted, second.deleted) == (False, True)
    [notice] = notices(ada)
    assert f"Your post in <#{town.showcase.id}>" in notice
    [line] = town.log_texts()
    assert "1 of 2 posts removed" in line
    assert "The member was told: by direct message." in line
    assert "Removing the post did not work" in line


async def test_a_post_that_could_not_be_removed_goes_once_it_is_edited_and_offends_again(
    sim: Simulation, town: Town
) -> None:
    """A failed removal is no licence: the right is back, the next version goes."""
    ada = await town.guild.member("Ada")
    sim.faults.next(DELETE, Fault.MISSING_PERMISSIONS)
    post = await ada.says(town.general, VULGAR)
    await sim.settled()
    assert not post.deleted

    await ada.edits(post, AGAIN)
    await sim.settled()

    assert post.deleted
    assert len(notices(ada)) == 1
    [line] = town.log_texts()
    assert line.startswith("C-1 · post removed")
    assert "⚠️" not in line


async def test_repeats_hours_apart_are_one_case_and_each_removal_is_told(
    sim: Simulation, town: Town
) -> None:
    """The first copy is asked about and opens the case; whoever repeats later is told again."""
    ada = await town.guild.member("Ada")
    text = (
        "Please everybody have a look at my thoughts about the best way to write a long proposal "
        "for clients, I wrote it down with care"
    )
    posts = []
    for number in range(5):
        posts.append(await ada.says((town.general, town.showcase)[number % 2], text))
        await sim.settled()
        await sim.advance(minutes=70)
        await sim.settled()

    assert [post.deleted for post in posts] == [False, False, True, True, True]
    told = notices(ada)
    assert len(told) == 3
    assert all("Your post in" in notice for notice in told)
    assert town.log_titles() == ["C-1 · 3 posts removed"]
    [line] = town.log_texts()
    assert f"/{posts[2].id}" in line, "a post that is gone is shown, not one that stands"
