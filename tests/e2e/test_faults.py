"""Each way in which Discord can fail, and what member, moderator and log see of it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.sandbox import Simulation
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.member_handle import MemberHandle
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import Town, notices

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 40

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"

DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"
OPEN_DM = "POST /users/@me/channels"
SEND = "POST /channels/{channel_id}/messages"

PASSING = {
    "reset": (Fault.RESET, 2),  # aiohttp repeats a DELETE once by itself
    "closed without an answer": (Fault.DISCONNECT, 2),
    "done, but the answer is lost": (Fault.ANSWER_LOST, 1),
    "error 500 once": (Fault.INTERNAL_ERROR, 1),
    "error 502 once": (Fault.BAD_GATEWAY, 1),
    "error 503 twice": (Fault.UNAVAILABLE, 2),
    "asked to slow down": (Fault.RATE_LIMITED, 2),
    "slow": (Fault.latency(0.3), 1),
}
"""Faults that pass by themselves."""


@dataclass
class Story:
    """A vulgar post in a town, and what came of it."""

    sim: Simulation
    town: Town
    ada: MemberHandle

    async def meets(self, route: str, fault: Fault, times: int = 1) -> None:
        """Say something vulgar while calls to a route fail, and wait until all is done."""
        self.sim.faults.next(route, fault, times)
        await self.unfolds()
        assert not self.sim.faults.pending(), "the fault was never met"

    async def unfolds(self) -> None:
        """Say something vulgar and wait until all is done, also what was put off."""
        self.post = await self.ada.says(self.town.general, VULGAR)
        await self.sim.settled()
        await self.time_passes()

    async def time_passes(self) -> None:
        """Let half an hour pass, so that what was put off is tried again."""
        for _ in range(3):
            await self.sim.advance(minutes=11)
            await self.sim.settled()


@pytest.fixture
async def story(sim: Simulation, town: Town) -> Story:
    """A member in a town of their own."""
    return Story(sim, town, await town.guild.member("Ada"))


@pytest.mark.parametrize("route", [DELETE, OPEN_DM, SEND])
@pytest.mark.parametrize("fault", PASSING)
async def test_a_fault_that_passes_leaves_nothing_missing_and_nothing_doubled(
    story: Story, fault: str, route: str
) -> None:
    """The post is gone, there is one notice and one line, and the line is calm."""
    kind, times = PASSING[fault]

    await story.meets(route, kind, times)

    assert story.post.deleted
    assert len(notices(story.ada)) == 1
    unknown = (route, kind) == (DELETE, Fault.ANSWER_LOST)  # whose deletion it was
    title = "the post was gone already" if unknown else "post removed"
    assert story.town.log_titles() == [f"C-1 · {title}"]
    [line] = story.town.log_texts()
    assert "The member was told: by direct message." in line
    assert "⚠️" not in line


async def test_without_manage_messages_the_log_says_what_is_missing(story: Story) -> None:
    """The post stays, the member hears nothing, and moderators read which right is needed."""
    await story.meets(DELETE, Fault.MISSING_PERMISSIONS)

    assert not story.post.deleted
    assert notices(story.ada) == []
    [line] = story.town.log_texts()
    assert line.startswith("C-1 · the post is still there")
    assert "it needs Manage Messages in that channel" in line


async def test_a_post_that_is_gone_already_counts_as_removed(story: Story) -> None:
    """Somebody was faster: the member is told all the same, and nothing that is not known."""
    await story.meets(DELETE, Fault.UNKNOWN_MESSAGE)

    [notice] = notices(story.ada)
    assert "does not fit our guidelines, and it is no longer there" in notice
    assert "removed" not in notice
    [line] = story.town.log_texts()
    assert line.startswith("C-1 · the post was gone already")
    assert "somebody else removed it, or an earlier attempt of Concord's" in line
    assert "⚠️" not in line


async def test_closed_direct_messages_are_answered_with_a_private_thread(story: Story) -> None:
    """The notice stands in a private thread that the member is in; the log says so."""
    await story.ada.closes_dms()

    await story.unfolds()

    assert story.post.deleted
    [thread] = story.town.guild.threads()
    assert thread.name.startswith("About your post · C-1 · ")
    assert story.ada.sees(thread)
    [message] = [m for m in thread.messages() if m.embeds]
    assert message.embeds[0]["title"] == "A post of yours was removed"
    [line] = story.town.log_texts()
    assert "in a private thread" in line


async def test_a_member_who_left_is_reported_as_not_reached(sim: Simulation, story: Story) -> None:
    """No notice can reach who is gone; the log says it."""
    sim.faults.next(OPEN_DM, Fault.error(403, 50278, "Cannot send messages to this user"), 1)

    await story.meets(
        "PUT /channels/{channel_id}/thread-members/{user_id}", Fault.error(404, 10013)
    )

    assert story.post.deleted
    [line] = story.town.log_texts()
    assert "⚠️ Telling the member did not work" in line


async def test_a_long_outage_is_sat_out_and_shown_meanwhile(sim: Simulation, story: Story) -> None:
    """While removal fails the log says so; when it works the line is brought up to date."""
    sim.faults.next(DELETE, Fault.UNAVAILABLE, 4)
    post = await story.ada.says(story.town.general, VULGAR)
    await sim.settled()

    assert not post.deleted
    assert notices(story.ada) == []
    [before] = story.town.log_texts()
    assert "Removing the post has not worked yet and will be tried again" in before

    await sim.advance(seconds=6)
    await sim.settled()

    assert post.deleted
    assert len(notices(story.ada)) == 1
    [after] = story.town.log_texts()
    assert after.startswith("C-1 · post removed")
    assert "⚠️" not in after


async def test_no_answer_at_all_is_not_waited_for_forever(sim: Simulation, story: Story) -> None:
    """A call that is never answered ends as uncertain, and is then looked into."""
    sim.faults.next(SEND, Fault.TIMEOUT)
    post = await story.ada.says(story.town.general, VULGAR)
    await sim.until(lambda: post.deleted and not sim.faults.pending())

    sim.faults.release_timeouts()
    await sim.settled()
    await story.time_passes()

    assert len(notices(story.ada)) == 1
    assert story.town.log_titles() == ["C-1 · post removed"]


@pytest.fixture
def lasting() -> Callable[[str], Fault]:
    """Return a fault that does not pass."""
    return lambda _route: Fault.error(403, 50001, "Missing Access")


async def test_a_log_that_cannot_be_written_does_not_keep_the_member_from_being_told(
    story: Story, bot: BotProcess, lasting: Callable[[str], Fault]
) -> None:
    """The post goes, the notice arrives; the process log says that the line was not written."""
    story.sim.faults.next(
        SEND,
        lasting(SEND),
        when=lambda request, _body: str(story.town.log.id) in request.path,
    )
    post = await story.ada.says(story.town.general, VULGAR)
    await story.sim.settled()

    assert post.deleted
    assert len(notices(story.ada)) == 1
    assert story.town.log_titles() == []
    assert "Concord cannot see the channel" in bot.log()
