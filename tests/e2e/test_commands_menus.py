"""A right-click on a post: what is found in it, what the ladder proposes, one press to do it."""

import pytest

from bot.sandbox import InteractionRefusedError, Simulation
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.permissions import Permission
from tests.e2e.answers import buttons, confirmed, decided, link, says
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 16

SPEAK = Permission((1 << 21) | (1 << 9))
"""Speak and Video: a board removal takes them, so Concord needs them."""

CONTACT = "You can reach me any time at ada.k.lovelace@gmail.com or +1 415 555 2671"


async def test_a_card_shows_findings_and_does_what_the_ladder_proposes_in_one_press(
    sim: Simulation, town: Town
) -> None:
    """The card is the preview: nothing is asked a third time."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.lounge, CONTACT)
    await sim.settled()

    card = await (await town.moderator.menu("Moderate post", post)).answered()
    assert "contact-info" in card.text
    assert "1 post is removed" in card.text
    assert "They will read" in str(card.message.embeds)
    done = await town.moderator.press(card, label="Do this")
    assert "C-1 · done" in await says(done)
    await sim.settled()

    assert post.deleted
    assert "ada.k.lovelace" not in card.text


async def test_looking_at_a_post_changes_nothing(sim: Simulation, town: Town) -> None:
    """No case, no observation, no notice."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.lounge, CONTACT)
    await (await town.moderator.menu("Moderate post", post)).answered()
    await sim.settled()

    assert not post.deleted
    assert (await says(await town.moderator.slash("case list"))).startswith("No case fits")


async def test_a_harmless_post_asks_for_the_rule_first(sim: Simulation, town: Town) -> None:
    """Nothing can be done about no rule; the choice leads to the preview."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My garden is green.")

    card = await (await town.moderator.menu("Moderate post", post)).answered()
    assert buttons(card) == ["More…"]
    chosen = await (await town.moderator.choose(card, ["negativity"])).answered()

    assert "this is what will happen" in chosen.text
    assert buttons(chosen)[:3] == ["Do this", "Change…", "Cancel"]


@pytest.mark.parametrize(
    ("press", "happens", "goes"),
    [
        ("Remove only", "1 post is removed", True),
        ("Remove and warn", "Warning", True),
        ("Warn, keep the post", "Warning", False),
        ("Remind, keep the post", "Reminder", False),
    ],
)
async def test_other_ways_are_one_press_away(
    sim: Simulation, town: Town, press: str, happens: str, goes: bool
) -> None:
    """What cannot be undone is shown once more."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.lounge, CONTACT)
    card = await (await town.moderator.menu("Moderate post", post)).answered()

    done = await decided(town.moderator, await town.moderator.press(card, label=press))
    await sim.settled()

    assert happens in done.text
    assert post.deleted is goes


async def test_a_timeout_is_chosen_by_its_length(sim: Simulation, town: Town) -> None:
    """The post goes with it."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.lounge, CONTACT)
    card = await (await town.moderator.menu("Moderate post", post)).answered()
    menu = next(
        part["custom_id"]
        for row in card.message.components
        for part in row["components"]  # type: ignore[attr-defined]
        if str(part.get("placeholder", "")).startswith("Remove it, and time")
    )

    shown = await town.moderator.choose(card, ["3 days"], custom_id=str(menu))
    done = await confirmed(town.moderator, shown)
    await sim.settled()

    assert "Timeout until" in done.text
    assert "(3 days)" in done.text
    assert post.deleted


async def test_more_asks_for_everything_in_one_form_and_is_one_case(
    sim: Simulation, bot: BotProcess, town: Town
) -> None:
    """Several consequences, rule, length, notes; also where the bot restarts meanwhile."""
    voices = await town.guild.role("Voices", SPEAK | Permission.ADD_REACTIONS)
    await MemberHandle(town.guild, sim.world.bot).gets_role(voices)
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My garden is green.")
    card = await (await town.moderator.menu("Moderate post", post)).answered()
    form = await (await town.moderator.press(card, label="More…")).answered()
    await bot.kill()
    await bot.start()

    sent = await town.moderator.submit(
        form,
        {
            "What is to happen": ["Remove the post", "Timeout", "Removal from this board"],
            "Rule": "negativity",
            "How long": "2 days",
            "Note to the member": "Please take a break.",
        },
    )
    done = await confirmed(town.moderator, sent)
    await sim.settled()

    assert "C-1 · done" in done.text
    assert "Timeout until" in done.text
    assert "Board removal (General) until" in done.text
    assert post.deleted


async def test_a_group_that_is_not_clear_from_the_post_is_asked_for(town: Town) -> None:
    """Where the author is in no group of that board."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My garden is green.")
    card = await (await town.moderator.menu("Moderate post", post)).answered()
    form = await (await town.moderator.press(card, label="More…")).answered()

    wanted = {"What is to happen": ["Removal from their group of this board"], "Rule": "negativity"}
    sent = await town.moderator.submit(form, wanted)

    assert "use /remove-from-group" in await says(sent)


async def test_nothing_can_be_done_about_concords_own_messages_or_staff(
    sim: Simulation, town: Town
) -> None:
    """Both are sentences."""
    mia = await town.guild.member("Mia", roles=[town.moderator_role])
    ada = await town.guild.member("Ada")
    post = await mia.says(town.general, "I am staff.")
    await ada.says(town.general, "this is fucking useless, what a bunch of bullshit")
    await sim.settled()

    own_post = await town.moderator.says(town.general, "I am staff, too.")
    await sim.settled()

    of_staff = await (await town.moderator.menu("Moderate post", post)).answered()
    of_oneself = await (await town.moderator.menu("Moderate post", own_post)).answered()
    own = await town.moderator.menu("Moderate post", town.log.messages()[0])

    assert "Nothing can be done about this person" in of_staff.text
    assert "They are staff: please talk to an admin." in of_staff.text
    assert "Nobody decides about themselves" in of_oneself.text
    for card in (of_staff, of_oneself):
        assert card.message.components == []
        assert "Which rule" not in card.text
    assert "Concord's own" in await says(own)


async def test_of_what_a_webhook_posted_nothing_but_the_post_goes(
    sim: Simulation, town: Town
) -> None:
    """Nobody is sanctioned or told, whatever is asked for beside."""
    post = await town.general.webhook_says("My garden is green.")
    options = {"post": link(post), "rule": "negativity"}

    warned = await town.moderator.slash("remove post", **options, also="a warning")
    assert "nobody is there to be sanctioned" in await says(warned)
    card = await (await town.moderator.menu("Moderate post", post)).answered()
    chosen = await (await town.moderator.choose(card, ["negativity"])).answered()
    assert buttons(chosen) == ["Do this", "Change…", "Cancel", "Remove only", "More…"]
    ordered = await town.moderator.slash("remove post", **options, also="what the ladder proposes")
    assert "The member is not told" in await says(ordered)
    answer = await town.moderator.press(ordered, label="Confirm")
    assert "C-1 · done" in await says(answer)
    await sim.settled()

    assert post.deleted
    assert "point" not in await says(await town.moderator.slash("case show", case="C-1"))


async def test_members_are_not_offered_the_menus(town: Town) -> None:
    """Discord hides them."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My garden is green.")

    with pytest.raises(InteractionRefusedError):
        await ada.menu("Moderate post", post)
    with pytest.raises(InteractionRefusedError):
        await ada.menu("Member record", town.moderator)
