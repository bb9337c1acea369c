"""What another moderator decided about the same member is told first, whatever it was."""

from dataclasses import replace
from datetime import timedelta

from bot.drafts import WAITS
from bot.model.order import Amendment, Carried, Order, Proposal, Refusal, Wanted
from bot.model.sanction import SanctionKind
from tests.making import BEA
from tests.moderating import BAN, DAY, FIRST, SECOND, TIMEOUT, Office, order, rude, standing

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
