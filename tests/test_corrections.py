"""Who was told of a sanction that did not come about is told so: a ban's notice goes first."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.sanction import SanctionKind, SanctionState
from bot.outlook import PAUSES
from bot.ports import Words
from tests.enforcing import Scene, opened
from tests.fake_crashes import Gate
from tests.fakes import Seen, Sent
from tests.making import NOON
from tests.rulings import Bench
from tests.sanctioning import draft

BAN, WARNING = SanctionKind.BAN, SanctionKind.WARNING
DONE, DROPPED = IntentState.DONE, IntentState.DROPPED
HOUR = timedelta(hours=1)
TITLE = "That did not come about"


async def notices(scene: Scene, case: int) -> list[Intent]:
    """Return a case's notices, in the order they were ordered."""
    return [one for one in await scene.store.intents(case) if one.kind is IntentKind.NOTICE]


def read(scene: Scene, notice: Intent) -> Words:
    """Return what a notice that arrived says now."""
    assert notice.result is not None
    return scene.discord.words[notice.result]


def line(scene: Scene) -> str:
    """Return the line of the moderators' log as it stands."""
    (found,) = [one for one in scene.discord.words.values() if "· ban" in one.title]
    return "\n".join(found.paragraphs)


async def test_a_ban_that_discord_refuses_after_its_notice_is_taken_back_in_words(
    scene: Scene, bench: Bench
) -> None:
    """Told once of the ban, and once that it did not come about; the log says both."""
    scene.measures.plan("ban", Sent.REFUSED)
    ruled = await bench.decide(draft(BAN))
    await bench.act(ruled)
    await scene.restart()

    first, second = await notices(scene, ruled.case)
    assert (first.state, second.state) == (DONE, DONE)
    assert read(scene, first).title == "You are removed from this community"
    words = read(scene, second)
    said = "\n".join(words.paragraphs)
    assert words.title == TITLE
    assert "We told you that you are removed from this community." in said
    assert "You are a member as before" in said
    assert scene.discord.requests("tell") == ["tell", "tell"]
    assert "The member was told that it did not come about: by direct message." in line(scene)
    assert (await bench.sanction(ruled)).state is SanctionState.FAILED


async def test_a_ban_that_is_given_up_is_taken_back_in_words_that_promise_nothing(
    scene: Scene, bench: Bench
) -> None:
    """Nobody knows whether Discord did it after all."""
    scene.measures.plan("ban", *[Sent.NEVER] * (len(PAUSES) + 1))
    ruled = await bench.decide(draft(BAN))
    await bench.act(ruled)
    assert len(await notices(scene, ruled.case)) == 1
    for pause in PAUSES:
        await bench.wait(ruled, pause)

    _, second = await notices(scene, ruled.case)
    said = "\n".join(read(scene, second).paragraphs)
    assert "as far as we know" in said
    assert "You are a member as before" not in said


async def test_what_was_decided_beside_it_still_holds(scene: Scene, bench: Bench) -> None:
    """The member reads what is left."""
    scene.measures.plan("ban", Sent.REFUSED)
    ruled = await bench.decide(draft(BAN), draft(until=NOON + 5 * HOUR), draft(WARNING, points=1))
    await bench.act(ruled)

    _, second = await notices(scene, ruled.case)
    said = "\n".join(read(scene, second).paragraphs)
    assert "You are timed out" in said
    assert "This is a warning." in said


async def test_who_read_nothing_of_it_has_nothing_put_right(scene: Scene, bench: Bench) -> None:
    """The notice was still waiting: it is not sent at all."""
    scene.discord.plan("tell", Sent.LATER)
    scene.measures.plan("ban", Sent.REFUSED)
    ruled = await bench.decide(draft(BAN))
    await bench.act(ruled)
    await bench.wait(ruled, PAUSES[0])

    assert {one.state for one in await notices(scene, ruled.case)} == {DROPPED}
    assert scene.discord.made == len(scene.discord.words) == 1  # the line in the log


async def test_a_notice_that_arrived_unanswered_is_put_right_too(
    scene: Scene, bench: Bench
) -> None:
    """It is looked for first: only then is it known what they read."""
    scene.discord.plan("tell", Sent.LOST)
    scene.discord.plan("find_notice", Seen.UNANSWERED)
    scene.measures.plan("ban", Sent.REFUSED)
    ruled = await bench.decide(draft(BAN))
    await bench.act(ruled)
    await bench.wait(ruled, PAUSES[0])
    await bench.wait(ruled, PAUSES[1])

    first, second = await notices(scene, ruled.case)
    assert (first.state, second.state) == (DONE, DONE)
    assert read(scene, second).title == TITLE


async def test_where_no_new_message_arrives_the_one_they_read_is_changed(
    scene: Scene, bench: Bench
) -> None:
    """They have left, or closed their messages since."""
    scene.measures.plan("ban", Sent.REFUSED)
    scene.discord.plan("tell", Sent.WELL, Sent.REFUSED)
    ruled = await bench.decide(draft(BAN))
    await bench.act(ruled)

    first, second = await notices(scene, ruled.case)
    assert (second.state, second.result) == (DONE, first.result)
    assert read(scene, first).title == TITLE


async def test_nobody_is_told_twice_whatever_is_voided_later(scene: Scene, bench: Bench) -> None:
    """What never held is not told of once more when it is voided."""
    scene.measures.plan("ban", Sent.REFUSED)
    ruled = await bench.decide(draft(BAN))
    await bench.act(ruled)
    await bench.act(await bench.end(ruled.case, void=True))

    told = [one for one in await notices(scene, ruled.case) if one.state is DONE]
    assert len(told) == 2


async def test_whose_ban_was_refused_without_a_notice_is_told_nothing(
    scene: Scene, bench: Bench
) -> None:
    """An account banned as spam."""
    scene.measures.plan("ban", Sent.REFUSED)
    ruled = await bench.decide(draft(BAN), tells=False)
    await bench.act(ruled)

    assert await notices(scene, ruled.case) == []


async def test_killed_at_any_step_it_is_told_once(tmp_path: Path) -> None:
    """The ban's failure and the word of it are one commit. Every third step, before and after."""
    steps = 0
    while True:
        steps += 3
        (tmp_path / str(steps)).mkdir()
        async with opened(tmp_path / str(steps)) as scene:
            bench = Bench(scene)
            scene.measures.plan("ban", Sent.REFUSED)
            ruled = await bench.decide(draft(BAN))
            gate = Gate(steps)
            died = scene.begin(gate)
            died.carry_out((ruled.case,))
            quiet = asyncio.ensure_future(died.activity.until_quiet())
            closed = asyncio.ensure_future(gate.closed.wait())
            await asyncio.wait({quiet, closed}, return_when=asyncio.FIRST_COMPLETED)
            through = not gate.closed.is_set()
            await died.stop()
            for one in (quiet, closed):
                one.cancel()
            await scene.restart()

            told = [one for one in await notices(scene, ruled.case) if one.state is DONE]
            state = (await bench.sanction(ruled)).state
            if state is SanctionState.FAILED and len(told) > 1:
                assert [read(scene, one).title for one in told][1:] == [TITLE]
            assert all(len(made) == 1 for made in scene.discord.messages.values())
            # Refused before the crash it may have worked after it: then there is nothing to say.
            assert len(told) == (2 if state is SanctionState.FAILED else 1)
        if through:
            break
    assert steps > 10
