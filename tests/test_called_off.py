"""What is called off while a case is being carried out is not begun; what is under way happens."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest_asyncio

from bot.enforcement import REMOVED_TOGETHER
from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.standing import Person
from bot.moderation import Setting
from bot.pausing import Pausing
from bot.pausing.pausing import Paused
from bot.policy.brake import Brake
from bot.ports import Outcome
from tests.enforcing import WORDING, Scene, opened
from tests.fakes import FakeEnforcer, until
from tests.making import BEA, GUILD, NOON, VERSIONS, community, guidelines, policy

BY = Person(BEA, "Bea", is_moderator=True)


class SlowDiscord(FakeEnforcer):
    """A Discord that lets removals wait until a test opens the gate."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.waiting = 0

    async def delete(self, intent: Intent) -> Outcome:
        """Remove a post, once the gate is open."""
        self.waiting += 1
        await self.gate.wait()
        return await super().delete(intent)


@pytest_asyncio.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """Open a fresh database of a community that is set up."""
    async with opened(tmp_path) as one:
        await one.store.write(lambda tx: tx.set_community(GUILD, community(), NOON))
        yield one


async def test_what_is_called_off_is_not_begun_until_it_is_called_back(scene: Scene) -> None:
    """It stays as it is, also when the case is worked on again."""
    case = await scene.decide()
    (delete,) = [one for one in await scene.store.intents(case) if one.kind is IntentKind.DELETE]

    assert scene.enforcement.call_off([delete]) == frozenset()
    await scene.act(case)
    assert scene.discord.requests("delete") == []
    assert scene.enforcement._casework._called_off

    scene.enforcement.call_back([delete])
    assert not scene.enforcement._casework._called_off
    await scene.act(case)
    assert scene.discord.requests("delete") == ["delete"]


async def test_what_is_taken_up_again_is_another_version_and_is_begun(scene: Scene) -> None:
    """Called off was the removal as it stood then."""
    case = await scene.decide()
    (delete,) = [one for one in await scene.store.intents(case) if one.kind is IntentKind.DELETE]

    scene.enforcement.call_off([replace(delete, version=delete.version - 1)])
    await scene.act(case)

    assert scene.discord.requests("delete") == ["delete"]


async def test_a_pause_in_the_middle_of_a_burst_stops_what_is_not_under_way(scene: Scene) -> None:
    """Posts under way go and are told of; the others stand, and moderators are asked about them."""
    slow = SlowDiscord()
    scene.discord = slow
    scene.enforcement = scene.begin(enforcer=slow)
    posts = REMOVED_TOGETHER + 2
    for number in range(posts):
        case = await scene.decide(number)
    setting = Setting(scene.store, scene.clock, guidelines(), policy(), WORDING, VERSIONS)
    pausing = Pausing(setting, slow, scene.enforcement, Brake(), scene.enforcement.activity)

    scene.enforcement.carry_out((case,))
    await until(lambda: slow.waiting == REMOVED_TOGETHER)
    done = await pausing.pause(GUILD, None, BY)
    slow.gate.set()
    await scene.enforcement.activity.until_quiet()

    assert isinstance(done, Paused)
    assert done.held_back == 2
    assert len(slow.deleted) == REMOVED_TOGETHER
    dossier = await scene.store.dossier(case)
    assert dossier is not None
    standing = {one.message for one in dossier.case.posts if one.action is Action.REVIEW}
    assert len(standing) == 2
    assert not standing & slow.deleted
    assert dossier.case.state is CaseState.ACTED  # what was removed may still be confirmed
    notices = [one for one in dossier.intents if one.kind is IntentKind.NOTICE]
    assert [one.state for one in notices] == [IntentState.DONE]
    assert not scene.enforcement._casework._called_off  # what is dropped need not be remembered
