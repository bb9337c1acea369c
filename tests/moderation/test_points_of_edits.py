"""An edit that names another rule lets points follow it, and says so."""

from bot.model.order import Amendment, AmendmentOrder, Carried, Proposal
from bot.model.ruling import POINTS, Change
from tests.making import ADA, GUILD, policy
from tests.moderating import FIRST, TIMEOUT, WARNING, Office, document, order, standing


async def test_points_follow_the_rule_of_an_edit(office: Office) -> None:
    """As if the rule had been named at once; on the ladder, in the record and in the texts."""
    done = await office.carried(order(WARNING, TIMEOUT))
    (warning, timeout) = await office.sanctions()
    wanted = AmendmentOrder("a1", GUILD, FIRST.user, done.case, Amendment.EDIT, rule="crumb")
    crumb = document().rule("crumb")
    ladder = policy().ladder
    before, after = warning.points, ladder.points_of(crumb)
    assert before != after

    proposal = await office.moderation.propose_amendment(wanted, standing())
    carried = await office.moderation.amend(wanted, standing())

    said = f"Points: {before}, from now on {after}."
    assert isinstance(proposal, Proposal)
    assert isinstance(carried, Carried)
    assert said in proposal.happens
    assert said in carried.happens
    ruling = (await office.dossier(done.case)).ruling(carried.ruling)
    assert Change(POINTS, str(before), str(after)) in ruling.changes
    now, other = await office.sanctions()
    assert (now.points, now.points_until) == (after, now.at + ladder.expiry_of(crumb))
    assert (other.points, timeout.points) == (0, 0)
    assert now.ordered == warning.ordered
    assert (await office.casebook.points(GUILD, ADA)).now == after
    again = await office.moderation.suggestion(GUILD, ADA, "vulgarity", ())
    assert again.points == after


async def test_an_edit_back_counts_as_before(office: Office) -> None:
    """And a void takes all of it."""
    done = await office.carried(order(WARNING))
    before = (await office.casebook.points(GUILD, ADA)).now

    await office.amended(done.case, Amendment.EDIT, rule="crumb")
    await office.amended(done.case, Amendment.EDIT, "a2", rule="vulgarity")
    back = (await office.casebook.points(GUILD, ADA)).now
    await office.amended(done.case, Amendment.VOID, "a3")

    assert back == before
    assert (await office.casebook.points(GUILD, ADA)).now == 0
