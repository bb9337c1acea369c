"""Tidying that is no sanction: a post moved to the board where it belongs."""

import pytest

from bot.sandbox import File, Simulation
from bot.sandbox.fault_kinds import Fault
from tests.e2e.answers import link, says
from tests.e2e.town import Town, notices

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 6


async def test_a_post_is_quoted_on_the_other_board_and_its_author_told(
    sim: Simulation, town: Town
) -> None:
    """Nothing counts; no case is opened."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "Here is my <b>logo</b> @everyone")
    await sim.settled()

    answer = await says(await town.moderator.slash("move", post=link(post), board="Showcase"))
    await sim.settled()

    (quote,) = town.showcase.messages()
    assert post.deleted
    assert quote.embeds[0]["description"] == "Here is my <b>logo</b> @everyone"
    assert quote.embeds[0]["author"]["name"] == "Ada wrote"  # type: ignore[index]
    assert not quote.mention_everyone
    assert "Moved to Showcase" in answer
    assert "was told" in answer
    assert "This is no warning" in notices(ada)[0]
    assert (await says(await town.moderator.slash("case list"))).startswith("No case fits")


async def test_files_are_moved_along(sim: Simulation, town: Town) -> None:
    """Fetched while the original stands."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My logo", files=[File("logo.png", b"PNG", "image/png")])

    await says(await town.moderator.slash("move", post=link(post), board="Showcase"))

    (quote,) = town.showcase.messages()
    assert [one.data for one in quote.attachments] == [b"PNG"]


async def test_its_author_may_take_a_moved_post_away_and_others_may_not(
    sim: Simulation, town: Town
) -> None:
    """The words are theirs, though the message is Concord's."""
    ada, bea = await town.guild.members(["Ada", "Bea"])
    post = await ada.says(town.general, "My logo")
    await says(await town.moderator.slash("move", post=link(post), board="Showcase"))
    (quote,) = town.showcase.messages()

    other = await bea.press(quote, label="Delete (author only)")
    assert "Only the moderators" in await says(other)
    assert not quote.deleted
    own = await ada.press(quote, label="Delete (author only)")

    assert await says(own) == "The post is deleted."
    assert quote.deleted


async def test_where_concord_may_not_write_nothing_is_moved(sim: Simulation, town: Town) -> None:
    """The original stays, and the sentence says what is missing."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My logo")
    sim.faults.next("POST /channels/{channel_id}/messages", Fault.error(403, 50013))

    answer = await says(await town.moderator.slash("move", post=link(post), board="Showcase"))

    assert "Nothing was moved" in answer
    assert not post.deleted


async def test_an_original_that_cannot_be_removed_is_told(sim: Simulation, town: Town) -> None:
    """Half done is said to be half done."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My logo")
    sim.faults.next("DELETE /channels/{channel_id}/messages/{message_id}", Fault.error(403, 50013))

    answer = await says(await town.moderator.slash("move", post=link(post), board="Showcase"))

    assert answer.startswith("Half done")
    assert "Manage Messages" in answer


async def test_a_post_is_not_moved_to_where_it_stands(town: Town) -> None:
    """A sentence."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My logo")

    answer = await says(await town.moderator.slash("move", post=link(post), board="General"))

    assert "already" in answer
