"""The brake in Discord: pause, resume, and giving back what was removed by itself."""

import pytest

from bot.sandbox import InteractionRefusedError, Simulation
from bot.sandbox.permissions import Permission
from tests.e2e.answers import buttons, says
from tests.e2e.town import MODERATING, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 10

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"


async def test_a_pause_turns_removals_into_questions_until_it_is_ended(
    sim: Simulation, town: Town
) -> None:
    """At once, for every rule."""
    ada, bea = await town.guild.members(["Ada", "Bea"])

    paused = await says(await town.moderator.slash("pause"))
    asked = await ada.says(town.general, VULGAR)
    await sim.settled()
    again = await says(await town.moderator.slash("pause"))
    resumed = await says(await town.moderator.slash("resume"))
    removed = await bea.says(town.general, VULGAR + " again")
    await sim.settled()

    assert paused.startswith("Paused")
    assert "paused already" in again
    assert resumed.startswith("Resumed")
    assert not asked.deleted
    assert removed.deleted


async def test_one_rule_is_paused_alone(sim: Simulation, town: Town) -> None:
    """The others go on."""
    ada, bea = await town.guild.members(["Ada", "Bea"])

    paused = await says(await town.moderator.slash("pause", rule="vulgarity"))
    vulgar = await ada.says(town.general, VULGAR)
    contact = await bea.says(town.general, "Write me at bea.k.lovelace@gmail.com for the files")
    await sim.settled()

    assert "Rule vulgarity asks moderators" in paused
    assert not vulgar.deleted
    assert contact.deleted
    nothing = await says(await town.moderator.slash("resume"))
    assert "was not paused" in nothing
    assert "Paused still: the rule **vulgarity**" in nothing
    suggested = await town.moderator.autocomplete("resume", focused="rule", text="")
    assert [one.value for one in suggested] == ["vulgarity"]


async def test_all_that_was_removed_by_itself_is_given_back_after_a_look(
    sim: Simulation, town: Town
) -> None:
    """Previewed, confirmed, counted."""
    people = await town.guild.members(["Ada", "Bea", "Cyd"])
    for one in people:
        await one.says(town.general, VULGAR)
        await sim.settled()
    assert town.general.messages() == []

    preview = await (await town.moderator.slash("restore-all", since="2 hours")).answered()
    assert "3 posts in 3 cases" in preview.text
    assert buttons(preview) == ["Give them all back", "Cancel"]
    done = await town.moderator.press(preview, label="Give them all back")
    await sim.settled()

    assert "3 posts in 3 cases given back." in done.text
    assert len(town.general.messages()) == 3


async def test_where_nothing_was_removed_there_is_nothing_to_give_back(town: Town) -> None:
    """And nothing to press."""
    answer = await (await town.moderator.slash("restore-all", rule="hate")).answered()

    assert answer.text.startswith("Nothing to give back")
    assert buttons(answer) == []


async def test_who_thinks_better_of_it_gives_nothing_back(sim: Simulation, town: Town) -> None:
    """Cancel."""
    ada = await town.guild.member("Ada")
    await ada.says(town.general, VULGAR)
    await sim.settled()
    preview = await (await town.moderator.slash("restore-all")).answered()

    cancelled = await town.moderator.press(preview, label="Cancel")

    assert await says(cancelled) == "Nothing was given back."
    assert town.general.messages() == []


async def test_giving_back_to_many_members_waits_for_an_admin(sim: Simulation, town: Town) -> None:
    """The preview says so; in the log an admin looks, and gives them back with one more press."""
    admins = await town.guild.role("Admins", Permission.MANAGE_GUILD | MODERATING, position=60)
    boss = await town.guild.member("Boss", roles=[admins, town.moderator_role])
    for one in await town.guild.members([f"Member {number}" for number in range(11)]):
        await one.says(town.general, VULGAR)
    await sim.settled()
    assert town.general.messages() == []

    preview = await (await town.moderator.slash("restore-all")).answered()
    told = await town.moderator.press(preview, label="Ask an admin")
    answer = await says(told)
    await sim.settled()
    asked = town.log.messages()[-1]
    still = await (await town.moderator.press(asked, label="Look and decide")).answered()
    nothing = len(town.general.messages())
    look = await (await boss.press(asked, label="Look and decide")).answered()
    done = await boss.press(look, label="Give them all back")
    await sim.settled()

    assert "for more than 10 an admin is needed" in preview.text
    assert "The admins have been asked" in answer
    assert asked.embeds[0]["title"] == "An admin is asked"
    assert buttons(still) == ["Ask an admin", "Cancel"]
    assert nothing == 0
    assert "11 posts in 11 cases given back." in done.text
    assert len(town.general.messages()) == 11


async def test_members_have_no_brake(town: Town) -> None:
    """Discord does not offer it."""
    ada = await town.guild.member("Ada")

    for command in ("pause", "resume", "restore-all"):
        with pytest.raises(InteractionRefusedError):
            await ada.slash(command)
