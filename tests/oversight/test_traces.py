"""What is done by hand and leaves nothing to uphold is written down: on boards, once a burst."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.action import Action
from bot.model.case import CaseOrigin, CaseState
from bot.model.community import Place
from bot.model.manual_act import ActKind, ManualAct
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionKind
from bot.oversight.unknown import NotKnownError
from bot.policy.writing import SEEING, WRITING
from bot.ports import OverwriteSeen
from bot.upholding import denials
from tests.enforcing import Scene
from tests.fakes import Sent
from tests.making import ADA, ART, BEA, CYD, GENERAL, GUILD, LOUNGE, STAFF, community
from tests.overseeing import BURST, OTHER_BOT, Hall
from tests.sanctioning import draft

SENDING = WRITING["send_messages"]
PINNING = 1 << 13
REACTING = WRITING["add_reactions"]


def deleted(hall: Hall, number: int = 0, **changes: object) -> ManualAct:
    """Return that Bea deletes a post of Ada's in General."""
    where = {"channel": GENERAL, "places": (GENERAL,)}
    return hall.act(ActKind.POST_DELETED, number, **(where | changes))


def blocked(hall: Hall, number: int = 0, **changes: object) -> ManualAct:
    """Return that AutoMod keeps back a message of Ada's in General."""
    where = {"channel": GENERAL, "places": (GENERAL,), "actor": ADA, "automod_rule": "No pills"}
    return hall.act(ActKind.AUTOMOD_BLOCK, number, **(where | changes))


def denied(hall: Hall, number: int = 0, **changes: object) -> ManualAct:
    """Return that Bea denies Ada to send messages in General."""
    where = {"channel": GENERAL, "places": (GENERAL,), "denied": SENDING}
    return hall.act(ActKind.OVERWRITE, number, **(where | changes))


async def test_a_post_deleted_by_hand_is_a_case_that_counts_for_nothing(hall: Hall) -> None:
    """Nothing is in force, nobody is told; the line says where, by whom, and asks which rule."""
    await hall.learn(deleted(hall, reason="off *topic*"))

    (dossier,) = await hall.dossiers()
    (ruling,) = dossier.rulings
    assert (dossier.case.origin, dossier.case.state) == (CaseOrigin.BY_HAND, CaseState.CLOSED)
    assert dossier.sanctions == ()
    assert (ruling.kind, ruling.by, ruling.rule, ruling.tells) == (
        RulingKind.BY_HAND,
        BEA,
        None,
        False,
    )
    (line,) = hall.log()
    assert line.startswith("C-1 · posts deleted, by hand\n")
    assert f"<@{ADA}> · Done by hand by <@{BEA}>" in line
    assert f"• Posts of theirs in <#{GENERAL}> were deleted by hand" in line
    assert "nobody has said which guideline" in line
    assert "topic" in line


async def test_deletions_of_a_burst_are_one_case(hall: Hall) -> None:
    """By another, in another channel, or later, it is another one."""
    await hall.learn(deleted(hall), deleted(hall, 1))
    hall.clock.advance(BURST)
    await hall.learn(deleted(hall, 2))
    assert len(await hall.dossiers()) == 1

    await hall.learn(deleted(hall, 3, actor=CYD))
    await hall.learn(deleted(hall, 4, channel=ART, places=(ART,)))
    hall.clock.advance(timedelta(seconds=1))
    await hall.learn(deleted(hall, 5))

    assert len(await hall.dossiers()) == 4


async def test_a_thread_and_a_channel_of_a_boards_category_are_the_board(hall: Hall) -> None:
    """The whole way from the inside out counts."""
    await hall.learn(deleted(hall, channel=777, places=(777, GENERAL)))

    assert "in <#777> were deleted" in hall.log()[0]


@pytest.mark.parametrize("where", [(LOUNGE,), (STAFF,), (STAFF, GENERAL)])
async def test_off_the_boards_nothing_is_written_down(hall: Hall, where: tuple[int, ...]) -> None:
    """What is not screened, or is excluded, is nobody's business."""
    staff = community(excluded=(Place("staff", STAFF),))
    await hall.store.write(lambda tx: tx.set_community(GUILD, staff, hall.clock.now()))

    await hall.learn(
        deleted(hall, 1, channel=where[0], places=where),
        blocked(hall, 2, channel=where[0], places=where),
        denied(hall, 3, channel=where[0], places=where),
    )

    assert await hall.dossiers() == []


