"""One decision about posts of two cases is one matter, and each case knows of the other."""

from datetime import timedelta

from bot.model.action import Action
from bot.model.order import Amendment, AmendmentOrder, Carried, Proposal
from tests.making import ADA, GUILD
from tests.moderating import FIRST, WARNING, Office, order, standing


async def together(office: Office) -> tuple[int, int]:
    """Have Ada warned for two posts of two cases at once, and return the cases."""
    cases = [await office.found(0, Action.REVIEW)]
    office.clock.advance(timedelta(days=2))
    cases.append(await office.found(100, Action.REVIEW))
    posts = [(await office.dossier(one)).case.posts[0] for one in cases]
    assert len(set(cases)) == 2
    await office.carried(order(WARNING, removes=tuple(posts)))
    return cases[0], cases[1]


async def test_one_decision_about_two_cases_is_one_matter_on_the_ladder(office: Office) -> None:
    """The next breach is the second, not the third."""
    await together(office)

    later = await office.moderation.suggestion(GUILD, ADA, "vulgarity", ())

    assert later.steps[0].because.startswith("2nd vulgarity")


async def test_voiding_one_says_what_stands_in_the_other(office: Office) -> None:
    """Before it and after; once the other is voided too nothing stands."""
    first, second = await together(office)
    wanted = AmendmentOrder("a1", GUILD, FIRST.user, first, Amendment.VOID)

    proposal = await office.moderation.propose_amendment(wanted, standing())
    done = await office.amended(first, Amendment.VOID)
    other = await office.amended(second, Amendment.VOID, "a2")

    assert isinstance(proposal, Proposal)
    assert isinstance(done, Carried)
    assert isinstance(other, Carried)
    said = "C-2 was decided together with it and stands: 1 post removed."
    assert any(said in one for one in proposal.happens)
    assert any(said in one for one in done.happens)
    assert not any("together" in one for one in other.happens)


async def test_voiding_the_further_case_names_the_one_with_the_sanctions(office: Office) -> None:
    """Whichever of both a moderator looks at."""
    _, second = await together(office)

    done = await office.amended(second, Amendment.VOID)

    assert isinstance(done, Carried)
    said = "C-1 was decided together with it and stands: 1 post removed; Warning"
    assert any(said in one for one in done.happens)
