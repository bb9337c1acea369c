"""The book of cases in Discord: show, list, note, edit, void; pages that outlive a restart."""

from datetime import timedelta

import pytest

from bot.sandbox import InteractionHandle, Simulation
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.permissions import Permission
from tests.e2e.answers import buttons, confirmed, decided, link, says
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import MODERATING, Town, notices

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 30


async def warned(town: Town, *members: MemberHandle) -> None:
    """Have the town's moderator warn some members."""
    for member in members:
        answer = await town.moderator.slash("warn", member=member, rule="contact-info")
        await answer.answered()


async def timed_out(town: Town, member: MemberHandle) -> InteractionHandle:
    """Have the town's moderator time a member out; return the answer."""
    ordered = await town.moderator.slash(
        "timeout", member=member, rule="contact-info", duration="3 days", because="As agreed."
    )
    return await decided(town.moderator, ordered)


async def test_a_case_is_shown_with_who_decided_what_and_what_may_be_done(
    sim: Simulation, town: Town
) -> None:
    """By its number however it is written."""
    ada = await town.guild.member("Ada")
    await timed_out(town, ada)
    await sim.settled()

    shown = await (await town.moderator.slash("case show", case="c1")).answered()

    assert shown.text.startswith("C-1 · timeout")
    assert town.moderator.mention in shown.text
    assert buttons(shown) == ["Lift…", "Change…", "Note…", "It was wrong…"]


async def test_a_case_of_another_server_or_none_is_not_there(town: Town) -> None:
    """Numbers count on each server for itself."""
    answer = await town.moderator.slash("case show", case="C-99")

    assert "There is no case C-99 on this server." in await says(answer)


async def test_what_is_no_number_is_answered_with_an_example(town: Town) -> None:
    """Before anything is looked up."""
    answer = await town.moderator.slash("case show", case="the last one")

    assert "as in C-12" in await says(answer)


async def test_a_long_list_is_turned_page_by_page_also_after_a_restart(
    sim: Simulation, bot: BotProcess, town: Town
) -> None:
    """The search is kept, not the answer."""
    await town.moderator.slash("case list")
    admins = await town.guild.administrator_role()
    boss = await town.guild.member("Boss", roles=[admins, town.moderator_role])
    members = await town.guild.members([f"Member {number}" for number in range(11)])
    for member in members:
        await (await boss.slash("warn", member=member, rule="contact-info")).answered()

    first = await (await town.moderator.slash("case list", rule="contact-info")).answered()
    assert first.text.startswith("11 cases · page 1 of 2")
    assert "**C-11**" in first.text
    await bot.kill()
    await bot.start()
    second = await (await town.moderator.press(first, label="Next ▶")).answered()
    assert second.text.startswith("11 cases · page 2 of 2")
    assert "**C-1**" in second.text
    back = await town.moderator.press(second, label="◀ Previous")
    assert (await says(back)).startswith("11 cases · page 1 of 2")


async def test_a_case_is_opened_from_a_list(town: Town) -> None:
    """In an answer of its own: the list stays."""
    ada = await town.guild.member("Ada")
    await warned(town, ada)
    listed = await (await town.moderator.slash("case list")).answered()

    opened = await town.moderator.choose(listed, ["1"])

    assert (await says(opened)).startswith("C-1 · warning")
    assert listed.text.startswith("1 case")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, 3),
        ({"kind": "timeout"}, 1),
        ({"rule": "vulgarity"}, 1),
        ({"in_force": True}, 1),
        ({"state": "open"}, 0),
        ({"since": "1 hour"}, 3),
        ({"until": "1 hour"}, 0),
        ({"since": "2126-01-01"}, 0),
        ({"text": "PURPLE"}, 1),
    ],
)
async def test_cases_are_looked_for_by_what_is_known_of_them(
    sim: Simulation, town: Town, options: dict[str, str | bool], found: int
) -> None:
    """Each option narrows it down."""
    ada, bea = await town.guild.members(["Ada", "Bea"])
    await warned(town, ada)
    await timed_out(town, bea)
    third = await town.moderator.slash(
        "warn", member=bea, rule="vulgarity", because="x", internal="The purple one."
    )
    await decided(town.moderator, third)
    await sim.settled()

    listed = await says(await town.moderator.slash("case list", **options))

    count = f"{found} case{'' if found == 1 else 's'}"
    assert listed.startswith(count if found else "No case fits")


async def test_cases_are_looked_for_by_member_and_moderator(town: Town) -> None:
    """Both are picked, not typed."""
    mia = await town.guild.member("Mia", roles=[town.moderator_role])
    ada, bea = await town.guild.members(["Ada", "Bea"])
    await warned(town, ada, bea)

    of_ada = await says(await town.moderator.slash("case list", member=ada))
    by_mia = await says(await town.moderator.slash("case list", moderator=mia))

    assert of_ada.startswith("1 case\n")
    assert by_mia.startswith("No case fits")


