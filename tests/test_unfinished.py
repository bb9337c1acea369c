"""One thing that does not go through holds back the notice of what is in force for seconds only."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.intent import Intent, IntentKind
from bot.model.order import Amendment
from bot.model.sanction import SanctionKind
from bot.outlook import PAUSES
from tests.enforcing import Scene
from tests.fakes import Sent
from tests.making import NOON, case_post
from tests.rulings import Bench
from tests.sanctioning import draft

TIMEOUT, GROUP, WARNING = SanctionKind.TIMEOUT, SanctionKind.GROUP_REMOVAL, SanctionKind.WARNING
DAY = timedelta(days=1)
POST = case_post()
OTHER = replace(POST, message=POST.message + 1)
SOON = timedelta(seconds=35)
NOT_ALL = "Not all of it has worked yet. We go on trying, and write to you again when it has."


async def notices(scene: Scene, case: int) -> list[Intent]:
    """Return a case's notices, in the order they were ordered."""
    return [one for one in await scene.store.intents(case) if one.kind is IntentKind.NOTICE]


async def read(scene: Scene, case: int) -> list[str]:
    """Return what the member has read of a case, in order."""
    found = []
    for one in await notices(scene, case):
        if one.result is not None:
            words = scene.discord.words[one.result]
            found.append("\n".join((words.title, *words.paragraphs)))
    return found


async def until_soon(scene: Scene, case: int) -> None:
    """Let the first two attempts after the first pass: a little more than half a minute."""
    for pause in PAUSES[:2]:
        await scene.wait(case, pause)


async def test_a_timeout_in_force_is_told_of_though_a_post_cannot_be_removed_yet(
    scene: Scene, bench: Bench
) -> None:
    """At once it waits; after half a minute it tells what is, and once the post is gone, all."""
    scene.discord.plan("delete", *[Sent.LATER] * 3)
    ruled = await bench.decide(draft(TIMEOUT, until=NOON + DAY), removes=(POST,))
    await bench.act(ruled)
    at_once = await read(scene, ruled.case)
    await until_soon(scene, ruled.case)
    (first,) = await read(scene, ruled.case)
    await bench.wait(ruled, PAUSES[2])
    await bench.wait(ruled, PAUSES[3])

    _, second = await read(scene, ruled.case)
    assert at_once == []
    assert "You are timed out" in first
    assert "was removed" not in first
    assert NOT_ALL in first
    assert "What had not worked yet has worked now." in second
    assert "was removed" in second
    assert "You are timed out" in second
    assert NOT_ALL not in second
    assert len(await notices(scene, ruled.case)) == 2


async def test_once_nothing_is_tried_any_more_they_are_told_how_it_stands(
    scene: Scene, bench: Bench
) -> None:
    """They were promised to hear of it: what has never worked is said not to have."""
    scene.discord.plan("delete", *[Sent.LATER] * (len(PAUSES) + 1))
    ruled = await bench.decide(draft(TIMEOUT, until=NOON + DAY), removes=(POST,))
    await bench.act(ruled)
    for pause in PAUSES:
        await bench.wait(ruled, pause)

    first, last = await read(scene, ruled.case)
    assert NOT_ALL in first
    assert "Not all of what was decided has worked" in last
    assert "has worked now" not in last
    assert "You are timed out" in last
    assert "was removed" not in last
    assert NOT_ALL not in last


async def test_of_two_posts_of_which_one_was_refused_the_last_notice_names_one(
    scene: Scene, bench: Bench
) -> None:
    """It goes once neither is open, and says nothing of the other but that not all has worked."""
    scene.discord.plan("delete", *[Sent.LATER] * 6, Sent.REFUSED, Sent.WELL)
    ruled = await bench.decide(draft(TIMEOUT, until=NOON + DAY), removes=(POST, OTHER))
    await bench.act(ruled)
    for pause in PAUSES[:4]:
        await bench.wait(ruled, pause)

    _, last = await read(scene, ruled.case)
    assert "Not all of what was decided has worked" in last
    assert "Your post in" in last


