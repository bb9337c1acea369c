"""Stops, kills and downtime: what was decided is done once, what was missed is judged once."""

import re
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.pausing.giving_back import BATCH
from bot.sandbox import Simulation
from bot.sandbox.contract import Contract
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.member_handle import MemberHandle
from bot.sandbox.permissions import Permission
from tests.e2e.bot_process import BotProcess
from tests.e2e.town import MODERATING, Town, cases_of, notices, opened

VULGAR = "this whole thing is fucking useless, what a bunch of bullshit"
HARMLESS = "Good morning, how do I write a good proposal?"

DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"
OPEN_DM = "POST /users/@me/channels"
SEND = "POST /channels/{channel_id}/messages"
ANSWER = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"


class Scene:
    """A town, a member and a bot of the test's own."""

    def __init__(self, sim: Simulation, town: Town, bot: BotProcess, ada: MemberHandle) -> None:
        self.sim = sim
        self.town = town
        self.bot = bot
        self.ada = ada

    async def comes_back(self) -> None:
        """Start the bot and wait until it has caught up and is idle."""
        await self.bot.start()

    def is_calm(self, line: str = "post removed") -> None:
        """One notice, one calm line."""
        assert len(notices(self.ada)) == 1
        assert self.town.log_titles() == [f"C-1 · {line}"]


@pytest_asyncio.fixture
async def scene(folder: Path, contract: Callable[[], Contract | None]) -> AsyncIterator[Scene]:
    """A set-up guild; the bot has not been started."""
    check = contract()
    async with Simulation(contract=check) as sim:
        town = await Town.build(sim, "Town")
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            await town.settle_in(store, sim)
        yield Scene(sim, town, bot, await town.guild.member("Ada"))
        await bot.kill()
        assert sim.refused == []
        assert check is None or check.violations == []


@pytest.mark.parametrize("route", [DELETE, OPEN_DM, SEND])
@pytest.mark.parametrize("fault", ["held until after the restart", "done, but killed", "not done"])
async def test_killed_in_the_middle_of_a_request_nothing_is_doubled_or_lost(
    scene: Scene, fault: str, route: str
) -> None:
    """Killed while a request is under way; after the restart there is one of everything."""
    kind = {
        "held until after the restart": Fault.HELD,
        "done, but killed": Fault.ANSWER_LOST,
        "not done": Fault.TIMEOUT,
    }[fault]
    await scene.comes_back()
    scene.sim.faults.next(route, kind)
    post = await scene.ada.says(scene.town.general, VULGAR)
    await scene.sim.faults.until_fired()
    await scene.bot.kill()

    if kind is Fault.HELD:
        await scene.bot.start()
        await scene.sim.faults.release_held()
        await scene.sim.settled()
    else:
        scene.sim.faults.release_timeouts()
        await scene.comes_back()

    assert post.deleted
    if (route, kind) == (DELETE, Fault.ANSWER_LOST):  # whose deletion it was is not known
        scene.is_calm("the post was gone already")
    else:
        scene.is_calm()


async def test_killed_between_any_two_requests_all_is_finished_once(scene: Scene) -> None:
    """Whatever request was the last of a life, the next life does the rest."""
    for number in range(5):
        await scene.bot.start(wait=False)
        await scene.sim.connected()
        target = len(scene.sim.requests) + number
        await scene.ada.says(scene.town.general, f"{VULGAR} {number}")
        await scene.sim.until(lambda target=target: len(scene.sim.requests) >= target)
        await scene.bot.kill()
    await scene.comes_back()
    await scene.bot.stop()

    assert scene.town.general.history_texts() == []
    tokens = re.findall(r"C-\d+ · \w{6}", " ".join(_footers(scene)))
    assert len(tokens) == len(set(tokens))
    for case in await cases_of(scene.bot.database, scene.town):
        assert f"{case.reference} · " in " ".join(_footers(scene))


async def test_killed_while_it_gives_everything_back_it_goes_on_by_itself(scene: Scene) -> None:
    """Nobody presses again: each post is there again once, each member told, the log says it."""
    town, many = scene.town, BATCH + 3
    admins = await town.guild.role("Admins", Permission.MANAGE_GUILD | MODERATING, position=60)
    boss = await town.guild.member("Boss", roles=[admins, town.moderator_role])
    crowd = await town.guild.members([f"Member {number}" for number in range(many)])
    await scene.comes_back()
    for one in crowd:
        await one.says(town.general, VULGAR)
    await scene.sim.settled()
    assert town.general.messages() == []

    preview = await (await boss.slash("restore-all")).answered()
    scene.sim.faults.next(ANSWER, Fault.HELD)
    await boss.press(preview, label="Give them all back")
    await scene.sim.faults.until_fired()  # the progress after a part of them
    await scene.bot.kill()
    await scene.comes_back()

    assert len(town.general.messages()) == many
    assert [len(notices(one)) for one in crowd] == [2] * many
    lines = [one for one in town.log_texts() if "gave back" in one]
    assert len(lines) == 1
    assert f"gave back {many} posts in {many} cases" in lines[0]


