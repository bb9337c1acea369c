"""What could not be kept in force is tried again: daily, and as soon as Concord may do more."""

import pytest

from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.sanction import SanctionKind, SanctionState
from bot.outlook import DAILY, PAUSES
from bot.upholding.denials import denied
from bot.upkeep import SOON, Upkeep
from tests.enforcing import BITS, Scene
from tests.fakes import Sent
from tests.making import ADA, ART, GUILD, NOON, PAINTERS
from tests.rulings import Bench
from tests.sanctioning import draft

BOARD, GROUP = SanctionKind.BOARD_REMOVAL, SanctionKind.GROUP_REMOVAL
LONE = 211
SHUT = denied(None, BITS)


def _upkeep(scene: Scene) -> Upkeep:
    return Upkeep(scene.store, scene.measures, scene.clock, scene.enforcement.carry_out)


async def _role_given(scene: Scene, entry: str = "11") -> None:
    """Let another bot give the group's role back, and Concord learn of it."""
    scene.measures.by_hand(roles=frozenset({PAINTERS}))
    await _upkeep(scene).take_again(GUILD, ADA, PAINTERS, entry)
    await scene.enforcement.activity.until_quiet()


async def _channel_joins(scene: Scene) -> None:
    scene.measures.categories[LONE] = ART
    await _upkeep(scene).channels_changed(GUILD)
    await scene.enforcement.activity.until_quiet()


async def _may_do_more(scene: Scene) -> None:
    await _upkeep(scene).may_do_more(GUILD)
    await scene.enforcement.activity.until_quiet()


async def _keeps(scene: Scene, case: int) -> list[Intent]:
    return [one for one in await scene.store.intents(case) if one.kind is IntentKind.KEEP]


def _lines(scene: Scene) -> list[str]:
    """Return the lines that stand out in the moderators' log."""
    return [str(words) for words in scene.discord.words.values() if words.alert]


async def test_a_role_that_could_not_be_taken_is_taken_once_concord_may(
    scene: Scene, bench: Bench
) -> None:
    """Said once while it waits, and no more once it is done."""
    ruled = await bench.decide(draft(GROUP))
    await bench.act(ruled)
    scene.measures.plan("set_role", *[Sent.REFUSED] * 3)
    await _role_given(scene)
    (said,) = _lines(scene)
    assert "Keeping the group removal in force has not worked yet" in said
    edits = scene.discord.requests("edit_log")
    for _ in range(2):
        await bench.wait(ruled, DAILY)
    assert scene.measures.members[ADA].roles == {PAINTERS}
    assert (_lines(scene), scene.discord.requests("edit_log")) == ([said], edits)

    await _may_do_more(scene)
    await bench.wait(ruled, SOON)

    assert scene.measures.members[ADA].roles == frozenset()
    assert _lines(scene) == []
    assert await scene.store.unsettled() == ()


async def test_it_is_tried_once_however_many_changes_an_admin_makes(
    scene: Scene, bench: Bench
) -> None:
    """A role that is moved moves others; and a new session counts as a change too."""
    ruled = await bench.decide(draft(GROUP))
    await bench.act(ruled)
    scene.measures.plan("set_role", *[Sent.REFUSED] * 2)
    await _role_given(scene)
    asked = scene.measures.asked.count("set_role")
    for _ in range(50):
        await _may_do_more(scene)
        scene.clock.advance(SOON / 100)
    await bench.wait(ruled, SOON)

    assert scene.measures.asked.count("set_role") == asked + 1


async def test_it_is_tried_again_by_a_new_process(scene: Scene, bench: Bench) -> None:
    """The permission came back while Concord was away."""
    ruled = await bench.decide(draft(GROUP))
    await bench.act(ruled)
    scene.measures.plan("set_role", Sent.REFUSED)
    await _role_given(scene)
    await scene.restart()
    await _may_do_more(scene)
    await bench.wait(ruled, SOON)

    assert scene.measures.members[ADA].roles == frozenset()


async def test_of_many_givings_one_waits(scene: Scene, bench: Bench) -> None:
    """A bot that gives the role every hour does not make Concord try as often."""
    ruled = await bench.decide(draft(GROUP))
    await bench.act(ruled)
    scene.measures.plan("set_role", *[Sent.REFUSED] * 5)
    for entry in range(5):
        await _role_given(scene, str(entry))
    keeps = await _keeps(scene, ruled.case)

    assert [one.state for one in keeps] == [IntentState.DROPPED] * 4 + [IntentState.ATTEMPTED]
    assert len(_lines(scene)) == 1


async def test_what_waits_is_dropped_with_the_sanction(scene: Scene, bench: Bench) -> None:
    """Nothing is left to keep in force, and nothing is given to who has it."""
    ruled = await bench.decide(draft(GROUP))
    await bench.act(ruled)
    scene.measures.plan("set_role", Sent.REFUSED)
    await _role_given(scene)
    await bench.act(await bench.end(ruled.case))

    assert [one.state for one in await _keeps(scene, ruled.case)] == [IntentState.DROPPED]
    assert scene.measures.members[ADA].roles == {PAINTERS}
    assert await scene.store.unsettled() == ()


