"""Moving posts: by whom, what is lost if it were moved, the log, the erasure, and a kill midway."""

import pytest

from bot.sandbox import Simulation
from bot.sandbox.fault_kinds import Fault
from tests.e2e.answers import decided, link, says
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 8

DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"


async def test_staff_and_oneself_are_not_moved_by_a_moderator(town: Town) -> None:
    """Nobody acts on staff or on themselves."""
    other = await town.guild.member("Other", roles=[town.moderator_role])
    for author in (other, town.moderator):
        post = await author.says(town.general, "Hello")

        answer = await says(await town.moderator.slash("move", post=link(post), board="Showcase"))

        assert answer.startswith("Nothing was done")
        assert not post.deleted
    assert town.showcase.messages() == []


async def test_what_cannot_be_quoted_is_not_moved(town: Town) -> None:
    """A sticker or a poll would be lost for good."""
    ada = await town.guild.member("Ada")
    wave = await ada.says(town.general, stickers=["wave"])
    poll = await ada.says(town.general, poll=("Which logo?", ["A", "B"]))

    for post, what in ((wave, "stickers"), (poll, "a poll")):
        answer = await says(await town.moderator.slash("move", post=link(post), board="Showcase"))

        assert f"cannot quote {what}" in answer
        assert not post.deleted
    assert town.showcase.messages() == []


async def test_what_may_show_a_child_is_neither_moved_nor_shown(
    sim: Simulation, town: Town
) -> None:
    """It still stands, so that it could be; a moderator has said what it is."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My purple garden")
    warned = await town.moderator.slash(
        "warn", member=ada, rule="minor-safety", post=link(post), because="So it is."
    )
    await decided(town.moderator, warned)
    await sim.settled()

    answer = await says(await town.moderator.slash("move", post=link(post), board="Showcase"))
    card = await says(await town.moderator.menu("Moderate post", post))

    assert "may show a child" in answer
    assert town.showcase.messages() == []
    assert "purple" not in card


async def test_the_log_says_who_moved_what_and_quotes_nothing(sim: Simulation, town: Town) -> None:
    """So that moderators can follow each other."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My logo")

    await says(await town.moderator.slash("move", post=link(post), board="Showcase"))
    await sim.settled()

    (line,) = [one for one in town.log_texts() if one.startswith("Post moved")]
    assert f"<@{town.moderator.id}> moved a post of <@{ada.id}>" in line
    assert "logo" not in line


async def test_erasing_ones_words_takes_the_quote_away(sim: Simulation, town: Town) -> None:
    """Others' quotes stay."""
    ada, bea = await town.guild.members(["Ada", "Bea"])
    for author in (ada, bea):
        post = await author.says(town.general, f"Logo of {author.id}")
        await says(await town.moderator.slash("move", post=link(post), board="Showcase"))
    await sim.settled()

    asked = await ada.slash("my data erase")
    preview = await says(asked)
    answer = await says(await ada.press(asked.message, label="Erase for good"))
    await sim.settled()

    assert "1 post that moderators had moved" in preview
    assert "1 of Concord's own message" in answer
    (left,) = town.showcase.messages()
    assert left.embeds[0]["description"] == f"Logo of {bea.id}"


async def test_pressed_twice_and_moved_again_it_is_quoted_once(sim: Simulation, town: Town) -> None:
    """Also where the original could not be removed at first."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My logo")
    sim.faults.next(DELETE, Fault.error(403, 50013))
    half = await says(await town.moderator.slash("move", post=link(post), board="Showcase"))

    whole = await says(await town.moderator.slash("move", post=link(post), board="Showcase"))

    assert half.startswith("Half done")
    assert whole.startswith("Moved to Showcase")
    assert post.deleted
    assert len(town.showcase.messages()) == 1


async def test_killed_between_quote_and_removal_it_is_finished_at_the_next_start(
    sim: Simulation, town: Town, bot: BotProcess
) -> None:
    """Quoted once, removed, told and noted."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My logo")
    before = len(sim.faults.fired)
    sim.faults.next(DELETE, Fault.TIMEOUT)
    await town.moderator.slash("move", post=link(post), board="Showcase")
    await sim.faults.until_fired(before + 1)
    await bot.kill()
    sim.faults.release_timeouts()

    await bot.start()
    await sim.settled()

    assert post.deleted
    assert len(town.showcase.messages()) == 1
    assert len([one for one in town.log_titles() if one == "Post moved"]) == 1