async def test_what_concord_deletes_or_a_member_does_alone_is_no_act_by_hand(hall: Hall) -> None:
    """Nor what is done to a bot, or to a webhook or somebody who has left."""
    await hall.learn(
        deleted(hall, 1, actor=599, by_concord=True, by_app=True, reason="Concord, case intent a1"),
        deleted(hall, 2, actor=ADA),
        deleted(hall, 3, to_app=True),
        deleted(hall, 4, target=4242),
        denied(hall, 5, actor=ADA),
        denied(hall, 6, actor=599, by_concord=True, by_app=True),
    )

    assert await hall.dossiers() == []


async def test_it_is_considered_again_if_discord_does_not_answer(hall: Hall) -> None:
    """Nothing is lost, and nothing guessed."""
    act = deleted(hall)
    hall.measures.plan("member", Sent.LATER)
    with pytest.raises(NotKnownError):
        await hall.learn(act)
    assert await hall.dossiers() == []

    await hall.learn(act, act)

    assert len(await hall.dossiers()) == 1


async def test_it_is_noted_where_a_moderator_is_asked_about_a_post_of_that_channel(
    hall: Hall,
) -> None:
    """The open case stays open, its line in the log says so, and no further case is opened."""
    await Scene.decide(hall, action=Action.REVIEW)
    await hall.learn(deleted(hall), deleted(hall, 1))

    (dossier,) = await hall.dossiers()
    assert dossier.case.state is CaseState.OPEN
    (ruling,) = dossier.rulings
    assert (ruling.kind, ruling.by) == (RulingKind.NOTED, BEA)
    line = hall.log()[-1]
    assert line.startswith("C-1 · please look at this")
    assert f"Done by hand by <@{BEA}>" in line
    assert f"• Posts of theirs in <#{GENERAL}> were deleted by hand" in line


async def test_an_open_case_about_another_channel_has_nothing_to_do_with_it(hall: Hall) -> None:
    """A case of its own is opened."""
    await Scene.decide(hall, action=Action.REVIEW)
    await hall.learn(deleted(hall, channel=ART, places=(ART,)))

    assert [one.case.origin for one in await hall.dossiers()] == [
        CaseOrigin.SCREENING,
        CaseOrigin.BY_HAND,
    ]


async def test_a_message_that_automod_kept_back_is_a_case(hall: Hall) -> None:
    """The line names AutoMod's rule, once; nobody is said to have done it to themselves."""
    await hall.learn(blocked(hall, automod_rule="No *pills*"))

    (line,) = hall.log()
    assert line.startswith("C-1 · a message kept back, by hand\n")
    assert "Done by hand by Discord's AutoMod" in line
    kept = f"• Discord's AutoMod kept a message in <#{GENERAL}> from appearing (its rule"
    assert f'{kept} "No \\*pills\\*")' in line
    assert line.count("pills") == 1


async def test_a_spammer_against_automod_does_not_fill_the_log(hall: Hall) -> None:
    """One line an hour for one channel and rule."""
    for number in range(60):
        await hall.learn(blocked(hall, number))
        hall.clock.advance(timedelta(minutes=1))
    assert len(hall.log()) == 1

    hall.clock.advance(timedelta(minutes=1))
    await hall.learn(blocked(hall, 60), blocked(hall, 61, automod_rule="Another"))

    assert len(hall.log()) == 3


@pytest.mark.parametrize("timeout_first", [False, True])
async def test_what_automod_does_about_one_message_is_one_case(
    hall: Hall, timeout_first: bool
) -> None:
    """The message kept back and the timeout, in whatever order they are learnt of."""
    until = hall.clock.now() + timedelta(hours=1)
    hall.measures.by_hand(timed_out_until=until)
    kept = blocked(hall, 1)
    timeout = hall.act(ActKind.AUTOMOD_TIMEOUT, 2, actor=ADA, automod_rule="No pills")
    await hall.learn(*((timeout, kept) if timeout_first else (kept, timeout)))

    (dossier,) = await hall.dossiers()
    (sanction,) = dossier.sanctions
    assert (sanction.kind, sanction.until) == (SanctionKind.TIMEOUT, until)


