"""Files of removed posts: kept for moderators, given back as words, erased with everything else."""

import pytest

from bot.sandbox import File, Simulation
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.member_handle import MemberHandle
from tests.e2e.answers import decided, link
from tests.e2e.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 8
SEND = "POST /channels/{channel_id}/messages"
WORDS = "My garden is green."


async def removed(sim: Simulation, town: Town, ada: MemberHandle, rule: str) -> None:
    """Have a post with two files removed."""
    post = await ada.says(
        town.general, WORDS, files=[File("a.png", b"a picture"), File("b.txt", b"some words")]
    )
    asked = await town.moderator.slash("remove post", post=link(post), rule=rule)
    await decided(town.moderator, asked)
    await sim.settled()
    assert post.deleted


def kept(town: Town) -> list[tuple[str, bytes]]:
    """Return all files in the moderators' log."""
    return [(file.filename, file.data) for line in town.log.messages() for file in line.attachments]


async def test_a_removed_posts_files_are_kept_hidden(sim: Simulation, town: Town) -> None:
    """Before the post goes, for with it they are gone."""
    ada = await town.guild.member("Ada")

    await removed(sim, town, ada, "negativity")

    assert kept(town) == [("SPOILER_a.png", b"a picture"), ("SPOILER_b.txt", b"some words")]


async def test_files_are_kept_once_though_the_answer_was_lost(sim: Simulation, town: Town) -> None:
    """Looked for before they are sent again."""
    ada = await town.guild.member("Ada")
    sim.faults.next(SEND, Fault.ANSWER_LOST)

    await removed(sim, town, ada, "negativity")

    assert len(kept(town)) == 2


async def test_nothing_of_a_post_about_a_child_is_kept(sim: Simulation, town: Town) -> None:
    """Whoever finds it: no file is fetched, copied or shown."""
    ada = await town.guild.member("Ada")

    await removed(sim, town, ada, "minor-safety")

    assert kept(town) == []
    assert WORDS not in "".join(town.log_texts())


async def test_a_removal_that_was_wrong_is_quoted_where_it_stood(
    sim: Simulation, town: Town
) -> None:
    """In the author's words, by Concord."""
    ada = await town.guild.member("Ada")
    await removed(sim, town, ada, "negativity")

    voided = await town.moderator.slash("case void", case="C-1")
    await decided(town.moderator, voided)
    await sim.settled()

    (quote,) = town.general.messages()
    assert quote.author is sim.world.bot
    assert WORDS in quote.embeds[0]["description"]  # type: ignore[operator]


async def test_erasing_takes_words_and_files_out_of_discord_too(
    sim: Simulation, town: Town
) -> None:
    """In the log and in the notice; what was decided stays."""
    ada = await town.guild.member("Ada")
    await removed(sim, town, ada, "negativity")
    assert WORDS in str(town.log_texts())

    preview = await (await ada.slash("my data erase")).answered()
    await (await ada.press(preview, label="Erase for good")).answered()
    await sim.settled()

    assert kept(town) == []
    assert WORDS not in str(town.log_texts())
    assert WORDS not in str([message.embeds for message in ada.dms()])
    assert town.log_titles()[-1].startswith("C-1 ·")
