"""What somebody did by hand counts beside what Concord does, and is lifted when a case says so."""

from datetime import datetime, timedelta

from bot.model.intent import IntentKind, IntentState
from bot.model.sanction import SanctionKind, SanctionState
from bot.ports import BanSeen
from bot.settling import PAUSES
from bot.upholding.timeouts import AHEAD, LONGEST
from tests.enforcing import Scene
from tests.fakes import Sent
from tests.making import ADA, NOON, PAINTERS
from tests.rulings import Bench
from tests.sanctioning import draft

BAN, GROUP, TIMEOUT = SanctionKind.BAN, SanctionKind.GROUP_REMOVAL, SanctionKind.TIMEOUT
DAY = timedelta(days=1)


async def _by_hand(bench: Bench, kind: SanctionKind, until: datetime | None = None) -> int:
    """Commit what somebody did in Discord itself, as oversight does; return its case."""
    ruled = await bench.decide(draft(kind, until=until, by_hand=True), tells=False)
    for one in await bench.scene.store.intents(ruled.case):
        if one.kind is IntentKind.APPLY:  # it is in force already: oversight asks for nothing
            dropped = [one]
            await bench.scene.enforcement._casework.settling.drop(dropped, "by hand")
    await bench.act(ruled)
    return ruled.case


async def test_a_ban_made_by_hand_is_ended_when_its_case_is_lifted(
    scene: Scene, bench: Bench
) -> None:
    """The moderator means that very ban."""
    scene.measures.bans[ADA] = BanSeen("their own words")
    case = await _by_hand(bench, BAN)
    await bench.act(await bench.end(case))

    assert scene.measures.bans == {}


async def test_a_ban_of_ours_that_ends_leaves_one_made_by_hand(scene: Scene, bench: Bench) -> None:
    """Both are known: the account stays banned until both are over."""
    ruled = await bench.decide(draft(BAN, until=NOON + DAY))
    await bench.act(ruled)
    case = await _by_hand(bench, BAN)
    await bench.wait(ruled, DAY)
    assert (await bench.sanction(ruled)).state is SanctionState.EXPIRED
    assert ADA in scene.measures.bans

    await bench.act(await bench.end(case))
    assert scene.measures.bans == {}


async def test_a_timeout_and_a_role_taken_by_hand_end_with_their_case(
    scene: Scene, bench: Bench
) -> None:
    """As they were left by whoever did it."""
    scene.measures.by_hand(roles=frozenset(), timed_out_until=NOON + DAY)
    cases = [await _by_hand(bench, TIMEOUT, NOON + DAY), await _by_hand(bench, GROUP)]
    for case in cases:
        await bench.act(await bench.end(case))

    assert scene.measures.members[ADA].timed_out_until is None
    assert scene.measures.members[ADA].roles == {PAINTERS}


async def test_a_timeout_set_by_hand_that_somebody_changed_since_stays(
    scene: Scene, bench: Bench
) -> None:
    """It is no longer the one the case is about."""
    scene.measures.by_hand(timed_out_until=NOON + DAY)
    case = await _by_hand(bench, TIMEOUT, NOON + DAY)
    scene.measures.by_hand(timed_out_until=NOON + 3 * DAY)
    await bench.act(await bench.end(case))

    assert scene.measures.members[ADA].timed_out_until == NOON + 3 * DAY


async def test_a_long_timeout_ended_by_hand_is_not_renewed(scene: Scene, bench: Bench) -> None:
    """Concord does not fight with moderators, and does not ask again every hour."""
    ruled = await bench.decide(draft())
    await bench.act(ruled)
    scene.measures.by_hand(timed_out_until=None)
    await bench.wait(ruled, LONGEST - AHEAD)

    assert scene.measures.members[ADA].timed_out_until is None
    assert await scene.store.unsettled() == ()
    keep = (await scene.intents(ruled.case))["keep"]
    assert "by hand" in keep.outcome


async def test_a_renewal_that_fails_is_tried_anew_the_next_day(scene: Scene, bench: Bench) -> None:
    """A role that stood too low is moved: the timeout goes on without a gap."""
    ruled = await bench.decide(draft())
    await bench.act(ruled)
    scene.measures.plan("time_out", Sent.REFUSED)
    await bench.wait(ruled, LONGEST - AHEAD)
    assert (await scene.intents(ruled.case))["keep"].state is IntentState.ATTEMPTED
    assert (await bench.sanction(ruled)).state is SanctionState.ACTIVE
    await bench.wait(ruled, DAY)

    assert scene.measures.members[ADA].timed_out_until == scene.clock.now() + LONGEST


async def test_an_outage_shorter_than_all_pauses_leaves_no_gap(scene: Scene, bench: Bench) -> None:
    """A renewal begins so early that Discord may be away for hours."""
    ruled = await bench.decide(draft())
    await bench.act(ruled)
    scene.clock.advance(LONGEST - AHEAD)
    scene.measures.plan("member", *[Sent.NEVER] * len(PAUSES))
    await bench.act(ruled)
    for pause in PAUSES:
        assert (scene.measures.members[ADA].timed_out_until or NOON) > scene.clock.now()
        await bench.wait(ruled, pause)

    assert scene.measures.members[ADA].timed_out_until == scene.clock.now() + LONGEST