async def test_an_automod_timeout_by_another_rule_is_a_case_of_its_own(hall: Hall) -> None:
    """It followed from something else."""
    await hall.learn(blocked(hall), hall.act(ActKind.AUTOMOD_TIMEOUT, 1, actor=ADA))

    assert len(await hall.dossiers()) == 2


@pytest.mark.parametrize("by_app", [False, True])
async def test_a_board_closed_to_a_member_by_hand_is_a_case(hall: Hall, by_app: bool) -> None:
    """What they may do no more, in words; nothing is upheld, and given back it is nothing more."""
    actor = OTHER_BOT if by_app else BEA
    await hall.learn(
        denied(hall, actor=actor, by_app=by_app, denied=SENDING | SEEING | PINNING),
        denied(hall, 1, denied=0),
    )

    (dossier,) = await hall.dossiers()
    assert dossier.sanctions == ()
    (line,) = hall.log()
    assert line.startswith("C-1 · permissions denied, by hand\n")
    assert f"<@{actor}>" in line
    assert f"• Denied to them in <#{GENERAL}>: Send Messages, View Channel" in line
    assert hall.measures.changed == []


async def test_what_a_removal_does_not_take_is_no_board_closed(hall: Hall) -> None:
    """A member who may no longer pin messages can write all the same."""
    await hall.learn(denied(hall, denied=PINNING))

    assert await hall.dossiers() == []


async def test_a_category_that_boards_are_in_step_with_closes_them(hall: Hall) -> None:
    """The audit log names the category alone; one with no board in step closes none."""
    hall.measures.categories |= {GENERAL: 300, 300: None}
    await hall.learn(denied(hall, channel=300, places=(300,)))
    assert await hall.dossiers() == []

    hall.measures.synced = {GENERAL}
    await hall.learn(denied(hall, 1, channel=300, places=(300,)))

    assert "<#300>" in hall.log()[0]


async def test_who_denies_what_concord_denies_anyway_does_nothing_new(hall: Hall) -> None:
    """A moderator gives permissions back and takes them again: the removal says it all."""
    await hall.decide(draft(SanctionKind.BOARD_REMOVAL))
    shut = hall.measures.overwrites[ART, ADA]
    again = denied(hall, channel=ART, places=(ART,), denied=shut.deny)
    await hall.learn(again)
    assert len(await hall.dossiers()) == 1

    hall.measures.put(ART, ADA, OverwriteSeen(0, shut.deny | SEEING))
    await hall.learn(replace(again, entry=again.entry + 1, denied=SEEING))

    assert f"Denied to them in <#{ART}>: View Channel" in hall.log()[-1]


async def test_a_channel_brought_in_step_with_its_category_is_closed_by_nobody(hall: Hall) -> None:
    """Discord names who pressed it for each member's permissions that are copied to it."""
    await hall.decide(draft(SanctionKind.BOARD_REMOVAL))
    hall.measures.put(ART, ADA, denials.denied(hall.measures.overwrites[ART, ADA], SEEING))
    copied = hall.measures.overwrites[ART, ADA]
    hall.measures.categories[211] = ART
    hall.measures.put(211, ADA, copied)
    sync = denied(hall, channel=211, places=(211, ART), denied=copied.deny)

    await hall.learn(sync)
    assert len(await hall.dossiers()) == 1


async def test_what_a_moderator_denies_beside_what_the_category_denies_is_written_down(
    hall: Hall,
) -> None:
    """Of both no more than what is new."""
    hall.measures.categories |= {211: ART}
    hall.measures.put(ART, ADA, OverwriteSeen(0, SENDING))
    both = SENDING | REACTING

    await hall.learn(denied(hall, channel=211, places=(211, ART), denied=both))

    (line,) = hall.log()
    assert "Denied to them in <#211>: Add Reactions" in line
    assert "Send Messages" not in line
