"""Tidying that is no sanction: a thread locked, a duplicate closed."""

import pytest

from bot.sandbox import Simulation
from bot.sandbox.channel_handle import ChannelHandle
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.permissions import Permission
from tests.e2e.answers import link, says
from tests.e2e.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOWNS = 20

LOCKING = Permission.MANAGE_THREADS | Permission.SEND_MESSAGES_IN_THREADS


async def may_lock(sim: Simulation, town: Town) -> None:
    """Give the bot what locking threads takes; servers need not."""
    role = await town.guild.role("Threads", LOCKING)
    await MemberHandle(town.guild, sim.world.bot).gets_role(role)
    await sim.settled()


async def test_a_thread_is_locked_with_a_word_and_unlocked_again(
    sim: Simulation, town: Town
) -> None:
    """By the command, in the thread or from elsewhere; back by the button."""
    await may_lock(sim, town)
    ada = await town.guild.member("Ada")
    thread = await ada.starts_thread(town.general, "Logos")
    await sim.settled()

    asked = await town.moderator.slash("lock-thread", thread=thread, note="Enough *for* today.")
    locked = await asked.answered()
    words = str(thread.messages()[-1].embeds)
    assert "is locked" in locked.text
    assert "Enough \\\\*for\\\\* today." in words
    assert thread.state.locked  # type: ignore[union-attr]
    again = await says(await town.moderator.slash("lock-thread", thread))
    assert "is locked already" in again
    opened = await says(await town.moderator.press(locked, label="Unlock"))

    assert opened.startswith("Unlocked")
    assert not thread.state.locked  # type: ignore[union-attr]


@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.RESET])
async def test_a_thread_is_locked_with_one_word_whatever_gets_lost(
    sim: Simulation, town: Town, fault: Fault
) -> None:
    """Where no answer comes, the word is sent again as the same message."""
    await may_lock(sim, town)
    ada = await town.guild.member("Ada")
    thread = await ada.starts_thread(town.general, "Logos")
    await sim.settled()
    sent = f"/channels/{thread.id}/messages"
    sim.faults.next(
        "POST /channels/{channel_id}/messages", fault, 1, lambda one, _: one.path == sent
    )

    answer = await says(await town.moderator.slash("lock-thread", thread=thread))

    assert "is locked" in answer
    assert thread.state.locked  # type: ignore[union-attr]
    words = [one for one in thread.messages() if "have locked" in str(one.embeds)]
    assert len(words) == 1


async def test_a_duplicate_points_to_the_earlier_thread_and_is_locked(
    sim: Simulation, town: Town
) -> None:
    """So that answers stay together."""
    await may_lock(sim, town)
    ada = await town.guild.member("Ada")
    first = await ada.starts_thread(town.general, "How to price a logo")
    second = await ada.starts_thread(town.general, "What does a logo cost")
    await sim.settled()
    address = f"https://discord.com/channels/{town.guild.id}/{first.id}"

    answer = await says(await town.moderator.slash("close-duplicate", second, earlier=address))

    assert "is locked" in answer
    assert address in str(second.messages()[-1].embeds)
    assert second.state.locked  # type: ignore[union-attr]
    assert not first.state.locked  # type: ignore[union-attr]


@pytest.mark.parametrize("earlier", ["that one", "https://discord.com/channels/1/2", "itself"])
async def test_what_is_no_earlier_thread_is_refused(
    sim: Simulation, town: Town, earlier: str
) -> None:
    """Also another server's, and the thread itself."""
    await may_lock(sim, town)
    ada = await town.guild.member("Ada")
    thread = await ada.starts_thread(town.general, "Logos")
    await sim.settled()
    if earlier == "itself":
        earlier = f"https://discord.com/channels/{town.guild.id}/{thread.id}"

    answer = await says(await town.moderator.slash("close-duplicate", thread, earlier=earlier))

    assert "paste the link of the earlier thread" in answer
    assert not thread.state.locked  # type: ignore[union-attr]


async def closing(town: Town, thread: ChannelHandle, earlier: str) -> str:
    """Close a thread as a duplicate; return the answer, without what a link to it shows."""
    return await says(await town.moderator.slash("close-duplicate", thread, earlier=earlier))


