"""Events that come twice, late, broken or not at all, and sessions that end."""

import pytest

from bot.sandbox import Simulation
from bot.sandbox.event_faults import EventFault
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, notices

pytestmark = pytest.mark.asyncio(loop_scope="module")

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"
HARMLESS = "Good morning, how do I write a good proposal?"


async def test_an_event_that_comes_twice_is_acted_on_once(sim: Simulation, town: Town) -> None:
    """One notice, one line."""
    ada = await town.guild.member("Ada")
    sim.faults.next_event("MESSAGE_CREATE", EventFault.DUPLICATE)

    post = await ada.says(town.general, VULGAR)
    await sim.settled()

    assert post.deleted
    assert len(notices(ada)) == 1
    assert town.log_titles() == ["C-1 · post removed"]


async def test_an_old_event_that_comes_again_changes_nothing(sim: Simulation, town: Town) -> None:
    """The earlier post was judged; hearing of it again is no news."""
    ada = await town.guild.member("Ada")
    first = await ada.says(town.general, VULGAR)
    await sim.settled()
    sim.faults.next_event("MESSAGE_CREATE", EventFault.REPLAY)

    second = await ada.says(town.general, HARMLESS)
    await sim.settled()

    assert first.deleted
    assert not second.deleted
    assert len(notices(ada)) == 1
    assert town.log_titles() == ["C-1 · post removed"]


async def test_events_in_the_wrong_order_are_all_judged(sim: Simulation, town: Town) -> None:
    """The post that was overtaken goes as well."""
    ada = await town.guild.member("Ada")
    bea = await town.guild.member("Bea")
    sim.faults.next_event("MESSAGE_CREATE", EventFault.DELAY_BEHIND_NEXT)

    late = await ada.says(town.general, VULGAR)
    await bea.says(town.general, HARMLESS)
    await sim.settled()

    assert late.deleted
    assert len(notices(ada)) == 1


@pytest.mark.parametrize(
    "fault",
    [
        EventFault.MALFORM,
        EventFault.without("author"),
        EventFault.null("author"),
        EventFault.wrong_type("author.id"),
        EventFault.wrong_type("embeds"),
    ],
    ids=["no id", "no author", "null author", "author id a list", "embeds nested"],
)
async def test_a_broken_event_ends_nothing_and_its_post_is_found_in_history(
    sim: Simulation, town: Town, bot: BotProcess, fault: EventFault
) -> None:
    """The connection lives on, and the post is judged after reading history."""
    ada = await town.guild.member("Ada")
    sim.faults.next_event("MESSAGE_CREATE", fault)

    post = await ada.says(town.general, VULGAR)
    await sim.settled()

    assert bot.running
    assert post.deleted
    assert len(notices(ada)) == 1


async def test_what_was_said_while_a_session_was_lost_is_caught_up_on_once(
    sim: Simulation, town: Town
) -> None:
    """After op 9 the events in between are gone; history is read, each post judged once."""
    ada = await town.guild.member("Ada")
    before = await ada.says(town.general, VULGAR)
    await sim.settled()
    sim.faults.next_event("MESSAGE_CREATE", EventFault.DROP)
    missed = await ada.says(town.showcase, VULGAR + " again")
    harmless = await ada.says(town.showcase, HARMLESS)
    await sim.settled()
    assert not missed.deleted

    for session in list(sim.gateway.connected):
        sim.gateway.invalidate(session, resumable=False)
    await sim.until(lambda: missed.deleted)
    await sim.settled()

    assert before.deleted
    assert not harmless.deleted
    assert len(notices(ada)) <= 2
    assert sorted(town.log_titles()) in (
        ["C-1 · 2 posts removed"],
        ["C-1 · post removed", "C-2 · post removed"],
    )


async def test_a_dropped_connection_resumes_and_nothing_is_judged_twice(
    sim: Simulation, town: Town
) -> None:
    """RESUME replays what was said meanwhile."""
    ada = await town.guild.member("Ada")
    for session in list(sim.gateway.connected):
        sim.gateway.drop(session)

    post = await ada.says(town.general, VULGAR)
    await sim.until(lambda: post.deleted)
    await sim.settled()

    assert len(notices(ada)) == 1
    assert town.log_titles() == ["C-1 · post removed"]
