"""What another moderator decided about the same member or case is told first, whatever it was."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.drafts import WAITS
from bot.model.action import Action
from bot.model.order import Amendment, AmendmentOrder, Carried, Order, Proposal, Refusal, Wanted
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionDraft, SanctionKind
from bot.moderation.others import meanwhile
from tests.making import BEA, GUILD, NOON, policy
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
from tests.wording.samples import dossier, ruling, sanction

_BY_SECOND = order(BAN, key="i2", by=SECOND.user)


async def shown(office: Office, wanted: Order) -> Order:
    """Return an order as it waits after its preview."""
    proposal = await office.moderation.propose(wanted, standing(SECOND))
    assert isinstance(proposal, Proposal)
    assert isinstance(proposal.order, Order)
    return proposal.order


async def test_the_second_is_told_whatever_the_first_chose(office: Office) -> None:
    """A member is not punished three times for one quarrel by three who know nothing of it."""
    first = await office.carried(order(TIMEOUT))
    removal = order(key="i3", by=SECOND.user, removes=(rude(1),))

    banned = await office.refused(_BY_SECOND, SECOND)
    removed = await office.refused(removal, SECOND)

    assert banned.by_other == removed.by_other == first.ruling
    assert f"<@{BEA}> decided this: Timeout" in banned.reasons[0]
    assert "(C-1)" in banned.reasons[0]


async def test_the_second_is_told_of_a_removal_without_a_sanction(office: Office) -> None:
    """That is a decision too."""
    await office.carried(order(removes=(rude(1),)))

    refusal = await office.refused(_BY_SECOND, SECOND)

    assert "1 post removed" in refusal.reasons[0]


async def test_what_was_decided_since_the_preview_is_told_however_late(office: Office) -> None:
    """A preview waits for a day; what it says is old by then."""
    waits = await shown(office, _BY_SECOND)
    office.clock.advance(timedelta(minutes=1))
    mine = await office.carried(order(Wanted(SanctionKind.BAN, 3 * DAY)))
    office.clock.advance(WAITS - timedelta(minutes=2))

    refusal = await office.moderation.carry_out(waits, standing(SECOND))

    assert isinstance(refusal, Refusal)
    assert refusal.by_other == mine.ruling
    again = replace(waits, despite=refusal.by_other)
    assert isinstance(await office.moderation.carry_out(again, standing(SECOND)), Carried)


async def test_what_the_preview_told_is_not_told_again(office: Office) -> None:
    """However late it is confirmed; what came after it is."""
    await office.carried(order(TIMEOUT))
    waits = await shown(office, _BY_SECOND)
    office.clock.advance(timedelta(hours=3))

    done = await office.moderation.carry_out(waits, standing(SECOND))

    assert isinstance(done, Carried)


async def test_that_it_was_taken_back_since_the_preview_is_told(office: Office) -> None:
    """Whoever was shown a decision, and confirms another, reads that the first was a mistake."""
    first = await office.carried(order(TIMEOUT))
    waits = await shown(office, _BY_SECOND)
    await office.amended(first.case, Amendment.VOID, actor=FIRST)
    office.clock.advance(timedelta(hours=3))

    refusal = await office.moderation.carry_out(waits, standing(SECOND))

    assert isinstance(refusal, Refusal)
    assert len(refusal.reasons) == 1
    assert "found that this was a mistake" in refusal.reasons[0]


@dataclass(frozen=True, slots=True)
class Amended:
    """A change that waits, and what its moderator was shown."""

    shown: Proposal
    order: AmendmentOrder


async def waiting(office: Office, case: int, amendment: Amendment, **changes: object) -> Amended:
    """Return a change by the second moderator as it waits after its preview."""
    whole = replace(AmendmentOrder("w1", GUILD, SECOND.user, case, amendment), **changes)  # type: ignore[arg-type]
    proposal = await office.moderation.propose_amendment(whole, standing(SECOND))
    assert isinstance(proposal, Proposal)
    assert isinstance(proposal.order, AmendmentOrder)
    return Amended(proposal, proposal.order)


CHANGES = [
    (Amendment.VOID, {}),
    (Amendment.LIFT, {}),
    (Amendment.EDIT, {"duration": 10 * DAY}),
]


@pytest.mark.parametrize(("amendment", "changes"), CHANGES)
async def test_what_another_changed_since_a_preview_is_told_before_it_is_undone(
    office: Office, amendment: Amendment, changes: dict[str, object]
) -> None:
    """Void, lift and edit alike: nothing of it is done until the second says so."""
    done = await office.carried(order(Wanted(SanctionKind.BAN, 3 * DAY)))
    office.clock.advance(timedelta(hours=1))
    waits = await waiting(office, done.case, amendment, **changes)
    office.clock.advance(timedelta(minutes=1))
    edited = await office.amended(done.case, Amendment.EDIT, duration=30 * DAY, words="Again.")
    assert isinstance(edited, Carried)
    office.clock.advance(WAITS - timedelta(minutes=2))

    refusal = await office.moderation.amend(waits.order, standing(SECOND))

    assert waits.shown.despite is None
    assert isinstance(refusal, Refusal)
    assert refusal.by_other == edited.ruling
    (ban,) = await office.sanctions()
    assert (ban.until, ban.in_force) == (ban.at + 30 * DAY, True)
    assert f"<@{BEA}> changed this: Ban until" in refusal.reasons[0]
    assert "(30 days); another note to the member" in refusal.reasons[0]
    again = replace(waits.order, despite=refusal.by_other)
    assert isinstance(await office.moderation.amend(again, standing(SECOND)), Carried)


async def test_nothing_follows_is_not_said_over_a_decision_that_stands(office: Office) -> None:
    """Who looked at an open case and found nothing reads what another decided about it."""
    case = await office.found(action=Action.REVIEW)
    waits = await waiting(office, case, Amendment.KEEP)
    await office.carried(order(WARNING, case=case))

    refusal = await office.moderation.amend(waits.order, standing(SECOND))

    assert isinstance(refusal, Refusal)
    assert f"<@{BEA}> decided this: Warning" in " ".join(refusal.reasons)


async def test_of_two_who_change_a_case_at_once_the_second_is_told(office: Office) -> None:
    """Neither saw a preview; who asks within minutes is shown what the other did."""
    done = await office.carried(order(TIMEOUT))
    office.clock.advance(timedelta(hours=1))
    first = await office.amended(done.case, Amendment.EDIT, duration=10 * DAY)
    assert isinstance(first, Carried)
    office.clock.advance(timedelta(seconds=1))
    second = AmendmentOrder(
        "a2", GUILD, SECOND.user, done.case, Amendment.EDIT, duration=timedelta(days=2)
    )

    waits = await waiting(office, done.case, Amendment.EDIT, duration=timedelta(days=2))
    refusal = await office.moderation.amend(second, standing(SECOND))

    assert waits.shown.despite == first.ruling
    assert "changed this: Timeout until" in waits.shown.warnings[0]
    assert isinstance(refusal, Refusal)
    assert refusal.by_other == first.ruling


async def test_what_a_changes_preview_told_is_not_told_again(office: Office) -> None:
    """However late it is confirmed."""
    done = await office.carried(order(BAN))
    waits = await waiting(office, done.case, Amendment.LIFT)
    office.clock.advance(timedelta(hours=3))

    assert waits.shown.warnings
    assert isinstance(await office.moderation.amend(waits.order, standing(SECOND)), Carried)


async def test_ones_own_decision_an_old_one_and_a_note_hold_up_no_change(office: Office) -> None:
    """What the preview showed, and what decides nothing, is nobody's surprise."""
    done = await office.carried(order(BAN))
    office.clock.advance(policy().practice.same_matter + timedelta(seconds=1))
    own = await office.amended(done.case, Amendment.EDIT, "a0", actor=SECOND, duration=3 * DAY)
    await office.amended(done.case, Amendment.NOTE, "a1", internal="We talked.")
    noted = await office.amended(
        done.case, Amendment.NOTE, "a3", actor=SECOND, internal="So did we."
    )
    waits = await waiting(office, done.case, Amendment.VOID)

    voided = await office.moderation.amend(waits.order, standing(SECOND))

    assert isinstance(own, Carried)
    assert isinstance(noted, Carried)
    assert waits.shown.despite is None
    assert isinstance(voided, Carried)


