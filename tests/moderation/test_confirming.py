"""Saying that Concord was right, and notes: what moderators read of it afterwards."""

from bot.model.order import Amendment, Carried, Proposal
from bot.model.ruling import RulingKind
from tests.moderating import TIMEOUT, Office, order, standing


async def test_who_says_that_concord_was_right_need_not_justify_it(office: Office) -> None:
    """It goes at once, is said to be confirmed, and is no deviation from the ladder."""
    case = await office.found()
    wanted = order(case=case, because="")

    proposal = await office.moderation.propose(wanted, standing())
    done = await office.carried(wanted)

    assert isinstance(proposal, Proposal)
    assert (proposal.warnings, proposal.irreversible, proposal.deviates) == ((), False, False)
    assert done.happens == ("What Concord removed by itself is confirmed: 1 post.",)
    assert (await office.dossier(case)).rulings[-1].because == ""


async def test_a_note_in_the_form_for_changes_is_not_lost(office: Office) -> None:
    """Where nothing else is to change it is a note."""
    first = await office.carried(order(TIMEOUT))

    noted = await office.amended(first.case, Amendment.EDIT, internal="Watch this.")

    assert isinstance(noted, Carried)
    assert noted.happens == ("A note for moderators is added; nobody else reads it.",)
    ruling = (await office.dossier(first.case)).rulings[-1]
    assert (ruling.kind, ruling.internal, ruling.tells) == (RulingKind.NOTED, "Watch this.", False)


async def test_a_reason_for_what_the_ladder_proposes_is_kept_and_is_no_deviation(
    office: Office,
) -> None:
    """What is not as proposed says so, with what was proposed."""
    proposal = await office.moderation.propose(order(TIMEOUT), standing())
    assert isinstance(proposal, Proposal)
    proposed = tuple(step.wanted for step in proposal.ladder)

    deviating = await office.carried(order(TIMEOUT, because="They went on."))
    again = await office.moderation.propose(order(TIMEOUT, key="i2"), standing())
    assert isinstance(again, Proposal)
    steps = tuple(step.wanted for step in again.ladder)
    following = await office.carried(order(*steps, key="i2", because="They went on."))

    assert proposed
    (first,) = (await office.dossier(deviating.case)).rulings
    (second,) = (await office.dossier(following.case)).rulings
    assert first.deviates is (proposed != (TIMEOUT,))
    assert (second.because, second.deviates) == ("They went on.", False)