@pytest.mark.parametrize("trouble", [Sent.REFUSED, Sent.LATER])
async def test_a_channel_that_joined_is_shut_on_a_later_day(
    scene: Scene, bench: Bench, trouble: Sent
) -> None:
    """Also after an outage longer than all pauses."""
    ruled = await bench.decide(draft(BOARD, until=NOON + 30 * DAILY))
    await bench.act(ruled)
    scene.measures.plan("set_overwrite", *[trouble] * (len(PAUSES) + 2))
    await _channel_joins(scene)
    for pause in (*PAUSES, *[DAILY] * (len(PAUSES) + 2)):
        await bench.wait(ruled, pause)

    assert scene.measures.overwrites == {(ART, ADA): SHUT, (LONE, ADA): SHUT}
    assert _lines(scene) == []


@pytest.mark.parametrize("hastened", [False, True])
async def test_what_an_order_could_not_shut_is_shut_later(
    scene: Scene, bench: Bench, hastened: bool
) -> None:
    """In force in part: the rest follows, and the line says so."""
    scene.measures.categories[LONE] = ART
    ruled = await bench.decide(draft(BOARD))
    scene.measures.plan("set_overwrite", Sent.REFUSED)
    await bench.act(ruled)
    assert scene.measures.overwrites == {(LONE, ADA): SHUT}
    (said,) = _lines(scene)
    assert "has not worked everywhere and will be tried again: in <#202>: " in said
    if hastened:
        await _may_do_more(scene)
    await bench.wait(ruled, SOON if hastened else DAILY)

    assert scene.measures.overwrites == {(ART, ADA): SHUT, (LONE, ADA): SHUT}
    assert _lines(scene) == []
    await bench.act(await bench.end(ruled.case))
    assert scene.measures.overwrites == {}


async def test_an_order_given_up_in_part_is_in_force_and_goes_on(
    scene: Scene, bench: Bench
) -> None:
    """An outage on one channel longer than all pauses: who is shut out of the other stays so."""
    scene.measures.categories[LONE] = ART
    ruled = await bench.decide(draft(BOARD))
    scene.measures.plan("set_overwrite", Sent.LATER, Sent.WELL, *[Sent.LATER] * len(PAUSES))
    await bench.act(ruled)
    for pause in PAUSES:
        await bench.wait(ruled, pause)
    assert (await bench.sanction(ruled)).state is SanctionState.ACTIVE
    assert scene.measures.overwrites == {(LONE, ADA): SHUT}
    await bench.wait(ruled, DAILY)

    assert scene.measures.overwrites == {(ART, ADA): SHUT, (LONE, ADA): SHUT}
    await bench.act(await bench.end(ruled.case))
    assert scene.measures.overwrites == {}


async def test_an_order_that_came_to_nothing_is_not_tried_again(scene: Scene, bench: Bench) -> None:
    """The moderator has read that it failed, and may have done something else."""
    scene.measures.plan("set_role", Sent.REFUSED)
    ruled = await bench.decide(draft(GROUP))
    await bench.act(ruled)
    await _may_do_more(scene)
    await bench.wait(ruled, DAILY)

    assert (await bench.sanction(ruled)).state is SanctionState.FAILED
    assert scene.measures.members[ADA].roles == {PAINTERS}


async def test_an_end_that_was_refused_is_tried_as_soon_as_concord_may(
    scene: Scene, bench: Bench
) -> None:
    """Nobody waits a day longer for what is theirs."""
    ruled = await bench.decide(draft(GROUP))
    await bench.act(ruled)
    scene.measures.plan("set_role", *[Sent.REFUSED] * (len(PAUSES) + 1))
    await bench.act(await bench.end(ruled.case))
    for pause in PAUSES:
        await bench.wait(ruled, pause)
    assert scene.measures.members[ADA].roles == frozenset()
    await _may_do_more(scene)
    await bench.wait(ruled, SOON)

    assert scene.measures.members[ADA].roles == {PAINTERS}


async def test_a_board_whose_channel_is_gone_is_not_asked_for_every_day(
    scene: Scene, bench: Bench
) -> None:
    """There is nothing left to keep anybody out of."""
    ruled = await bench.decide(draft(BOARD))
    await bench.act(ruled)
    del scene.measures.categories[ART]
    scene.measures.overwrites.clear()
    await _upkeep(scene).channels_changed(GUILD)
    await scene.enforcement.activity.until_quiet()
    (keep,) = await _keeps(scene, ruled.case)

    assert (keep.state, keep.outcome) == (
        IntentState.DONE,
        "the board's channel is no longer there",
    )