async def test_what_was_lifted_meanwhile_is_not_said_to_be_in_force(
    scene: Scene, bench: Bench
) -> None:
    """The last notice says how it stands then, not what was ordered."""
    scene.discord.plan("delete", *[Sent.LATER] * 3)
    ruled = await bench.decide(
        draft(TIMEOUT, until=NOON + DAY), draft(WARNING, points=1), removes=(POST,)
    )
    await bench.act(ruled)
    await until_soon(scene, ruled.case)
    await bench.end(ruled.case, only=TIMEOUT)
    await bench.act(ruled)
    await bench.wait(ruled, PAUSES[2])

    first, _, last = await read(scene, ruled.case)
    assert "You are timed out" in first
    assert "was removed" in last
    assert "You are timed out" not in last


@pytest.mark.parametrize("void", [False, True])
async def test_an_end_that_is_given_up_is_told(scene: Scene, bench: Bench, *, void: bool) -> None:
    """After a month they read that Discord still holds it; not that it is undone."""
    ruled = await bench.decide(draft(GROUP))
    await bench.act(ruled)
    scene.measures.plan("set_role", *[Sent.REFUSED] * 60)
    await bench.end(ruled.case, void=void)
    await bench.act(ruled)
    for pause in (*PAUSES, *[DAY] * 32):
        await bench.wait(ruled, pause)

    *_, last = await read(scene, ruled.case)
    assert "Not all of it could be ended" in last or "not all of it could be undone" in last
    assert "undone now" not in last
    assert "again." not in last.replace("looked again", "")


async def test_a_warning_is_given_though_a_post_cannot_be_removed_yet(
    scene: Scene, bench: Bench
) -> None:
    """It is in force with its notice."""
    scene.discord.plan("delete", *[Sent.LATER] * 3)
    ruled = await bench.decide(draft(WARNING, points=1), removes=(POST,))
    await bench.act(ruled)
    await until_soon(scene, ruled.case)

    (first,) = await read(scene, ruled.case)
    assert "This is a warning." in first
    assert "was removed" not in first


async def test_where_nothing_has_come_about_there_is_nothing_to_tell_yet(
    scene: Scene, bench: Bench
) -> None:
    """The post stands, and the member can do all they could."""
    scene.discord.plan("delete", *[Sent.LATER] * 3)
    ruled = await bench.decide(removes=(POST,))
    await bench.act(ruled)
    await until_soon(scene, ruled.case)
    before = await read(scene, ruled.case)
    await bench.wait(ruled, PAUSES[2])

    (only,) = await read(scene, ruled.case)
    assert before == []
    assert "was removed" in only
    assert "What had not worked yet" not in only


@pytest.mark.parametrize("void", [False, True])
async def test_an_end_that_is_refused_holds_back_no_word_that_it_is_taken_back(
    scene: Scene, bench: Bench, *, void: bool
) -> None:
    """It may take a month; what they can do again is told once they can."""
    ruled = await bench.decide(draft(GROUP))
    await bench.act(ruled)
    scene.measures.plan("set_role", *[Sent.REFUSED] * 3)
    await bench.end(ruled.case, void=void)
    await bench.act(ruled)
    await until_soon(scene, ruled.case)
    _, soon = await read(scene, ruled.case)
    await bench.wait(ruled, PAUSES[2])
    await bench.wait(ruled, PAUSES[3])

    *_, done = await read(scene, ruled.case)
    assert NOT_ALL in soon
    assert "again." not in soon.replace(NOT_ALL, "").replace("looked again", "")
    assert "You are in the group **Painters** again." in done
    assert not void or ("It was our mistake" in soon and "is undone now." in done)
    assert NOT_ALL not in done


