"""What is done by hand becomes cases, each entry once; nobody fights a moderator."""

from dataclasses import replace

import pytest

from bot.model.case import CaseOrigin, CaseState
from bot.model.intent import IntentKind, IntentState
from bot.model.manual_act import ActKind
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionKind, SanctionState
from bot.oversight.oversight import NotKnownError
from bot.ports import BanSeen
from tests.fakes import Sent
from tests.making import ADA, BEA, CYD, PAINTERS
from tests.overseeing import HOUR, OTHER_BOT, Hall
from tests.sanctioning import draft

BAN, TIMEOUT = draft(SanctionKind.BAN), draft(SanctionKind.TIMEOUT)
GROUP = draft(SanctionKind.GROUP_REMOVAL)
DAY = 24 * HOUR


async def test_a_ban_by_hand_becomes_a_case(hall: Hall) -> None:
    """In force without a rule or points; the line in the log asks for the rule, nobody is told."""
    await hall.learn(hall.act(ActKind.BAN, reason="spam **everywhere**"))

    (dossier,) = await hall.dossiers()
    (sanction,) = dossier.sanctions
    (ruling,) = dossier.rulings
    assert dossier.case.origin is CaseOrigin.BY_HAND
    assert dossier.case.state is CaseState.CLOSED
    assert (sanction.kind, sanction.state, sanction.rule) == (
        SanctionKind.BAN,
        SanctionState.ACTIVE,
        None,
    )
    assert sanction.ordered.by_hand
    assert sanction.ordered.points == 0
    assert (ruling.kind, ruling.by, ruling.tells) == (RulingKind.BY_HAND, BEA, False)
    assert [one.kind for one in dossier.intents] == [IntentKind.LOG]
    (line,) = hall.log()
    assert line.startswith("C-1 · ban, by hand\n")
    assert f"Done by hand by <@{BEA}>" in line
    assert "spam" in line
    assert "/case edit" in line
    assert hall.measures.changed == []


async def test_the_same_entry_is_one_case_however_often_it_comes(hall: Hall) -> None:
    """As its event and once more when the log is read."""
    act = hall.act(ActKind.BAN)
    await hall.learn(act, act)
    await hall.learn(act)

    assert len(await hall.dossiers()) == 1
    assert len(hall.log()) == 1


async def test_what_concord_did_itself_is_nothing_new(hall: Hall) -> None:
    """Known by its account and the case its reason names; by one of the two alone it is not."""
    ours = hall.act(
        ActKind.BAN, actor=599, by_concord=True, by_app=True, reason="Concord C-12 · a1b2c3"
    )
    await hall.learn(ours)
    assert await hall.dossiers() == []

    await hall.learn(replace(ours, entry=ours.entry + 1, actor=BEA, by_concord=False))
    await hall.learn(replace(ours, entry=ours.entry + 2, reason="something else"))

    assert len(await hall.dossiers()) == 2


async def test_nothing_is_recorded_of_bots_and_where_nothing_is_set_up(hall: Hall) -> None:
    """A bot that is banned is no member; a server nobody set up has no cases."""
    await hall.learn(hall.act(ActKind.BAN, to_app=True))
    await hall.learn(hall.act(ActKind.BAN, guild=901))

    assert await hall.dossiers() == []


async def test_a_kick_is_written_down_and_lasts_not(hall: Hall) -> None:
    """They may come back at once."""
    await hall.learn(hall.act(ActKind.KICK, reason="cool down"))

    (dossier,) = await hall.dossiers()
    assert dossier.sanctions == ()
    (line,) = hall.log()
    assert line.startswith("C-1 · something done, by hand\n")
    assert "Kicked" in line
    assert "cool down" in line


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


@pytest.mark.parametrize("by_app", [False, True])
async def test_an_unban_by_hand_lifts_the_ban(hall: Hall, by_app: bool) -> None:
    """Whoever did it; nobody is banned again."""
    await hall.decide(BAN)
    del hall.measures.bans[ADA]

    await hall.learn(hall.act(ActKind.UNBAN, actor=OTHER_BOT if by_app else CYD, by_app=by_app))

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.LIFTED
    assert hall.measures.bans == {}


async def test_an_unban_before_the_ban_does_not_lift_it(hall: Hall) -> None:
    """A log read late tells of what was before."""
    act = hall.act(ActKind.UNBAN)
    hall.clock.advance(HOUR)
    await hall.decide(BAN)

    await hall.learn(act)

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.ACTIVE


