"""Timeouts that somebody ends, moves or sets by hand: never fought, never made shorter."""

from dataclasses import replace

from bot.model.intent import IntentKind, IntentState
from bot.model.manual_act import ActKind
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionKind, SanctionState
from tests.making import ADA, BEA, CYD
from tests.overseeing import HOUR, Hall
from tests.sanctioning import draft

TIMEOUT = draft(SanctionKind.TIMEOUT)
DAY = 24 * HOUR


async def test_a_timeout_by_hand_ends_with_its_time(hall: Hall) -> None:
    """It is in force until then, and expired afterwards; Concord changes nothing."""
    until = hall.clock.now() + HOUR
    hall.measures.by_hand(timed_out_until=until)
    await hall.learn(hall.act(ActKind.TIMEOUT, until=until))
    (sanction,) = await hall.sanctions()
    assert (sanction.state, sanction.until) == (SanctionState.ACTIVE, until)

    await hall.pass_time(HOUR)

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.EXPIRED
    assert hall.measures.changed == []


async def test_a_timeout_by_hand_that_is_moved_or_ended_by_hand(hall: Hall) -> None:
    """Its end moves with it, back and forth; ended, it counts as lifted; one case all the while."""
    now = hall.clock.now()
    for number, hours in enumerate((1, 5, 3)):
        act = hall.act(ActKind.TIMEOUT, number, until=now + hours * HOUR)
        await hall.learn(act, act)
        (sanction,) = await hall.sanctions()
        assert sanction.until == now + hours * HOUR
    (dossier,) = await hall.dossiers()
    kinds = [ruling.kind for ruling in dossier.rulings]
    assert kinds == [RulingKind.BY_HAND, RulingKind.EDITED, RulingKind.EDITED]

    await hall.learn(hall.act(ActKind.TIMEOUT, 9, actor=CYD))

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.LIFTED
    (dossier,) = await hall.dossiers()
    assert [one.kind for one in dossier.intents if one.kind is IntentKind.NOTICE] == []


async def test_a_timeout_ended_by_hand_that_nobody_knew_of_is_nothing(hall: Hall) -> None:
    """There is nothing to lift."""
    await hall.learn(hall.act(ActKind.TIMEOUT))

    assert await hall.dossiers() == []


async def test_ending_concords_timeout_by_hand_lifts_it(hall: Hall) -> None:
    """It is not set again, also not on return; the member is told, the log says by whom."""
    await hall.decide(replace(TIMEOUT, until=hall.clock.now() + 5 * HOUR))
    hall.measures.by_hand(timed_out_until=None)
    changed = list(hall.measures.changed)

    act = hall.act(ActKind.TIMEOUT, actor=CYD, reason="enough")
    await hall.learn(act, act)
    await hall.pass_time(10 * HOUR)

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.LIFTED
    assert hall.measures.changed == changed
    (dossier,) = await hall.dossiers()
    assert [ruling.by for ruling in dossier.rulings] == [BEA, CYD]
    notices = [one for one in dossier.intents if one.kind is IntentKind.NOTICE]
    assert [one.state for one in notices] == [IntentState.DONE, IntentState.DONE]
    assert any("lifted" in line and "enough" in line for line in hall.log())
    assert await hall.store.holds_of(dossier.case.guild, ADA) == ()


async def test_two_timeouts_end_with_one_hand(hall: Hall) -> None:
    """Whoever ends a timeout means all that hold it; each case says so, committed together."""
    await hall.decide(replace(TIMEOUT, until=hall.clock.now() + 5 * HOUR))
    await hall.decide(replace(TIMEOUT, until=hall.clock.now() + 9 * HOUR))
    hall.measures.by_hand(timed_out_until=None)

    act = hall.act(ActKind.TIMEOUT)
    await hall.learn(act, act)

    assert [one.state for one in await hall.sanctions()] == [SanctionState.LIFTED] * 2
    assert [len(one.rulings) for one in await hall.dossiers()] == [2, 2]


