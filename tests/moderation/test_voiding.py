"""What a moderator and the member read once something was a mistake."""

from bot.model.order import Amendment, AmendmentOrder, Carried, Proposal
from tests.making import BEA, GUILD
from tests.moderating import TIMEOUT, WARNING, Office, order, standing


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