async def test_a_time_that_is_none_is_answered_with_what_was_expected(town: Town) -> None:
    """A day, or how long ago."""
    answer = await says(await town.moderator.slash("case list", since="yesterday"))

    assert "as in 2026-11-22" in answer


async def test_a_note_is_for_moderators_only(sim: Simulation, town: Town) -> None:
    """It stands in the case; the member is told nothing, and reads it nowhere."""
    ada = await town.guild.member("Ada")
    await warned(town, ada)
    await sim.settled()
    told = len(ada.dms())

    noted = await town.moderator.slash("case note", case="C-1", text="Keep an eye on this.")
    await decided(town.moderator, noted)
    await sim.settled()

    assert "Keep an eye on this." in await says(await town.moderator.slash("case show", case="1"))
    assert len(ada.dms()) == told
    assert "Keep an eye" not in await says(await ada.slash("my record"))


async def test_an_edit_keeps_what_was_before(sim: Simulation, town: Town) -> None:
    """Another length; the case says from what to what."""
    ada = await town.guild.member("Ada")
    await timed_out(town, ada)
    await sim.settled()

    edited = await town.moderator.slash("case edit", case="C-1", duration="5 days")
    answer = await decided(town.moderator, edited)
    shown = await says(await town.moderator.slash("case show", case="C-1"))

    assert "C-1 · done" in answer.text
    assert "(5 days)" in shown
    assert "(3 days)" in shown


async def test_an_end_that_an_edit_names_is_the_end(sim: Simulation, town: Town) -> None:
    """It does not count from when the sanction began; suggested, it stays the moment it is."""
    mo = town.moderator
    ada = await town.guild.member("Ada")
    await timed_out(town, ada)
    await sim.advance(hours=20)
    end = (sim.clock.now() + timedelta(hours=30)).replace(second=0, microsecond=0)
    typed = f"until {end:%Y-%m-%d %H:%M}"

    (suggested,) = await mo.autocomplete("case edit", focused="duration", text=typed, case="C-1")
    edited = await mo.slash("case edit", case="C-1", duration=suggested.value)
    answer = await decided(mo, edited)
    await sim.settled()

    assert suggested.name == f"{typed} UTC, 1 day 5 hours from now"
    assert f"<t:{int(end.timestamp())}:f>" in answer.text
    assert ada.timeout_until == end


async def test_an_edit_that_changes_nothing_is_refused(town: Town) -> None:
    """With a sentence."""
    ada = await town.guild.member("Ada")
    await warned(town, ada)

    answer = await says(await town.moderator.slash("case edit", case="C-1"))

    assert answer.startswith("Nothing was done")