async def test_a_longer_timeout_by_hand_stands_beside_concords(hall: Hall) -> None:
    """A case of its own; when Concord's ends, theirs goes on."""
    await hall.decide(replace(TIMEOUT, until=hall.clock.now() + 2 * HOUR))
    longer = hall.clock.now() + 9 * HOUR
    hall.measures.by_hand(timed_out_until=longer)

    await hall.learn(hall.act(ActKind.TIMEOUT, until=longer))
    await hall.pass_time(3 * HOUR)

    assert [one.state for one in await hall.sanctions()] == [
        SanctionState.EXPIRED,
        SanctionState.ACTIVE,
    ]
    assert hall.measures.members[ADA].timed_out_until == longer


async def test_a_timeout_lengthened_by_hand_below_concords_end_stands_beside_it(hall: Hall) -> None:
    """Discord shows 28 days of 40: later than that is longer, is written down, and ours goes on."""
    wanted = hall.clock.now() + 40 * DAY
    await hall.decide(replace(TIMEOUT, until=wanted))
    await hall.pass_time(3 * DAY)
    theirs = hall.clock.now() + 27 * DAY
    hall.measures.by_hand(timed_out_until=theirs)

    act = hall.act(ActKind.TIMEOUT, until=theirs)
    await hall.learn(act, act)
    await hall.pass_time(24 * DAY)

    first, second = await hall.sanctions()
    assert (first.state, first.until) == (SanctionState.ACTIVE, wanted)
    assert (second.state, second.until) == (SanctionState.ACTIVE, theirs)
    assert hall.measures.members[ADA].timed_out_until == wanted


async def test_a_timeout_lengthened_by_hand_is_not_shortened_because_it_was_read_late(
    hall: Hall,
) -> None:
    """Renewed before the log is read, Discord shows a later end: that is not theirs shortened."""
    wanted = hall.clock.now() + 40 * DAY
    await hall.decide(replace(TIMEOUT, until=wanted))
    await hall.pass_time(3 * DAY)
    theirs = hall.clock.now() + 27 * DAY
    hall.measures.by_hand(timed_out_until=theirs)
    act = hall.act(ActKind.TIMEOUT, until=theirs)
    await hall.pass_time(24 * DAY)

    await hall.learn(act)

    first, second = await hall.sanctions()
    assert first.state is SanctionState.ACTIVE
    assert second.until == theirs


async def test_a_timeout_shortened_by_hand_is_theirs_from_then_on(hall: Hall) -> None:
    """Concord's counts as lifted; it is not made longer again."""
    await hall.decide(replace(TIMEOUT, until=hall.clock.now() + 9 * HOUR))
    shorter = hall.clock.now() + HOUR
    hall.measures.by_hand(timed_out_until=shorter)

    act = hall.act(ActKind.TIMEOUT, until=shorter)
    await hall.learn(act, act)

    first, second = await hall.sanctions()
    assert first.state is SanctionState.LIFTED
    assert (second.state, second.until) == (SanctionState.ACTIVE, shorter)
    assert hall.measures.members[ADA].timed_out_until == shorter


async def test_a_timeout_as_concord_left_it_is_nobodys_act(hall: Hall) -> None:
    """Setting the same again by hand changes nothing."""
    until = hall.clock.now() + 5 * HOUR
    await hall.decide(replace(TIMEOUT, until=until))

    await hall.learn(hall.act(ActKind.TIMEOUT, until=until))

    assert len(await hall.dossiers()) == 1
    assert len(await hall.sanctions()) == 1


async def test_automods_timeout_that_is_over_is_written_down_as_over(hall: Hall) -> None:
    """Learnt of after an absence."""
    act = hall.act(ActKind.AUTOMOD_TIMEOUT, actor=ADA)
    hall.clock.advance(5 * HOUR)

    await hall.learn(act)

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.EXPIRED


async def test_a_timeout_set_again_by_hand_stays(hall: Hall) -> None:
    """The same, with ends that wait for their time."""
    until = hall.clock.now() + HOUR
    hall.measures.by_hand(timed_out_until=until)

    await hall.learn(
        hall.act(ActKind.TIMEOUT, until=until),
        hall.act(ActKind.TIMEOUT, 1),
        hall.act(ActKind.TIMEOUT, 2, until=until),
    )

    first, second = await hall.sanctions()
    assert (first.state, second.state) == (SanctionState.LIFTED, SanctionState.ACTIVE)
    assert hall.measures.members[ADA].timed_out_until == until
    assert hall.measures.changed == []
