"""Records: of a member for moderators, of themselves for everybody; taken along, and erased."""

import json

import pytest

from bot.sandbox import Simulation
from bot.sandbox.fault_kinds import Fault
from tests.e2e.answers import buttons, decided, link, says
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 15


async def removed(sim: Simulation, town: Town, member: object, words: str) -> None:
    """Have a post of a member removed with a warning."""
    post = await member.says(town.general, words)  # type: ignore[attr-defined]
    ordered = await town.moderator.slash(
        "remove post",
        post=link(post),
        rule="negativity",
        also="a warning",
        internal="Watch this one.",
        because="As agreed.",
    )
    await decided(town.moderator, ordered)
    await sim.settled()


async def test_a_record_says_what_counts_now_and_lists_the_cases(
    sim: Simulation, town: Town
) -> None:
    """By command and by right-click; a case is opened from it."""
    mo = town.moderator
    ada = await town.guild.member("Ada")
    await removed(sim, town, ada, "My garden is green.")

    by_command = await (await mo.slash("record member", member=ada)).answered()
    by_menu = await (await mo.menu("Member record", ada)).answered()
    opened = await mo.choose(by_command, ["1"])

    assert by_command.text == by_menu.text
    assert by_command.text.startswith("Record of a member")
    assert "**C-1**" in by_command.text
    assert (await says(opened)).startswith("C-1 ·")


async def test_the_record_of_who_has_left_is_still_there(sim: Simulation, town: Town) -> None:
    """By the account."""
    ada = await town.guild.member("Ada")
    await removed(sim, town, ada, "My garden is green.")
    await ada.leaves()

    assert "**C-1**" in await says(await town.moderator.slash("record member", member=ada))


async def test_a_record_of_many_cases_is_turned_also_after_a_restart(
    sim: Simulation, bot: BotProcess, town: Town
) -> None:
    """For moderators and for the member."""
    ada = await town.guild.member("Ada")
    for _ in range(9):
        ordered = await town.moderator.slash(
            "warn", member=ada, rule="contact-info", because="As agreed."
        )
        await decided(town.moderator, ordered)
    theirs = await (await town.moderator.slash("record member", member=ada)).answered()
    own = await (await ada.slash("my record")).answered()
    await bot.kill()
    await bot.start()

    assert "**C-1**" in await says(await town.moderator.press(theirs, label="Next ▶"))
    second = await (await ada.press(own, label="Next ▶")).answered()
    assert "**C-5**" in second.text
    assert "**C-1**" in await says(await ada.press(second, label="Next ▶"))


async def test_ones_own_record_names_no_moderator_and_no_internal_note(
    sim: Simulation, town: Town
) -> None:
    """It is for everybody, and only they see it."""
    ada, bea = await town.guild.members(["Ada", "Bea"])
    await removed(sim, town, ada, "My garden is green.")

    own = await (await ada.slash("my record")).answered()

    assert own.ephemeral
    assert "**C-1**" in own.text
    assert "`My garden is green.`" in own.text
    assert town.moderator.mention not in own.text
    assert "Watch this one." not in own.text
    assert "As agreed." not in own.text
    assert "Nothing is recorded" in await says(await bea.slash("my record"))


async def test_ones_data_comes_as_a_file_of_json(sim: Simulation, town: Town) -> None:
    """With one's own words; without moderators and what they write to each other."""
    ada = await town.guild.member("Ada")
    await removed(sim, town, ada, "My garden is green.")

    answer = await (await ada.slash("my data export")).answered()
    (file,) = answer.message.attachments
    held = file.data.decode()

    assert answer.ephemeral
    assert file.filename.endswith(".json")
    json.loads(held)
    assert "My garden is green." in held
    assert str(town.moderator.id) not in held
    assert "Watch this one." not in held