async def test_a_void_undoes_everything_and_says_so(sim: Simulation, town: Town) -> None:
    """From the command as from the button."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My garden is green.")
    ordered = await town.moderator.slash("remove post", post=link(post), rule="negativity")
    await decided(town.moderator, ordered)
    await sim.settled()
    assert post.deleted

    voided = await town.moderator.slash("case void", case="C-1", note="We were wrong.")
    answer = await decided(town.moderator, voided)
    shown = await (await town.moderator.slash("case show", case="C-1")).answered()

    assert "C-1 · done" in answer.text
    assert shown.text.startswith("C-1 · voided")
    assert "It was wrong…" not in buttons(shown)


async def test_what_another_changed_since_a_void_was_shown_is_told_before_it_is_done(
    sim: Simulation, town: Town
) -> None:
    """The preview is shown anew, as things stand; a further Confirm does it, knowingly."""
    mo, ada = town.moderator, await town.guild.member("Ada")
    mia = await town.guild.member("Mia", roles=[town.moderator_role])
    banned = await mo.slash("ban", member=ada, rule="hate", duration="3 days", because="As agreed.")
    await decided(mo, banned)
    await sim.settled()
    old = await (await mo.slash("case void", case="C-1")).answered()
    edited = await mia.slash("case edit", case="C-1", duration="30 days", note="He did it again.")
    await decided(mia, edited)
    await sim.advance(minutes=30)

    anew = await (await mo.press(old, label="Confirm")).answered()
    told, stood = anew.text, ada.is_banned
    done = await confirmed(mo, anew)
    await sim.settled()

    assert mia.mention in told
    assert "changed this: Ban until" in told
    assert "(30 days); another note to the member" in told
    assert stood
    assert "C-1 · done" in done.text
    assert not ada.is_banned


async def test_after_a_void_in_part_a_moderator_sees_what_the_member_has_read(
    sim: Simulation, town: Town
) -> None:
    """The quote did not work, so the notice does not speak of it, nor does the answer."""
    ada = await town.guild.member("Ada")
    post = await ada.says(town.general, "My garden is green.")
    ordered = await town.moderator.slash("remove post", post=link(post), rule="negativity")
    await decided(town.moderator, ordered)
    await sim.settled()
    ours = next(role for role in town.guild.state.roles.values() if role.name == "Concord")
    await town.general.allow(ours, deny=Permission.SEND_MESSAGES)

    answer = await decided(town.moderator, await town.moderator.slash("case void", case="C-1"))
    await sim.settled()

    assert "Posting the words again did not work" in answer.text
    shown = answer.message.embeds[1]
    assert shown["author"]["name"] == "They read"  # type: ignore[index]
    assert "as a quote" not in str(shown)
    assert shown["description"] in notices(ada)[-1]


async def test_lifting_by_the_button_asks_for_a_note_and_tells_it(
    sim: Simulation, town: Town
) -> None:
    """One press and one form."""
    ada = await town.guild.member("Ada")
    done = await timed_out(town, ada)
    await sim.settled()

    form = await (await town.moderator.press(done, label="Lift…")).answered()
    assert form.modal.title == "Lift C-1"
    sent = await town.moderator.submit(form, {"Note to the member": "You may write again."})
    answer = await decided(town.moderator, sent)

    assert "You may write again." in answer.text


async def test_a_button_of_a_case_asks_who_presses_it(sim: Simulation, town: Town) -> None:
    """Who is a moderator no longer can do nothing with an old answer."""
    helpers = await town.guild.role("Helpers", MODERATING)
    mia = await town.guild.member("Mia", roles=[town.moderator_role, helpers])
    ada = await town.guild.member("Ada")
    warned_by_mia = await (await mia.slash("warn", member=ada, rule="contact-info")).answered()
    await mia.loses_role(town.moderator_role)

    shown = await says(await mia.press(warned_by_mia, label="Show C-1"))

    assert "Only the moderators" in shown
    assert "contact-info" not in shown


async def test_what_concord_removed_is_confirmed_by_one_press(sim: Simulation, town: Town) -> None:
    """From then on it is a moderator's decision."""
    ada = await town.guild.member("Ada")
    await ada.says(town.general, "this is fucking useless, what a bunch of bullshit")
    await sim.settled()

    shown = await (await town.moderator.slash("case show", case="C-1")).answered()
    assert "It was right" in buttons(shown)
    right = await town.moderator.press(shown, label="It was right")
    await decided(town.moderator, right)
    again = await (await town.moderator.slash("case show", case="C-1")).answered()

    assert "It was right" not in buttons(again)
    assert town.moderator.mention in again.text


async def test_a_line_of_the_log_opens_its_case_and_the_case_its_card(
    sim: Simulation, town: Town
) -> None:
    """From the question to the decision in three presses."""
    ada = await town.guild.member("Ada")
    await town.moderator.slash("pause")
    await sim.settled()
    post = await ada.says(town.general, "this is fucking useless, what a bunch of bullshit")
    await sim.settled()
    line = next(one for one in town.log.messages() if "C-1" in str(one.embeds))

    shown = await (await town.moderator.press(line, label="Show C-1")).answered()
    card = await (await town.moderator.press(shown, label="Decide…")).answered()
    assert "vulgarity" in card.text
    done = await (await town.moderator.press(card, label="Do this")).answered()
    await sim.settled()

    assert "C-1 · done" in done.text
    assert post.deleted
    assert "Decide…" not in buttons(
        await (await town.moderator.slash("case show", case="1")).answered()
    )


async def test_a_question_is_answered_with_nothing_follows(sim: Simulation, town: Town) -> None:
    """The post stays, the case is closed, the member hears nothing of it."""
    ada = await town.guild.member("Ada")
    await town.moderator.slash("pause")
    await sim.settled()
    post = await ada.says(town.general, "this is fucking useless, what a bunch of bullshit")
    await sim.settled()

    shown = await (await town.moderator.slash("case show", case="1")).answered()
    form = await (await town.moderator.press(shown, label="Nothing follows…")).answered()
    sent = await town.moderator.submit(form, {"Note for moderators": "It is a quote."})
    await decided(town.moderator, sent)
    await sim.settled()

    assert not post.deleted
    assert ada.dms() == []
    closed = await says(await town.moderator.slash("case list", state="closed"))
    assert closed.startswith("1 case")


async def test_a_removal_by_concord_is_confirmed_with_what_the_ladder_proposes(
    sim: Simulation, town: Town
) -> None:
    """The post is gone; its case still knows what was found."""
    ada = await town.guild.member("Ada")
    await ada.says(town.general, "Write me at ada.k.lovelace@gmail.com for the files")
    await sim.settled()

    shown = await (await town.moderator.slash("case show", case="C-1")).answered()
    card = await (await town.moderator.press(shown, label="Decide…")).answered()
    assert "contact-info" in card.text
    assert "is confirmed: 1 post" in card.text
    assert "Remove only" not in buttons(card)
    done = await (await town.moderator.press(card, label="Do this")).answered()

    assert "C-1 · done" in done.text
    assert "Warning" in done.text