async def test_a_void_says_nothing_of_removals_that_it_calls_off(
    scene: Scene, bench: Bench
) -> None:
    """They are not tried any more, and the line says so at once; only what was removed is back."""
    scene.discord.plan("delete", Sent.WELL, *[Sent.LATER] * 9)
    ruled = await bench.decide(draft(WARNING, points=1), removes=(POST, OTHER))
    await bench.act(ruled)
    await until_soon(scene, ruled.case)
    before = [str(one) for one in scene.discord.words.values()]
    await bench.edit(ruled.case, amendment=Amendment.VOID)
    await bench.act(ruled)
    _, voided = await read(scene, ruled.case)
    now = [str(one) for one in scene.discord.words.values()]
    for pause in PAUSES[2:5]:
        await bench.wait(ruled, pause)

    assert NOT_ALL not in voided
    assert "is undone and counts for nothing" in voided
    assert "Your post stands again" in voided
    assert any("will be tried again" in one for one in before)
    assert not any("will be tried again" in one for one in now)
    assert scene.discord.deleted == {POST.message}
    assert len(await read(scene, ruled.case)) == 2


async def test_lifting_what_never_came_about_tells_of_no_end(scene: Scene, bench: Bench) -> None:
    """They were told nothing of its beginning; the promise to write again is kept at once."""
    scene.measures.plan("set_role", *[Sent.LATER] * 3)
    ruled = await bench.decide(draft(TIMEOUT, until=NOON + DAY), draft(GROUP))
    await bench.act(ruled)
    await until_soon(scene, ruled.case)
    group = ruled.sanctions[1]
    await bench.edit(ruled.case, amendment=Amendment.LIFT, sanctions=(group,))
    await bench.act(ruled)
    for pause in PAUSES[2:5]:
        await bench.wait(ruled, pause)

    first, last = await read(scene, ruled.case)
    assert NOT_ALL in first
    assert "Not all of what was decided has worked" in last
    assert "You are timed out" in last
    assert "Painters" not in first + last
    assert not any("will be tried again" in str(one) for one in scene.discord.words.values())


async def test_a_ban_that_was_told_of_and_never_came_about_is_told_to_be_undone(
    scene: Scene, bench: Bench
) -> None:
    """Its notice went first: they read that they were removed."""
    scene.measures.plan("ban", *[Sent.LATER] * 3)
    ruled = await bench.decide(draft(SanctionKind.BAN))
    await bench.act(ruled)
    await bench.wait(ruled, PAUSES[0])
    await bench.edit(ruled.case, amendment=Amendment.VOID)
    await bench.act(ruled)
    await bench.wait(ruled, PAUSES[1])

    told = [one.outcome for one in await notices(scene, ruled.case)]
    texts = [str(one) for one in scene.discord.words.values()]
    assert any("It was our mistake" in one for one in texts), told


async def test_what_goes_through_within_seconds_is_told_of_once(scene: Scene, bench: Bench) -> None:
    """A short outage is not worth two messages."""
    scene.discord.plan("delete", Sent.LATER)
    ruled = await bench.decide(draft(TIMEOUT, until=NOON + DAY), removes=(POST,))
    await bench.act(ruled)
    await until_soon(scene, ruled.case)

    (only,) = await read(scene, ruled.case)
    assert "was removed" in only
    assert NOT_ALL not in only


async def test_the_rest_is_told_once_also_after_a_restart(scene: Scene, bench: Bench) -> None:
    """It is committed with what has worked."""
    scene.discord.plan("delete", *[Sent.LATER] * 3)
    scene.discord.plan("tell", Sent.WELL, Sent.LATER)
    ruled = await bench.decide(draft(TIMEOUT, until=NOON + DAY), removes=(POST,))
    await bench.act(ruled)
    await until_soon(scene, ruled.case)
    await bench.wait(ruled, PAUSES[2])
    await scene.restart()
    scene.clock.advance(PAUSES[3])
    await scene.restart()

    assert len(await read(scene, ruled.case)) == 2
