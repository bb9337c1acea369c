"""What cannot be undone is shown first: confirmed, changed, cancelled, also over a restart."""

from datetime import timedelta

import pytest

from bot.sandbox import InteractionHandle, InteractionRefusedError, Simulation
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.messages import Message
from tests.e2e.answers import WHY, buttons, confirmed, explained, link, says
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, notices

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 20

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
READ = "GET /channels/{channel_id}/messages/{message_id}"
ORIGINAL = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"


async def previewed(
    town: Town, ada: MemberHandle, **options: str
) -> tuple[Message, InteractionHandle]:
    """Return a post, and the preview of its removal."""
    post = await ada.says(town.general, "I like my garden very much.")
    shown = await town.moderator.slash("remove post", post=link(post), rule="negativity", **options)
    return post, await shown.answered()


async def test_a_preview_shows_what_will_happen_and_what_the_member_will_read(town: Town) -> None:
    """For the moderator's eyes only, and nothing is done yet."""
    ada = await town.guild.member("Ada")
    post, shown = await previewed(town, ada, note="Please be kinder.", internal="Second time.")

    first, second = shown.message.embeds
    assert first["title"] == "Please look once more: this is what will happen"
    assert "1 post is removed" in str(first["description"])
    assert second["author"]["name"] == "They will read"  # type: ignore[index]
    assert "Please be kinder." in str(second["description"])
    assert "Second time." not in shown.text
    assert buttons(shown) == ["Confirm", "Change…", "Cancel"]
    assert shown.ephemeral
    assert not post.deleted


async def test_confirm_does_it_once_and_the_answer_takes_the_previews_place(
    sim: Simulation, town: Town
) -> None:
    """Also where Discord delivers the press again, or somebody presses twice."""
    ada = await town.guild.member("Ada")
    post, shown = await previewed(town, ada)

    done = await confirmed(town.moderator, shown)
    await sim.settled()

    assert "C-1 · done" in done.text
    assert post.deleted
    assert [one.id for one in done.messages] == [one.id for one in shown.messages]
    assert "Confirm" not in buttons(done)


async def test_cancel_does_nothing_and_leaves_nothing_to_press(town: Town) -> None:
    """The draft is gone."""
    ada = await town.guild.member("Ada")
    post, shown = await previewed(town, ada)

    cancelled = await town.moderator.press(shown, label="Cancel")

    assert await says(cancelled) == "Cancelled. Nothing was done."
    assert buttons(cancelled) == []
    assert not post.deleted


async def test_change_opens_a_form_with_what_was_said_and_previews_again(
    sim: Simulation, town: Town
) -> None:
    """Rule and notes can be changed; Confirm then does the changed order."""
    ada = await town.guild.member("Ada")
    post, shown = await previewed(town, ada, note="Please be kinder.")

    form = await (await town.moderator.press(shown, label="Change…")).answered()
    assert form.modal.title == "Change it"
    values = [part["component"].get("value") for part in form.modal.components]  # type: ignore[attr-defined]
    assert values[:2] == ["negativity", "Please be kinder."]
    filled = {"Rule": "vulgar", "Note to the member": "Please mind your words."}
    again = await (await town.moderator.submit(form, filled)).answered()
    done = await confirmed(town.moderator, again)
    await sim.settled()

    assert "Please mind your words." in again.text
    assert "guideline 5" in again.text
    assert "C-1 · done" in done.text
    assert post.deleted


async def test_a_length_is_changed_in_the_same_form(sim: Simulation, town: Town) -> None:
    """For orders that last."""
    ada = await town.guild.member("Ada")
    shown = await town.moderator.slash("timeout", member=ada, rule="hate", duration="3 days")
    await shown.answered()
    assert "Confirm" in buttons(shown), "it differs from the ladder and says no reason"

    form = await (await town.moderator.press(shown, label="Change…")).answered()
    filled = {"How long": "5 days", "Why this and not the ladder": "A long week."}
    again = await town.moderator.submit(form, filled)

    assert "(5 days)" in await says(again)
    assert "(3 days)" not in again.text


