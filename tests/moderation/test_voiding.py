"""What a moderator and the member read once something was a mistake."""

from dataclasses import replace

import pytest

from bot.model.intent import IntentKind, IntentState
from bot.model.order import Amendment, AmendmentOrder, Carried, Proposal
from bot.model.post import PostFile
from tests.making import BEA, GUILD, NOON
from tests.moderating import TIMEOUT, WARNING, Office, order, rude, standing


async def test_only_what_was_over_before_a_void_is_said_to_have_been_over(office: Office) -> None:
    """Neither what the void itself ended, nor a warning, which holds nobody."""
    done = await office.carried(order(TIMEOUT, WARNING))
    again = await office.carried(order(TIMEOUT, key="i2"))
    await office.amended(again.case, Amendment.LIFT)

    voided = await office.amended(done.case, Amendment.VOID, "a2")
    after = await office.amended(again.case, Amendment.VOID, "a3")

    assert isinstance(voided, Carried)
    assert isinstance(after, Carried)
    assert voided.happens == (
        "Timeout counts for nothing.",
        "Warning counts for nothing, its points too.",
    )
    (line,) = after.happens
    assert line.startswith("Timeout, which was over already, counts for nothing")


async def test_two_warnings_of_a_case_are_taken_back_in_one_line(office: Office) -> None:
    """The member reads it once, and so does the moderator."""
    done = await office.carried(order(WARNING))
    await office.carried(order(WARNING, key="i2", case=done.case))
    wanted = AmendmentOrder("a1", GUILD, BEA, done.case, Amendment.VOID)

    proposal = await office.moderation.propose_amendment(wanted, standing())

    assert isinstance(proposal, Proposal)
    read = "\n".join(proposal.member_reads)
    assert read.count("The warning is taken back.") == 1


@pytest.mark.parametrize(
    ("state", "warned"), [(IntentState.DONE, False), (IntentState.FAILED, True)]
)
async def test_files_that_cannot_be_posted_again_are_named_before_it_is_confirmed(
    office: Office, state: IntentState, *, warned: bool
) -> None:
    """To the moderator, and in what the member will read."""
    file = PostFile(9, "cat.png", "https://cdn.example/cat.png", 10, "image/png")
    done = await office.carried(order(WARNING, removes=(rude(files=(file,)),)))
    ends = {IntentKind.DELETE: IntentState.DONE, IntentKind.EVIDENCE: state}
    for one in (await office.intents(done.case)).values():
        if one.kind in ends:
            over = replace(one, state=ends[one.kind], outcome="over")
            await office.store.write(lambda tx, over=over: tx.settle(over, NOON))  # type: ignore[misc]
    wanted = AmendmentOrder("a1", GUILD, BEA, done.case, Amendment.VOID)

    proposal = await office.moderation.propose_amendment(wanted, standing())

    assert isinstance(proposal, Proposal)
    assert ("The files of 1 post were not kept" in str(proposal.warnings)) is warned
    assert ("files are not all there" in str(proposal.member_reads)) is warned
