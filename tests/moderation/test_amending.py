"""What was decided can be lifted, taken back, changed, noted upon; history stays readable."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.action import Action
from bot.model.case import CaseState
from bot.model.intent import IntentKind, IntentState
from bot.model.order import Amendment, AmendmentOrder, Carried, Proposal, Refusal, Wanted
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionKind, SanctionState
from bot.ports import Transaction
from tests.making import ADA, BEA, GUILD, NOON
from tests.moderating import (
    BAN,
    DAY,
    FIRST,
    SECOND,
    TIMEOUT,
    WARNING,
    Office,
    order,
    rude,
    standing,
)


async def removed(office: Office, case: int) -> None:
    """Let a case's removals be done, as enforcement leaves them."""
    for one in await office.store.intents(case):
        if one.kind is IntentKind.DELETE:
            await office.store.write(lambda tx, one=one: settle(tx, one.id, case, office))  # type: ignore[misc]


async def settle(tx: Transaction, intent: int, case: int, office: Office) -> None:
    """Settle an intent as done."""
    known = next(one for one in await office.store.intents(case) if one.id == intent)
    await tx.settle(replace(known, state=IntentState.DONE, outcome="removed"), office.clock.now())


async def test_lifting_ends_a_sanction_now(office: Office) -> None:
    """The end that waited for its time is brought forward; points stay; the member is told."""
    done = await office.carried(order(TIMEOUT, WARNING))
    office.clock.advance(timedelta(hours=1))

    lifted = await office.amended(done.case, Amendment.LIFT, words="Thank you.")

    assert isinstance(lifted, Carried)
    states = {one.kind: one.state for one in await office.sanctions()}
    assert states == {
        SanctionKind.TIMEOUT: SanctionState.LIFTED,
        SanctionKind.WARNING: SanctionState.ORDERED,
    }
    intents = await office.intents(done.case)
    end = next(one for one in intents.values() if one.kind is IntentKind.END)
    assert end.not_before == office.clock.now()
    assert f"notice:ruling:{lifted.ruling}" in intents
    assert (await office.casebook.points(GUILD, ADA)).now > 0


async def test_lifting_what_has_no_end_gives_it_one(office: Office) -> None:
    """A ban without end waits for nothing; lifting asks for its end."""
    done = await office.carried(order(BAN))
    (ban,) = await office.sanctions()

    await office.amended(done.case, Amendment.LIFT)

    assert (await office.intents(done.case))[f"end:{ban.id}"].not_before == NOON


async def test_lifting_again_says_who_lifted_it(office: Office) -> None:
    """The second moderator is told what the first did."""
    done = await office.carried(order(BAN))

    first, second = await asyncio.gather(
        office.amended(done.case, Amendment.LIFT),
        office.amended(done.case, Amendment.LIFT, "a2", actor=SECOND),
    )

    assert isinstance(first, Carried)
    assert isinstance(second, Refusal)
    assert second.by_other == first.ruling
    assert f"<@{BEA}> lifted this" in second.reasons[1]


async def test_a_change_with_the_same_key_is_made_once(office: Office) -> None:
    """A button pressed twice lifts once."""
    done = await office.carried(order(BAN))

    first = await office.amended(done.case, Amendment.LIFT)
    again = await office.amended(done.case, Amendment.LIFT)

    assert isinstance(first, Carried)
    assert isinstance(again, Carried)
    assert (first.repeated, again.repeated) == (False, True)
    assert again.ruling == first.ruling


async def test_a_void_takes_everything_back(office: Office) -> None:
    """Sanctions end, points are gone, posts come back as quotes, and the member hears of it."""
    post = rude()
    done = await office.carried(order(TIMEOUT, WARNING, removes=(post,)))
    await removed(office, done.case)

    voided = await office.amended(done.case, Amendment.VOID)

    assert isinstance(voided, Carried)
    assert {one.state for one in await office.sanctions()} == {SanctionState.VOIDED}
    assert (await office.casebook.points(GUILD, ADA)).now == 0
    dossier = await office.dossier(done.case)
    assert [one.action for one in dossier.case.posts] == [Action.ALLOW]
    intents = await office.intents(done.case)
    assert intents[f"restore:{post.message}"].ruling == voided.ruling
    assert f"notice:ruling:{voided.ruling}" in intents