async def test_what_is_not_as_the_ladder_proposes_is_done_once_it_is_said_why(
    sim: Simulation, bot: BotProcess, town: Town
) -> None:
    """One field behind Confirm, asked for once, and kept in the case; a restart loses nothing."""
    ada = await town.guild.member("Ada")
    shown = await town.moderator.slash("timeout", member=ada, rule="hate", duration="3 days")
    assert "please say why" in await says(shown)

    form = await (await town.moderator.press(shown, label="Confirm")).answered()
    fields = [part["component"] for part in form.modal.components]  # type: ignore[attr-defined]
    assert [(one["required"], one["min_length"], one["max_length"]) for one in fields] == [
        (True, 10, 300)
    ]
    await bot.kill()
    await bot.start()
    sent = await town.moderator.submit(form, {WHY: "A hard week for everybody here."})
    assert "C-1 · done" in await says(sent)
    await sim.settled()

    case = await says(await town.moderator.slash("case show", case="C-1"))
    assert "A hard week for everybody here." in case
    assert "The ladder proposed" in case
    assert "A hard week" not in str(ada.dms()[-1].embeds)


async def test_who_says_why_at_once_is_asked_nothing(town: Town) -> None:
    """Nothing is previewed where nothing is to be known."""
    ada = await town.guild.member("Ada")
    why = "A hard week for everybody here."

    answer = await town.moderator.slash(
        "timeout", member=ada, rule="hate", duration="3 days", because=why
    )

    assert "C-1 · done" in await says(answer)


async def test_an_end_that_was_named_does_not_wait_for_confirm(sim: Simulation, town: Town) -> None:
    """It is the end that was typed; once it has passed, there is nothing left to do."""
    ada = await town.guild.member("Ada")
    end = (sim.clock.now() + timedelta(hours=9)).replace(second=0, microsecond=0)
    options = {"member": ada, "rule": "hate", "duration": f"until {end:%Y-%m-%d %H:%M}"}
    shown = await town.moderator.slash("timeout", **options)  # type: ignore[arg-type]
    late = await town.moderator.slash("timeout", **options)  # type: ignore[arg-type]
    await shown.answered()
    await late.answered()
    await sim.advance(hours=4)

    done = await confirmed(town.moderator, shown)
    await sim.settled()
    stood = ada.timeout_until
    await sim.advance(hours=6)
    refused = await confirmed(town.moderator, late)

    assert f"<t:{int(end.timestamp())}:f>" in done.text
    assert stood == end
    assert "has passed; please name another" in refused.text


async def test_what_cannot_be_understood_in_the_form_leaves_the_order_as_it_was(
    sim: Simulation, town: Town
) -> None:
    """And can be confirmed so."""
    ada = await town.guild.member("Ada")
    _post, shown = await previewed(town, ada)

    form = await (await town.moderator.press(shown, label="Change…")).answered()
    answer = await (await town.moderator.submit(form, {"Rule": "quantum"})).answered()

    assert "No rule has these words" in answer.text
    assert buttons(answer) == ["Confirm as it was", "Change…", "Cancel"]
    assert "C-1 · done" in await says(await town.moderator.press(answer, label="Confirm as it was"))


async def test_what_was_edited_after_it_was_looked_at_is_looked_at_once_more(
    sim: Simulation, town: Town
) -> None:
    """What goes, what is quoted and what is kept is what it says then."""
    ada = await town.guild.member("Ada")
    post, shown = await previewed(town, ada)
    await ada.edits(post, "I like my neighbour's garden even more.")
    await sim.settled()

    again = await explained(town.moderator, await town.moderator.press(shown, label="Confirm"))
    text, stood = again.text, not post.deleted
    done = await confirmed(town.moderator, again)
    await sim.settled()

    assert stood
    assert "edited since you looked" in text
    assert "neighbour" in text
    assert "C-1 · done" in done.text
    assert post.deleted
    assert "neighbour" in str(ada.dms()[-1].embeds)
    assert "I like my garden" not in str(ada.dms()[-1].embeds)


async def test_an_ephemeral_preview_is_nobody_elses_to_press(town: Town) -> None:
    """Discord shows it to one person only."""
    ada = await town.guild.member("Ada")
    mia = await town.guild.member("Mia", roles=[town.moderator_role])
    _, shown = await previewed(town, ada)

    with pytest.raises(InteractionRefusedError):
        await mia.press(shown, label="Confirm")