async def test_what_was_posted_while_away_is_judged_once(scene: Scene) -> None:
    """The post goes after the start; a second start changes nothing."""
    post = await scene.ada.says(scene.town.general, VULGAR)
    kept = await scene.ada.says(scene.town.general, HARMLESS)

    await scene.comes_back()
    await scene.bot.stop()
    requests = len(scene.sim.requests)
    await scene.comes_back()

    assert post.deleted
    assert not kept.deleted
    scene.is_calm()
    later = [r for r in scene.sim.requests[requests:] if r.method != "GET"]
    assert later == []


async def test_what_was_said_between_two_sessions_is_judged_before_what_came_later(
    scene: Scene,
) -> None:
    """Killed as soon as a later post is gone, the earlier one has not been passed over."""
    await scene.comes_back()
    bea = await scene.town.guild.member("Bea")
    for session in list(scene.sim.gateway.connected):
        scene.sim.gateway.invalidate(session)
    await scene.sim.until(lambda: not scene.sim.gateway.connected)
    unheard = await scene.ada.says(scene.town.general, VULGAR)
    await scene.sim.connected()

    later = await bea.says(scene.town.general, VULGAR)
    await scene.sim.until(lambda: later.deleted)
    await scene.bot.kill()
    await scene.comes_back()

    assert unheard.deleted
    assert len(notices(scene.ada)) == 1


async def test_an_edit_made_while_away_is_judged(scene: Scene) -> None:
    """A harmless post that became a vulgar one goes."""
    await scene.comes_back()
    post = await scene.ada.says(scene.town.general, HARMLESS)
    await scene.sim.settled()
    await scene.bot.stop()
    await scene.ada.edits(post, VULGAR)

    await scene.comes_back()

    assert post.deleted
    scene.is_calm()


async def test_what_is_older_than_an_hour_is_never_removed_without_a_moderator(
    scene: Scene,
) -> None:
    """A post found two hours late is shown to moderators and stays."""
    post = await scene.ada.says(scene.town.general, VULGAR)
    await scene.sim.advance(hours=2)

    await scene.comes_back()

    assert not post.deleted
    assert notices(scene.ada) == []
    [line] = scene.town.log_texts()
    assert line.startswith("C-1 · please look at this post")
    assert "older than automatic removal may reach" in line


async def test_what_is_older_than_a_day_is_listed_once_and_not_judged(scene: Scene) -> None:
    """Moderators read from when to when nobody looked; a second start says nothing more."""
    await scene.comes_back()
    await scene.ada.says(scene.town.general, HARMLESS)
    await scene.sim.settled()
    await scene.bot.stop()
    post = await scene.ada.says(scene.town.general, VULGAR)
    await scene.sim.advance(hours=30)

    await scene.comes_back()
    await scene.bot.stop()
    await scene.comes_back()

    assert not post.deleted
    [line] = scene.town.log_texts()
    assert "was away" in line
    assert f"<#{scene.town.general.id}>" in line


async def test_what_was_posted_before_the_community_was_set_up_is_left_alone(
    folder: Path,
) -> None:
    """Old posts are nobody's business."""
    async with Simulation() as sim:
        town = await Town.build(sim, "Town")
        ada = await town.guild.member("Ada")
        post = await ada.says(town.general, VULGAR, at=sim.clock.now() - timedelta(minutes=5))
        bot = BotProcess(sim, folder)
        async with opened(bot.database) as store:
            await town.settle_in(store, sim)

        await bot.start()
        await bot.stop()

        assert not post.deleted
        assert town.log_titles() == []


async def test_asked_to_stop_it_finishes_what_it_has_begun(scene: Scene) -> None:
    """SIGTERM in the middle: the post goes, the notice and the line are there, exit status 0."""
    await scene.comes_back()
    scene.sim.faults.next(DELETE, Fault.latency(0.5))
    post = await scene.ada.says(scene.town.general, VULGAR)
    await scene.sim.faults.until_fired()

    assert await scene.bot.stop() == 0

    assert post.deleted
    scene.is_calm()


async def test_a_second_bot_on_the_same_database_is_refused(scene: Scene) -> None:
    """One process per database, in words that say so."""
    await scene.comes_back()

    status, output = await scene.bot.command("run")

    assert status == 1
    assert "in use by another Concord" in output
    assert scene.bot.running


def _footers(scene: Scene) -> list[str]:
    messages = [*scene.ada.dms(), *scene.town.log.messages()]
    return [embed["footer"]["text"] for message in messages for embed in message.embeds]
