"""Tidying that is no sanction: a post moved, a thread locked, a duplicate closed."""

import pytest

from bot.sandbox import Simulation
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.files import File
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.permissions import Permission
from tests.e2e.answers import link, says
from tests.e2e.town import Town, notices

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 16

LOCKING = Permission.MANAGE_THREADS | Permission.SEND_MESSAGES_IN_THREADS


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


async def may_lock(sim: Simulation, town: Town) -> None:
    """Give the bot what locking threads takes; servers need not."""
    role = await town.guild.role("Threads", LOCKING)
    await MemberHandle(town.guild, sim.world.bot).gets_role(role)
    await sim.settled()


async def test_a_thread_is_locked_with_a_word_and_unlocked_again(
    sim: Simulation, town: Town
) -> None:
    """By the command, in the thread or from elsewhere; back by the button."""
    await may_lock(sim, town)
    ada = await town.guild.member("Ada")
    thread = await ada.starts_thread(town.general, "Logos")
    await sim.settled()

    asked = await town.moderator.slash("lock-thread", thread=thread, note="Enough *for* today.")
    locked = await asked.answered()
    words = str(thread.messages()[-1].embeds)
    assert "is locked" in locked.text
    assert "Enough \\\\*for\\\\* today." in words
    assert thread.state.locked  # type: ignore[union-attr]
    again = await says(await town.moderator.slash("lock-thread", thread))
    assert "is locked already" in again
    opened = await says(await town.moderator.press(locked, label="Unlock"))

    assert opened.startswith("Unlocked")
    assert not thread.state.locked  # type: ignore[union-attr]


async def test_a_duplicate_points_to_the_earlier_thread_and_is_locked(
    sim: Simulation, town: Town
) -> None:
    """So that answers stay together."""
    await may_lock(sim, town)
    ada = await town.guild.member("Ada")
    first = await ada.starts_thread(town.general, "How to price a logo")
    second = await ada.starts_thread(town.general, "What does a logo cost")
    await sim.settled()
    address = f"https://discord.com/channels/{town.guild.id}/{first.id}"

    answer = await says(await town.moderator.slash("close-duplicate", second, earlier=address))

    assert "is locked" in answer
    assert address in str(second.messages()[-1].embeds)
    assert second.state.locked  # type: ignore[union-attr]
    assert not first.state.locked  # type: ignore[union-attr]


@pytest.mark.parametrize("earlier", ["that one", "https://discord.com/channels/1/2", "itself"])
async def test_what_is_no_earlier_thread_is_refused(
    sim: Simulation, town: Town, earlier: str
) -> None:
    """Also another server's, and the thread itself."""
    await may_lock(sim, town)
    ada = await town.guild.member("Ada")
    thread = await ada.starts_thread(town.general, "Logos")
    await sim.settled()
    if earlier == "itself":
        earlier = f"https://discord.com/channels/{town.guild.id}/{thread.id}"

    answer = await says(await town.moderator.slash("close-duplicate", thread, earlier=earlier))

    assert "paste the link of the earlier thread" in answer
    assert not thread.state.locked  # type: ignore[union-attr]


async def test_outside_of_threads_there_is_nothing_to_lock(town: Town) -> None:
    """A sentence."""
    answer = await says(await town.moderator.slash("lock-thread", town.general))

    assert "works in a thread" in answer


async def test_without_manage_threads_locking_says_how_to_mend_it(
    sim: Simulation, town: Town
) -> None:
    """Nothing is posted in the thread, either."""
    ada = await town.guild.member("Ada")
    thread = await ada.starts_thread(town.general, "Logos")
    await sim.settled()
    before = len(thread.messages())

    answer = await says(await town.moderator.slash("lock-thread", thread))

    assert "Manage Threads" in answer
    assert len(thread.messages()) == before