async def test_a_void_without_giving_back_posts_nothing(office: Office) -> None:
    """Where the moderator says so, or the words are erased."""
    done = await office.carried(order(WARNING, removes=(rude(),)))
    await removed(office, done.case)

    await office.amended(done.case, Amendment.VOID, restore=False)

    kinds = {one.kind for one in (await office.intents(done.case)).values()}
    assert IntentKind.RESTORE not in kinds


async def test_erased_words_are_not_posted_again(office: Office) -> None:
    """What is gone is gone, and the preview says so."""
    done = await office.carried(order(WARNING, removes=(rude(),)))
    await removed(office, done.case)
    await office.casebook.erase(GUILD, ADA)
    wanted = AmendmentOrder("a1", GUILD, BEA, done.case, Amendment.VOID)

    proposal = await office.moderation.propose_amendment(wanted, standing())
    await office.moderation.amend(wanted, standing())

    assert isinstance(proposal, Proposal)
    assert "The words of 1 post are erased" in proposal.warnings[-1]
    kinds = {one.kind for one in (await office.intents(done.case)).values()}
    assert IntentKind.RESTORE not in kinds


async def test_a_removal_that_was_not_tried_yet_is_dropped_by_a_void(office: Office) -> None:
    """The post still stands: it is neither removed nor posted twice."""
    post = rude()
    done = await office.carried(order(removes=(post,)))

    await office.amended(done.case, Amendment.VOID)

    intents = await office.intents(done.case)
    assert intents[f"delete:{post.message}"].state is IntentState.DROPPED
    assert f"restore:{post.message}" not in intents


async def test_an_automatic_removal_is_voided_in_the_same_way(office: Office) -> None:
    """What Concord did wrong by itself is given back too."""
    case = await office.found()
    await removed(office, case)

    done = await office.amended(case, Amendment.VOID)

    assert isinstance(done, Carried)
    dossier = await office.dossier(case)
    assert dossier.case.state is CaseState.CLOSED
    assert [one.action for one in dossier.case.posts] == [Action.ALLOW]
    assert f"log-edit:ruling:{done.ruling}" in {one.key for one in dossier.intents}


async def test_what_is_voided_cannot_be_voided_or_edited_again(office: Office) -> None:
    """Nothing of it stands any more."""
    done = await office.carried(order(TIMEOUT))
    await office.amended(done.case, Amendment.VOID)

    again = await office.amended(done.case, Amendment.VOID, "a2", actor=SECOND)
    edited = await office.amended(done.case, Amendment.EDIT, "a3", rule="hate")

    assert isinstance(again, Refusal)
    assert again.by_other is not None
    assert isinstance(edited, Refusal)


async def test_an_end_that_is_moved_is_ordered_anew(office: Office) -> None:
    """The waiting end goes to its new time, and Discord is shown the new one."""
    done = await office.carried(order(TIMEOUT))
    (timeout,) = await office.sanctions()

    edited = await office.amended(done.case, Amendment.EDIT, duration=3 * DAY)

    assert isinstance(edited, Carried)
    assert edited.until == NOON + 3 * DAY
    assert [one.until for one in await office.sanctions()] == [NOON + 3 * DAY]
    intents = await office.intents(done.case)
    assert intents[f"end:{timeout.id}"].not_before == NOON + 3 * DAY
    assert f"keep:{timeout.id}:r{edited.ruling}" in intents
    (change,) = (await office.dossier(done.case)).ruling(edited.ruling).changes
    assert (change.before, change.after) == ("2026-11-21 12:00 UTC", "2026-11-23 12:00 UTC")