async def test_a_file_that_discord_refuses_leaves_nobody_waiting(
    sim: Simulation, town: Town
) -> None:
    """Whatever its limit is on that day: a sentence stands where the file would."""
    ada = await town.guild.member("Ada")
    answers = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
    sim.faults.next(answers, Fault.error(413))

    answer = await (await ada.slash("my data export")).answered()

    assert answer.text.startswith("Not sent")
    assert "file" in answer.text
    assert answer.message.attachments == []


async def test_erasing_shows_what_goes_and_what_stays_and_then_does_it(
    sim: Simulation, town: Town
) -> None:
    """Nothing goes before the second press; the warning's points stay without the words."""
    ada = await town.guild.member("Ada")
    await removed(sim, town, ada, "My garden is green.")

    preview = await (await ada.slash("my data erase")).answered()
    kept = await (await ada.slash("my data export")).answered()
    assert "My garden" in kept.message.attachments[0].data.decode()
    assert "What goes, for good" in preview.text
    assert "What stays, and why" in preview.text
    assert buttons(preview) == ["Erase for good", "Keep everything"]
    done = await ada.press(preview, label="Erase for good")
    assert (await says(done)).startswith("Erased")
    await sim.settled()

    after = await (await ada.slash("my data export")).answered()
    assert "My garden" not in after.message.attachments[0].data.decode()
    shown = await says(await town.moderator.slash("case show", case="C-1"))
    assert "The words of its post are erased: their author asked for it, or" in shown
    record = await says(await ada.slash("my record"))
    assert "C-1" in record
    assert "What you wrote is erased: you asked for it, or" in record
    again = await (await ada.slash("my data erase")).answered()
    assert again.text.startswith("Nothing to erase")
    assert "There is nothing more of yours to erase here." in again.text
    assert "Erased already" in again.text
    assert "Points that have not run out, until <t:" in again.text
    assert buttons(again) == []


async def test_who_thinks_better_of_it_keeps_everything(sim: Simulation, town: Town) -> None:
    """The other button."""
    ada = await town.guild.member("Ada")
    await removed(sim, town, ada, "My garden is green.")
    preview = await (await ada.slash("my data erase")).answered()

    assert await says(await ada.press(preview, label="Keep everything")) == "Nothing was erased."
    after = await (await ada.slash("my data export")).answered()
    assert "My garden" in after.message.attachments[0].data.decode()


async def test_where_nothing_is_held_there_is_nothing_to_erase(town: Town) -> None:
    """And no button that says otherwise."""
    bea = await town.guild.member("Bea")

    preview = await (await bea.slash("my data erase")).answered()

    assert preview.text.startswith("Nothing to erase")
    assert buttons(preview) == []


async def test_who_was_banned_presses_the_notice_sent_before_it(
    sim: Simulation, town: Town
) -> None:
    """Their record, their data and its erasure stay one press away, in direct messages."""
    ada = await town.guild.member("Ada")
    await removed(sim, town, ada, "My garden is green.")
    ordered = await town.moderator.slash("ban", member=ada, rule="negativity", because="x")
    await decided(town.moderator, ordered)
    await sim.settled()
    assert ada.is_banned

    record = await (await ada.press(ada.dms()[-1], label="My record")).answered()
    file = await (await ada.press(record, label="Take my data")).answered()
    preview = await (await ada.press(record, label="Erase my words…")).answered()
    done = await ada.press(preview, label="Erase for good")

    assert "**C-2**" in record.text
    assert record.ephemeral
    assert "My garden is green." in file.message.attachments[0].data.decode()
    assert (await says(done)).startswith("Erased")


async def test_the_button_of_a_notice_shows_nobody_elses_record(
    sim: Simulation, town: Town
) -> None:
    """Whoever presses reads about themselves."""
    ada, bea = await town.guild.members(["Ada", "Bea"])
    await removed(sim, town, ada, "My garden is green.")
    own = await (await bea.slash("my record")).answered()

    data = await bea.press(own, label="Take my data")

    assert str(ada.id) not in (await data.answered()).message.attachments[0].data.decode()