@pytest.mark.parametrize("where", ["nowhere", "a deleted thread", "a deleted post"])
async def test_a_link_that_leads_nowhere_closes_nothing(
    sim: Simulation, town: Town, where: str
) -> None:
    """Whoever follows it would stand before a wall."""
    await may_lock(sim, town)
    ada = await town.guild.member("Ada")
    first = await ada.starts_thread(town.general, "How to price a logo")
    second = await ada.starts_thread(town.general, "What does a logo cost")
    post = await ada.says(first, "So, how?")
    address = f"https://discord.com/channels/{town.guild.id}/{first.id}"
    match where:
        case "nowhere":
            address = f"https://discord.com/channels/{town.guild.id}/{first.id + 1}"
        case "a deleted thread":
            await first.delete()
        case _:
            await ada.deletes(post)
            address = link(post)
    await sim.settled()
    before = len(second.messages())

    assert "leads nowhere" in await closing(town, second, address)
    assert not second.state.locked  # type: ignore[union-attr]
    assert len(second.messages()) == before


async def test_a_link_that_not_all_readers_can_follow_closes_nothing(
    sim: Simulation, town: Town
) -> None:
    """Neither to the moderators' own channel, nor to a private thread."""
    await may_lock(sim, town)
    ada = await town.guild.member("Ada")
    thread = await ada.starts_thread(town.general, "Logos")
    note = await town.moderator.says(town.log, "We know of this one.")
    private = await town.moderator.starts_thread(town.general, "Between us", private=True)
    await sim.settled()

    for address in (link(note), f"https://discord.com/channels/{town.guild.id}/{private.id}"):
        assert "cannot see what the link leads to" in await closing(town, thread, address)
    assert not thread.state.locked  # type: ignore[union-attr]


async def test_among_moderators_a_duplicate_may_point_to_what_only_they_see(
    sim: Simulation, town: Town
) -> None:
    """Whoever reads the one reads the other; also a post will do."""
    await may_lock(sim, town)
    note = await town.moderator.says(town.log, "How do we answer this?")
    thread = await town.moderator.starts_thread(town.log, "The same again")
    await sim.settled()

    assert "is locked" in await closing(town, thread, link(note))
    assert link(note) in str(thread.messages()[-1].embeds)


async def test_a_thread_that_is_locked_is_not_closed_once_more(sim: Simulation, town: Town) -> None:
    """Nothing is posted in it."""
    await may_lock(sim, town)
    ada = await town.guild.member("Ada")
    first = await ada.starts_thread(town.general, "How to price a logo")
    second = await ada.starts_thread(town.general, "What does a logo cost")
    address = f"https://discord.com/channels/{town.guild.id}/{first.id}"
    await sim.settled()
    await closing(town, second, address)
    before = len(second.messages())

    assert "is locked already" in await closing(town, second, address)
    assert len(second.messages()) == before


async def test_threads_of_staff_and_of_the_owner_are_theirs_to_close(
    sim: Simulation, town: Town
) -> None:
    """One's own thread anybody of the staff may close."""
    await may_lock(sim, town)
    other = await town.guild.member("Kim", roles=[town.moderator_role])
    of_owner = await town.guild.owner.starts_thread(town.general, "News")
    of_staff = await other.starts_thread(town.general, "Ask the moderators")
    own = await town.moderator.starts_thread(town.general, "Office hours")
    await sim.settled()
    address = f"https://discord.com/channels/{town.guild.id}/{own.id}"

    assert "They own this server" in await says(await town.moderator.slash("lock-thread", of_owner))
    assert "They are staff" in await closing(town, of_staff, address)
    assert "is locked" in await says(await town.moderator.slash("lock-thread", own))
    assert not of_owner.state.locked  # type: ignore[union-attr]
    assert not of_staff.state.locked  # type: ignore[union-attr]


async def test_what_a_moderator_cannot_see_they_cannot_lock(sim: Simulation, town: Town) -> None:
    """Though Concord could; and they are not told that it is there."""
    await may_lock(sim, town)
    secret = await town.guild.staff_channel("owners-only")
    thread = await town.guild.owner.starts_thread(secret, "Plans")
    await sim.settled()

    answer = await says(await town.moderator.slash("lock-thread", thread=thread))

    assert "works in a thread" in answer
    assert not thread.state.locked  # type: ignore[union-attr]
    assert thread.messages() == []


async def test_outside_of_threads_there_is_nothing_to_lock(town: Town) -> None:
    """A sentence."""
    answer = await says(await town.moderator.slash("lock-thread", town.general))

    assert "works in a thread" in answer


async def test_without_manage_threads_locking_says_how_to_mend_it(
    sim: Simulation, town: Town
) -> None:
    """Nothing is posted in the thread, either."""
    ada = await town.guild.member("Ada")
    thread = await ada.starts_thread(town.general, "Logos")
    await sim.settled()
    before = len(thread.messages())

    answer = await says(await town.moderator.slash("lock-thread", thread))

    assert "Manage Threads" in answer
    assert len(thread.messages()) == before
