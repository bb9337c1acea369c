"""What came to nothing is taken up again when a further post or version calls for it."""

import asyncio
from datetime import timedelta

from bot.enforcement import PAUSES
from bot.model.intent import Intent, IntentState
from bot.ports import Delivery, Outcome, Words
from tests.enforcing import Scene
from tests.fakes import Sent, until

DONE, DROPPED = IntentState.DONE, IntentState.DROPPED


async def test_a_notice_that_was_dropped_is_sent_when_a_further_post_is_removed(
    scene: Scene,
) -> None:
    """The first post of a burst could not be removed, the second could: the member is told."""
    scene.discord.plan("delete", Sent.REFUSED)
    case = await scene.decide()
    await scene.act(case)
    assert (await scene.states(case))["notice"] is DROPPED
    await scene.decide(number=1)
    await scene.act(case)

    assert (await scene.states(case))["notice"] is DONE
    assert scene.discord.requests("tell") == ["tell"]
    line = scene.discord.words[scene.discord.edits[-1]]
    assert line.title == "C-1 · 1 of 2 posts removed"
    assert "The member was told: by direct message." in line.paragraphs


async def test_a_notice_dropped_while_a_further_removal_was_recorded_is_sent_after_all(
    scene: Scene,
) -> None:
    """The second post was decided about after the notice was, and before it was dropped."""
    scene.discord.plan("delete", Sent.REFUSED)
    case = await scene.decide()
    delete = scene.discord.delete

    async def meanwhile(intent: Intent) -> Outcome:
        scene.discord.delete = delete  # type: ignore[method-assign]
        await scene.decide(number=1)
        scene.enforcement.carry_out((case,))
        return await delete(intent)

    scene.discord.delete = meanwhile  # type: ignore[method-assign]
    await scene.act(case)

    assert await scene.store.unsettled() == ()
    assert (await scene.states(case))["notice"] is DONE
    line = scene.discord.words[scene.discord.edits[-1]]
    assert line.title == "C-1 · 1 of 2 posts removed"
    assert "The member was told: by direct message." in line.paragraphs


async def test_a_failed_removal_is_tried_again_for_a_further_version(scene: Scene) -> None:
    """The right was missing and is there now: the post goes, its author is told, the line says so.

    As often as it takes: a line that was brought up to date before is brought up to date again.
    """
    scene.discord.plan("delete", Sent.REFUSED, Sent.LATER, Sent.REFUSED, Sent.LATER)
    case = await scene.decide()
    await scene.act(case)
    for version in ("a second bad post", "a third bad post"):
        assert await scene.decide(text=version) == case
        await scene.act(case)
        await scene.wait(case, PAUSES[0])

    assert await scene.store.unsettled() == ()
    assert len(scene.discord.deleted) == 1
    assert scene.discord.requests("tell") == ["tell"]
    line = scene.discord.words[scene.discord.edits[-1]]
    assert line.title == "C-1 · post removed"
    assert not line.alert


async def test_what_was_put_off_for_less_than_the_rest_takes_is_taken_up_after_it(
    scene: Scene,
) -> None:
    """The notice waits five seconds, writing the line takes six: the notice goes all the same."""
    write = scene.discord.log

    async def slowly(intent: Intent, words: Words) -> Outcome:
        scene.clock.advance(PAUSES[0] + timedelta(seconds=1))
        return await write(intent, words)

    scene.discord.log = slowly  # type: ignore[method-assign]
    scene.discord.plan("tell", Sent.LATER)
    case = await scene.decide()
    clock = asyncio.create_task(scene.enforcement.run())
    await scene.act(case)
    await until(lambda: scene.discord.requests("tell") == ["tell", "tell"])
    await scene.enforcement.activity.until_quiet()
    clock.cancel()

    assert await scene.store.unsettled() == ()


async def test_what_was_put_off_while_others_are_removed_is_taken_up_after_them(
    scene: Scene,
) -> None:
    """One removal waits five seconds; the other takes six: both posts go."""
    delete = scene.discord.delete
    case = await scene.decide()
    await scene.decide(number=1)

    async def put_off() -> bool:
        now = scene.clock.now()
        return any(one.not_before > now for one in await scene.store.intents(case))

    async def slowly(intent: Intent) -> Outcome:
        outcome = await delete(intent)
        if outcome.delivery is Delivery.DONE and len(scene.discord.deleted) == 1:
            while not await put_off():  # noqa: ASYNC110 - it is the database that is looked at
                await asyncio.sleep(0)
            scene.clock.advance(PAUSES[0] + timedelta(seconds=1))
        return outcome

    scene.discord.delete = slowly  # type: ignore[method-assign]
    scene.discord.plan("delete", Sent.LATER)
    clock = asyncio.create_task(scene.enforcement.run())
    await scene.act(case)
    await until(lambda: len(scene.discord.deleted) == 2)
    await scene.enforcement.activity.until_quiet()
    clock.cancel()

    assert await scene.store.unsettled() == ()