async def test_a_preview_of_yesterday_can_be_confirmed_and_one_of_the_day_before_cannot(
    sim: Simulation, town: Town
) -> None:
    """What was seen then is old news; nothing is done, and that is said."""
    ada = await town.guild.member("Ada")
    post, shown = await previewed(town, ada)
    await sim.advance(hours=25)
    await sim.settled()

    late = await town.moderator.press(shown, label="Confirm")

    assert "This waits no longer" in await says(late)
    assert not post.deleted


async def test_buttons_and_forms_of_before_a_restart_still_work(
    sim: Simulation, bot: BotProcess, town: Town
) -> None:
    """Their state is in the store, and what they are is in their custom ids."""
    ada = await town.guild.member("Ada")
    post, shown = await previewed(town, ada)
    other, asked = await previewed(town, ada)
    form = await (await town.moderator.press(asked, label="Change…")).answered()

    await bot.kill()
    await bot.start()
    done = await confirmed(town.moderator, shown)
    sent = await town.moderator.submit(form, {"Note to the member": "Written while it restarted."})
    changed = await sent.answered()
    await sim.settled()

    assert "C-1 · done" in done.text
    assert "Written while it restarted." in changed.text
    assert post.deleted
    assert not other.deleted


async def test_a_lost_answer_is_repeated_and_nothing_is_done_twice(
    sim: Simulation, town: Town
) -> None:
    """Holding and showing are safe to repeat."""
    ada = await town.guild.member("Ada")
    sim.faults.next(CALLBACK, Fault.ANSWER_LOST)
    sim.faults.next(ORIGINAL, Fault.ANSWER_LOST)

    answer = await town.moderator.slash("warn", member=ada, rule="contact-info")

    assert "C-1 · done" in await says(answer)
    await sim.settled()
    listed = await town.moderator.slash("case list", member=ada)
    assert (await says(listed)).startswith("1 case")


async def test_an_outage_of_discords_is_told_with_an_id_of_the_log(
    sim: Simulation, bot: BotProcess, town: Town
) -> None:
    """Where Discord cannot say who somebody is, nothing is decided."""
    stranger = sim.user("Stranger")
    sim.faults.next("GET /guilds/{guild_id}/members/{user_id}", Fault.error(503), times=20)

    answer = await town.moderator.slash("ban", member=stranger, rule="solicitation", because="Spam")
    text = await says(answer)
    sim.faults.clear()

    assert "Discord did not do what was needed" in text
    name = text.split("**")[1]
    assert name in bot.log()


async def test_confirm_while_discord_does_not_answer_leaves_the_preview_to_be_tried_again(
    sim: Simulation, town: Town
) -> None:
    """Nothing is done, that is what is said, and the button beneath it does it."""
    ada = await town.guild.member("Ada")
    post, shown = await previewed(town, ada)
    sim.faults.next(READ, Fault.error(503), times=20)

    pressed = await town.moderator.press(shown, label="Confirm")
    told = await explained(town.moderator, pressed)
    text, below, stood = told.text, buttons(told), not post.deleted
    sim.faults.clear()
    done = await (await town.moderator.press(told, label="Try again")).answered()
    await sim.settled()

    assert "Nothing was done" in text
    assert "Discord does not answer just now." in text
    assert "log" not in text
    assert below == ["Try again", "Change…", "Cancel"]
    assert stood
    assert "C-1 · done" in done.text
    assert post.deleted


async def test_of_many_posts_moderator_and_member_see_which_they_were(
    sim: Simulation, town: Town
) -> None:
    """In the preview, in the notice and in the log: five in short, and how many more."""
    mo = town.moderator
    ada = await town.guild.member("Ada")
    for number in range(7):
        await ada.says(town.general, f"Look at number {number}.")
    await sim.settled()

    ordered = await mo.slash("remove last", town.general, member=ada, count=7, rule="negativity")
    preview = (await ordered.answered()).text
    await confirmed(mo, ordered)
    await sim.settled()

    (notice,), (line,) = notices(ada), town.log_texts()
    for text in (preview, notice, line):
        assert all(f"`Look at number {number}.`" in text for number in range(5))
        assert "number 5" not in text
        assert "• and 2 more" in text
