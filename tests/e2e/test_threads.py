"""Threads that were put away: what is in them is judged, and no notice is sent twice."""

import pytest

from bot.sandbox import Simulation
from bot.sandbox.fault_kinds import Fault
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, cases_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"
HARMLESS = "Good morning, how do I write a good proposal?"
DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"
SEND = "POST /channels/{channel_id}/messages"
READ = "GET /channels/{channel_id}/messages"
PUBLIC = "GET /channels/{channel_id}/threads/archived/public"
JOINED = "GET /channels/{channel_id}/users/@me/threads/archived/private"

TOWNS = 7


async def test_a_post_in_a_thread_archived_while_away_is_judged(
    bot: BotProcess, sim: Simulation, town: Town
) -> None:
    """Moderators read that the thread is in the way; once it is reopened the post goes."""
    ada = await town.guild.member("Ada")
    thread = await ada.starts_thread(town.general, "a talk")
    await ada.says(thread, HARMLESS)
    await sim.settled()
    await bot.stop()
    post = await ada.says(thread, VULGAR)
    await thread.archive()

    await bot.start()

    [line] = town.log_texts()
    assert "the post is still there" in line
    assert "the thread is archived" in line
    assert not post.deleted

    await ada.says(thread, HARMLESS)
    await sim.advance(minutes=1)
    await sim.settled()

    assert post.deleted
    assert town.log_titles() == ["C-1 · post removed"]


async def test_a_private_thread_that_concord_is_in_is_judged_too_after_it_was_archived(
    bot: BotProcess, sim: Simulation, town: Town
) -> None:
    """Moderators read of the post."""
    ada = await town.guild.member("Ada")
    thread = await ada.starts_thread(town.general, "among us", private=True)
    await ada.adds_to_thread(thread, sim.world.bot)
    await sim.settled()
    await bot.stop()
    await ada.says(thread, VULGAR)
    await thread.archive()

    await bot.start()

    [line] = town.log_texts()
    assert "the thread is archived" in line


async def test_a_board_whose_archived_threads_cannot_be_listed_keeps_nothing_else_from_being_read(
    bot: BotProcess, sim: Simulation, town: Town
) -> None:
    """What was posted on the board itself goes."""
    ada = await town.guild.member("Ada")
    await bot.stop()
    post = await ada.says(town.general, VULGAR)
    sim.faults.next(PUBLIC, Fault.MISSING_PERMISSIONS, times=100)
    sim.faults.next(JOINED, Fault.MISSING_PERMISSIONS, times=100)

    await bot.start()
    sim.faults.clear()

    assert post.deleted
    assert town.log_titles() == ["C-1 · post removed"]


async def test_a_thread_archived_under_a_removal_does_not_shield_the_post(
    sim: Simulation, town: Town
) -> None:
    """It is tried again; until then the line says what a moderator can do."""
    ada = await town.guild.member("Ada")
    thread = await ada.starts_thread(town.general, "a talk")
    await sim.settled()
    fired = len(sim.faults.fired)
    sim.faults.next(DELETE, Fault.latency(0.6))
    post = await ada.says(thread, VULGAR)
    await sim.faults.until_fired(fired + 1)
    await thread.archive()
    await sim.settled()

    [line] = town.log_texts()
    assert "will be tried again: the thread is archived; please reopen it" in line

    await ada.says(thread, HARMLESS)
    await sim.advance(minutes=1)
    await sim.settled()

    assert post.deleted
    assert town.log_titles() == ["C-1 · post removed"]


async def test_a_notice_in_a_private_thread_is_found_again_after_the_thread_was_archived(
    bot: BotProcess, sim: Simulation, town: Town
) -> None:
    """One thread, one notice, known to have arrived."""
    await _killed_before_the_thread_was_answered(bot, sim, town)

    await bot.start()

    await _there_is_one_notice(bot, town)
    [line] = town.log_texts()
    assert "The member was told: in a private thread" in line


async def test_where_archived_threads_cannot_be_listed_no_second_notice_is_sent(
    bot: BotProcess, sim: Simulation, town: Town
) -> None:
    """Moderators read that it is not known whether the first one arrived."""
    await _killed_before_the_thread_was_answered(bot, sim, town)
    sim.faults.next(JOINED, Fault.MISSING_PERMISSIONS, times=100)

    await bot.start()
    sim.faults.clear()

    await _there_is_one_notice(bot, town)
    [line] = town.log_texts()
    assert "cannot be read back" in line


async def test_an_archived_thread_without_its_notice_is_reopened_and_used(
    bot: BotProcess, sim: Simulation, town: Town
) -> None:
    """The thread was opened, the notice never sent: it follows, in the same thread."""
    await _killed_before_the_thread_was_answered(bot, sim, town, Fault.TIMEOUT)
    sim.faults.release_timeouts()

    await bot.start()

    await _there_is_one_notice(bot, town)


async def _killed_before_the_thread_was_answered(
    bot: BotProcess, sim: Simulation, town: Town, fault: Fault = Fault.ANSWER_LOST
) -> None:
    """Let a notice go to a private thread unanswered, end the bot, and have the thread archived."""
    ada = await town.guild.member("Ada")
    await ada.closes_dms()
    fired = len(sim.faults.fired)
    sim.faults.next(SEND, Fault.CANNOT_SEND_TO_USER)
    sim.faults.next(SEND, fault)
    sim.faults.next(READ, Fault.latency(20), times=9)
    await ada.says(town.general, VULGAR)
    await sim.faults.until_fired(fired + 2)
    if fault is Fault.ANSWER_LOST:
        await sim.until(lambda: any(thread.messages() for thread in town.guild.threads()))
    await bot.kill()
    sim.faults.clear()
    for thread in town.guild.threads():
        await thread.archive()


async def _there_is_one_notice(bot: BotProcess, town: Town) -> None:
    [thread] = town.guild.threads()
    embeds = [embed for message in thread.messages() for embed in message.embeds]
    assert len(embeds) == 1
    await bot.stop()
    assert len(await cases_of(bot.database, town)) == 1
    await bot.start()