async def test_an_end_can_be_taken_away_and_given_again(office: Office) -> None:
    """Without end nothing waits; with one again, something does."""
    done = await office.carried(order(TIMEOUT))
    (timeout,) = await office.sanctions()

    await office.amended(done.case, Amendment.EDIT, endless=True)
    without = await office.intents(done.case)
    await office.amended(done.case, Amendment.EDIT, "a2", duration=2 * DAY)

    assert without[f"end:{timeout.id}"].state is IntentState.DROPPED
    ends = [
        one
        for one in (await office.intents(done.case)).values()
        if one.kind is IntentKind.END and one.state is IntentState.PENDING
    ]
    assert [one.not_before for one in ends] == [NOON + 2 * DAY]


async def test_an_end_in_the_past_is_no_edit(office: Office) -> None:
    """Who wants it over now, lifts it."""
    done = await office.carried(order(TIMEOUT))
    office.clock.advance(timedelta(hours=5))

    refusal = await office.amended(done.case, Amendment.EDIT, duration=timedelta(hours=4))

    assert isinstance(refusal, Refusal)
    assert "please lift it" in refusal.reasons[0]


async def test_an_edit_keeps_what_was_before(office: Office) -> None:
    """Rule and note are other ones now; the first ruling says what it said."""
    done = await office.carried(order(WARNING, words="First words."))

    edited = await office.amended(done.case, Amendment.EDIT, rule="hate", words="Better words.")

    assert isinstance(edited, Carried)
    dossier = await office.dossier(done.case)
    first, second = dossier.rulings
    assert (first.rule, first.words) == ("vulgarity", "First words.")
    assert [(one.what, one.before, one.after) for one in second.changes] == [
        ("rule", "vulgarity", "hate"),
        ("note", "First words.", "Better words."),
    ]
    assert [one.rule for one in dossier.sanctions] == ["hate"]


async def test_an_edit_that_changes_nothing_is_refused(office: Office) -> None:
    """No ruling, no notice."""
    done = await office.carried(order(TIMEOUT))

    refusal = await office.amended(done.case, Amendment.EDIT, rule="vulgarity", duration=DAY)

    assert isinstance(refusal, Refusal)
    assert len((await office.dossier(done.case)).rulings) == 1


async def test_a_note_reaches_nobody_but_moderators(office: Office) -> None:
    """Nothing is sent, and words meant for the member are not kept with it."""
    done = await office.carried(order(TIMEOUT))
    before = await office.intents(done.case)

    noted = await office.amended(
        done.case, Amendment.NOTE, internal="Watch this one.", words="Do not tell."
    )

    assert isinstance(noted, Carried)
    ruling = (await office.dossier(done.case)).ruling(noted.ruling)
    assert (ruling.kind, ruling.internal, ruling.words) == (
        RulingKind.NOTED,
        "Watch this one.",
        "",
    )
    assert await office.intents(done.case) == before


async def test_a_note_leaves_an_open_case_open(office: Office) -> None:
    """Writing something down decides nothing."""
    case = await office.found(action=Action.REVIEW)

    await office.amended(case, Amendment.NOTE, internal="I ask Cyd.")

    assert (await office.dossier(case)).case.state is CaseState.OPEN


async def test_a_case_can_be_closed_without_consequence(office: Office) -> None:
    """The moderator looked, the post stands, and the member hears nothing."""
    case = await office.found(action=Action.REVIEW)

    kept = await office.amended(case, Amendment.KEEP)
    again = await office.amended(case, Amendment.KEEP, "a2", actor=SECOND)

    assert isinstance(kept, Carried)
    dossier = await office.dossier(case)
    assert dossier.case.state is CaseState.CLOSED
    assert IntentKind.NOTICE not in {one.kind for one in dossier.intents}
    assert isinstance(again, Refusal)
    assert again.by_other == kept.ruling


