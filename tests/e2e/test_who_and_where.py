"""Whose posts are judged, where, on which surfaces, and how far a rule may go."""

import pytest

from bot.sandbox import Simulation
from bot.sandbox.files import File
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, notices

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 20

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"
HARMLESS = "Good morning, how do I write a good proposal?"
SHOWCASE = "I am a logo designer available for hire, check out my portfolio and DM me for a quote"


async def test_an_edit_that_breaks_a_guideline_goes(sim: Simulation, town: Town) -> None:
    """The edit is judged as a new version of the post."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, HARMLESS)
    await sim.settled()
    assert not post.deleted

    await ada.edits(post, VULGAR)
    await sim.settled()

    assert post.deleted
    assert len(notices(ada)) == 1


async def test_a_link_preview_that_arrives_as_an_edit_only_asks(
    sim: Simulation, town: Town
) -> None:
    """Words of a linked page are borrowed: a moderator is asked, the post stays."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "Look at this https://example.com/page")

    await town.guild.unfurls(post, [{"type": "link", "title": VULGAR}])
    await sim.settled()

    assert not post.deleted
    assert notices(ada) == []
    assert town.log_titles() == ["C-1 · please look at this post"]


async def test_forwarded_words_only_ask(sim: Simulation, town: Town) -> None:
    """What somebody forwards is somebody else's."""
    ada = await town.guild.member("Ada")
    original = await ada.says(town.lounge, VULGAR)

    forward = await ada.says(town.general, "", forwards=original)
    await sim.settled()

    assert not forward.deleted
    assert town.log_titles() == ["C-1 · please look at this post"]


async def test_a_file_name_and_an_alt_text_are_read(sim: Simulation, town: Town) -> None:
    """Words on a picture's description count like any others."""
    ada = await town.guild.member("Ada")

    post = await ada.says(
        town.general, "my picture", files=[File("picture.png", b"not a picture", VULGAR)]
    )
    await sim.settled()

    assert post.deleted


async def test_a_reply_is_judged_by_its_own_words(sim: Simulation, town: Town) -> None:
    """Answering a vulgar post with calm words is fine."""
    ada = await town.guild.member("Ada")
    bea = await town.guild.member("Bea")
    rude = await ada.says(town.lounge, VULGAR)

    answer = await bea.says(town.general, "Please stay calm, we can solve this.", reply_to=rude)
    await sim.settled()

    assert not answer.deleted
    assert town.log_titles() == []


async def test_a_thread_belongs_to_its_board(sim: Simulation, town: Town) -> None:
    """What is written in a thread of a board is judged."""
    ada = await town.guild.member("Ada")
    start = await ada.says(town.general, HARMLESS)
    thread = await ada.starts_thread(town.general, "Proposals", message=start)

    post = await ada.says(thread, VULGAR)
    await sim.settled()

    assert post.deleted
    assert not start.deleted


async def test_channels_that_are_no_board_are_left_alone(sim: Simulation, town: Town) -> None:
    """Neither an unmapped channel nor the moderators' log is screened."""
    ada = await town.guild.member("Ada")

    outside = await ada.says(town.lounge, VULGAR)
    inside = await town.moderator.says(town.log, VULGAR)
    await sim.settled()

    assert not outside.deleted
    assert not inside.deleted
    assert len(town.log_titles()) == 0


async def test_a_direct_message_to_the_bot_is_never_screened(sim: Simulation, town: Town) -> None:
    """The bot does not even ask to see them."""
    ada = await town.guild.member("Ada")

    await ada.writes_to_bot(VULGAR)
    await sim.settled()

    assert notices(ada) == []


async def test_staff_are_at_most_noted(sim: Simulation, town: Town) -> None:
    """A moderator's own strong words stay, and no line is written."""
    post = await town.moderator.says(town.general, VULGAR)
    owner = await town.guild.owner.says(town.general, VULGAR + " indeed")
    await sim.settled()

    assert not post.deleted
    assert not owner.deleted
    assert town.log_titles() == []


async def test_an_app_that_posts_for_nobody_loses_the_post_and_nobody_is_told(
    sim: Simulation, town: Town
) -> None:
    """A webhook has no inbox."""
    post = await town.general.webhook_says(VULGAR)
    await sim.settled()

    assert post.deleted
    assert len(town.log_titles()) == 1


async def test_a_groups_exception_holds_on_its_own_board_only(sim: Simulation, town: Town) -> None:
    """A designer may show work on the board of the group, and nowhere else."""
    dora = await town.guild.member("Dora", roles=[town.designers])
    eve = await town.guild.member("Eve")

    allowed = await dora.says(town.showcase, SHOWCASE)
    await sim.settled()
    assert not allowed.deleted
    assert town.log_titles() == []

    await dora.says(town.general, SHOWCASE + " today")
    await sim.settled()
    await eve.says(town.showcase, SHOWCASE + " now")
    await sim.settled()
    for author, text in zip((dora, eve), town.log_texts(), strict=True):
        assert str(author.id) in text
        assert "solicitation" in text


async def test_a_burst_is_one_case_and_one_notice(sim: Simulation, town: Town) -> None:
    """Five vulgar posts in a row: all gone, told once, one line that counts them."""
    ada = await town.guild.member("Ada")

    posts = [await ada.says(town.general, f"{VULGAR} {number}") for number in range(5)]
    await sim.settled()

    assert all(post.deleted for post in posts)
    assert len(notices(ada)) == 1
    assert town.log_titles() == ["C-1 · 5 posts removed"]


async def test_nothing_a_member_writes_pings_or_links_in_our_messages(
    sim: Simulation, town: Town, bot: BotProcess
) -> None:
    """Mentions and markdown come out as dead text; allowed mentions are empty; no words in logs."""
    ada = await town.guild.member("Ada")
    nasty = f"@everyone <@{town.moderator.id}> **[click](https://evil.example)** ``` {VULGAR}"

    await ada.says(town.general, nasty)
    await sim.settled()

    sent = [r for r in sim.requests if r.method == "POST" and r.path.endswith("/messages")]
    assert all(r.body["allowed_mentions"] == {"parse": []} for r in sent)
    [message] = town.log.messages()
    quoted = message.embeds[0]["description"].split("```")
    assert len(quoted) == 3, "one code block, and nothing of the post outside it"
    assert "@everyone" in quoted[1]
    assert "evil.example" not in bot.log()
    assert "bullshit" not in bot.log()


async def test_the_same_answer_to_several_people_is_no_spam(sim: Simulation, town: Town) -> None:
    """Helping three members in the same words, each by a reply, removes nothing and asks nobody."""
    ada = await town.guild.member("Ada")
    for number in range(3):
        guest = await town.guild.member(f"Guest {number}")
        question = await guest.says(town.general, f"Where do I find the tax form, please? {number}")
        answer = await ada.says(
            town.general,
            "You find the tax form under settings, then documents, at the bottom of the page.",
            reply_to=question,
        )
        await sim.settled()
        assert not answer.deleted

    assert town.log_titles() == []