async def test_a_note_about_a_case_is_taken_whatever_others_decided(office: Office) -> None:
    """It changes nothing of theirs."""
    done = await office.carried(order(BAN))
    waits = await waiting(office, done.case, Amendment.NOTE, internal="I was there.")

    assert waits.shown.despite is None
    assert isinstance(await office.moderation.amend(waits.order, standing(SECOND)), Carried)


async def test_an_edit_that_can_be_made_no_more_says_who_decided_meanwhile(office: Office) -> None:
    """Voided since its preview was shown: there is nothing left to change, and it says why."""
    done = await office.carried(order(TIMEOUT))
    waits = await waiting(office, done.case, Amendment.EDIT, duration=10 * DAY)
    office.clock.advance(timedelta(hours=1))
    await office.amended(done.case, Amendment.VOID)

    refusal = await office.moderation.amend(waits.order, standing(SECOND))

    assert isinstance(refusal, Refusal)
    assert refusal.by_other is None
    assert "no decision that could be changed" in refusal.reasons[0]
    assert f"<@{BEA}> found that this was a mistake" in refusal.reasons[-1]


@pytest.mark.parametrize(
    ("amendment", "changes", "told"),
    [
        (Amendment.EDIT, {"rule": "vulgarity"}, False),
        (Amendment.EDIT, {"rule": "vulgarity", "endless": True}, True),
        (Amendment.VOID, {}, True),
    ],
)
def test_naming_the_guideline_of_what_was_done_by_hand_is_held_up_by_nobody(
    amendment: Amendment, changes: dict[str, object], told: bool
) -> None:
    """Its line asks for it; to move its end or to take it back is something else."""
    by_hand = ruling(RulingKind.BY_HAND, rule=None, by=BEA, sanctions=(1,))
    case = dossier(by_hand, sanctions=(sanction(SanctionDraft(SanctionKind.TIMEOUT)),))
    wanted = replace(AmendmentOrder("a1", GUILD, SECOND.user, 7, amendment), **changes)  # type: ignore[arg-type]

    found = meanwhile(wanted, case, NOON, policy().practice.same_matter)

    assert bool(found) is told