async def test_what_concord_removed_is_confirmed_or_voided_not_kept(office: Office) -> None:
    """To let it stand would say nothing about the removal."""
    case = await office.found()

    refusal = await office.amended(case, Amendment.KEEP)

    assert isinstance(refusal, Refusal)
    assert "voiding" in refusal.reasons[0]


async def test_nobody_amends_their_own_case(office: Office) -> None:
    """Whoever became a moderator meanwhile asks another one."""
    done = await office.carried(order(TIMEOUT))
    own = replace(FIRST, user=ADA)
    wanted = AmendmentOrder("a1", GUILD, ADA, done.case, Amendment.LIFT)

    refusal = await office.moderation.amend(wanted, standing(own, subject=own))

    assert isinstance(refusal, Refusal)
    assert "Nobody decides about themselves" in refusal.reasons[0]


async def test_one_sanction_of_several_is_lifted(office: Office) -> None:
    """The others stay in force."""
    board = Wanted(SanctionKind.BOARD_REMOVAL, DAY, board="art")
    done = await office.carried(order(TIMEOUT, board))
    timeout, _ = await office.sanctions()

    await office.amended(done.case, Amendment.LIFT, sanctions=(timeout.id,))

    states = {one.kind: one.in_force for one in await office.sanctions()}
    assert states == {SanctionKind.TIMEOUT: False, SanctionKind.BOARD_REMOVAL: True}


async def test_a_proposed_change_changes_nothing_and_says_what_it_would(office: Office) -> None:
    """Line by line, and with the notice."""
    done = await office.carried(order(TIMEOUT))
    wanted = AmendmentOrder("a1", GUILD, BEA, done.case, Amendment.VOID)

    proposal = await office.moderation.propose_amendment(wanted, standing())

    assert isinstance(proposal, Proposal)
    assert proposal.order == replace(wanted, shown_at=office.clock.now())
    assert any("counts for nothing" in one for one in proposal.happens)
    assert proposal.member_reads
    assert [one.state for one in await office.sanctions()] == [SanctionState.ORDERED]


async def test_what_is_being_removed_just_now_is_not_taken_back_yet(office: Office) -> None:
    """The moderator tries again in a moment; nothing was changed, and nothing is called off."""
    post = rude()
    done = await office.carried(order(removes=(post,)))
    delete = (await office.intents(done.case))[f"delete:{post.message}"]
    office.carrying.under_way = {delete.id}

    refusal = await office.amended(done.case, Amendment.VOID)
    office.carrying.under_way = set()
    voided = await office.amended(done.case, Amendment.VOID)

    assert isinstance(refusal, Refusal)
    assert "try again" in refusal.reasons[0]
    assert isinstance(voided, Carried)
    assert office.carrying.called_off == {delete.id}


async def ended_badly(office: Office, case: int) -> None:
    """Let Discord refuse the ends of a case's sanctions."""
    for one in await office.store.intents(case):
        if one.kind is IntentKind.END and one.state is IntentState.PENDING:
            failed = replace(one, state=IntentState.FAILED, outcome="Concord is not allowed to")
            await office.store.write(lambda tx, failed=failed: tx.settle(failed, NOON))  # type: ignore[misc]


@pytest.mark.parametrize("amendment", [Amendment.LIFT, Amendment.VOID])
async def test_an_end_that_discord_refused_is_ordered_again(
    office: Office, amendment: Amendment
) -> None:
    """Once the permission is back, the same command tries again; what was decided stays."""
    done = await office.carried(order(BAN))
    await office.amended(done.case, amendment)
    await ended_badly(office, done.case)
    (before,) = await office.sanctions()

    again = await office.amended(done.case, amendment, "a2", actor=SECOND)

    assert isinstance(again, Carried)
    (after,) = await office.sanctions()
    assert after.state is before.state
    ends = [one for one in await office.store.intents(done.case) if one.kind is IntentKind.END]
    assert [one.state for one in ends] == [IntentState.FAILED, IntentState.PENDING]