async def test_a_group_role_taken_by_a_moderator_is_a_removal(hall: Hall) -> None:
    """Of that group; other roles are nobody's business, and bots and members as they like."""
    act = hall.act(ActKind.ROLES, taken=frozenset({PAINTERS, 4242}))
    await hall.learn(
        replace(act, entry=act.entry + 1, actor=OTHER_BOT, by_app=True),
        replace(act, entry=act.entry + 2, actor=ADA),
        replace(act, entry=act.entry + 3, taken=frozenset({4242})),
    )
    assert await hall.dossiers() == []

    await hall.learn(act)

    (sanction,) = await hall.sanctions()
    assert (sanction.kind, sanction.ordered.role, sanction.ordered.group) == (
        SanctionKind.GROUP_REMOVAL,
        PAINTERS,
        "Painters",
    )


async def test_a_role_that_a_moderator_gives_back_stays_and_the_case_asks(hall: Hall) -> None:
    """The sanction stands until somebody lifts it."""
    await hall.decide(GROUP)
    hall.measures.by_hand(roles=frozenset({PAINTERS}))

    act = hall.act(ActKind.ROLES, actor=CYD, given=frozenset({PAINTERS}))
    await hall.learn(act, act)
    await hall.pass_time(HOUR)

    assert PAINTERS in hall.measures.members[ADA].roles
    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.ACTIVE
    (dossier,) = await hall.dossiers()
    assert [ruling.kind for ruling in dossier.rulings] == [RulingKind.DECIDED, RulingKind.NOTED]
    (asks,) = [line for line in hall.log() if "given back by hand" in line]
    assert f"The role <@&{PAINTERS}> was given back by hand" in asks


@pytest.mark.parametrize(("actor", "by_app"), [(OTHER_BOT, True), (ADA, False)])
async def test_a_role_that_a_bot_or_the_member_gives_back_is_taken_again(
    hall: Hall, actor: int, by_app: bool
) -> None:
    """Once for each time it is given."""
    await hall.decide(GROUP)
    for number in range(2):
        hall.measures.by_hand(roles=frozenset({PAINTERS}))
        act = hall.act(
            ActKind.ROLES, number, actor=actor, by_app=by_app, given=frozenset({PAINTERS})
        )
        await hall.learn(act, act)
        assert hall.measures.members[ADA].roles == frozenset()

    assert hall.measures.changed == [f"take {PAINTERS} {ADA}"] * 3
    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.ACTIVE


async def test_a_role_taken_and_given_back_by_hand_is_lifted(hall: Hall) -> None:
    """Concord had no part in it, so there is nothing to ask."""
    await hall.learn(hall.act(ActKind.ROLES, taken=frozenset({PAINTERS})))
    hall.clock.advance(HOUR)

    await hall.learn(hall.act(ActKind.ROLES, actor=CYD, given=frozenset({PAINTERS})))

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.LIFTED


async def test_what_automod_does_is_nobodys_decision(hall: Hall) -> None:
    """The member did not time themselves out; the end is read of Discord, the rule is named."""
    until = hall.clock.now() + HOUR
    hall.measures.by_hand(timed_out_until=until)

    await hall.learn(
        hall.act(ActKind.AUTOMOD_TIMEOUT, actor=ADA, automod_rule="No slurs"),
        hall.act(ActKind.AUTOMOD_QUARANTINE, 1, actor=ADA, automod_rule="Names"),
    )

    (sanction,) = await hall.sanctions()
    assert (sanction.kind, sanction.until) == (SanctionKind.TIMEOUT, until)
    first, second = await hall.dossiers()
    assert first.rulings[0].by is None
    assert second.sanctions == ()
    (said,) = [line for line in hall.log() if "C-1" in line]  # cases wait for nobody
    assert all(words in said for words in ("Discord's AutoMod", "No slurs"))


async def test_automods_timeout_that_is_over_is_written_down_as_over(hall: Hall) -> None:
    """Learnt of after an absence."""
    act = hall.act(ActKind.AUTOMOD_TIMEOUT, actor=ADA)
    hall.clock.advance(5 * HOUR)

    await hall.learn(act)

    (sanction,) = await hall.sanctions()
    assert sanction.state is SanctionState.EXPIRED


async def test_without_an_answer_nothing_is_guessed(hall: Hall) -> None:
    """The act is considered again later."""
    hall.measures.plan("member", Sent.LOST)

    with pytest.raises(NotKnownError):
        await hall.learn(hall.act(ActKind.AUTOMOD_TIMEOUT, actor=ADA))

    assert await hall.dossiers() == []


async def test_a_ban_made_again_by_hand_stays(hall: Hall) -> None:
    """Read late, all three at once: Concord does not undo what a moderator did in the end."""
    hall.measures.bans[ADA] = BanSeen("by hand, again")

    await hall.learn(hall.act(ActKind.BAN), hall.act(ActKind.UNBAN, 1), hall.act(ActKind.BAN, 2))

    first, second = await hall.sanctions()
    assert (first.state, second.state) == (SanctionState.LIFTED, SanctionState.ACTIVE)
    assert ADA in hall.measures.bans
    assert hall.measures.changed == []


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
