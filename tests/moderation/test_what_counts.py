"""What counts against a member on the ladder, and for how long."""

from datetime import timedelta

from bot.model.order import Amendment, Carried
from bot.model.ruling import RulingKind
from bot.model.sanction import SanctionDraft, SanctionKind
from bot.ports import RulingDraft
from tests.making import ADA, BEA, GUILD
from tests.moderating import DAY, TIMEOUT, WARNING, Office, order


async def by_hand(office: Office) -> int:
    """Commit that a moderator took Ada's role in Discord itself, and return the case."""
    draft = RulingDraft(
        guild=GUILD,
        key="entry-1",
        kind=RulingKind.BY_HAND,
        at=office.clock.now(),
        by=BEA,
        subject=ADA,
        sanctions=(SanctionDraft(SanctionKind.TIMEOUT, by_hand=True),),
        tells=False,
        guidelines_version="1.0",
        screening_version="0.1.0+test",
    )
    return (await office.store.write(lambda tx: tx.rule(draft))).case


async def reminds(office: Office) -> bool:
    """Return whether a first minor breach would be answered with a reminder now."""
    return (await office.moderation.suggestion(GUILD, ADA, "crumb", ())).reminds


async def test_what_was_done_by_hand_without_a_guideline_is_no_earlier_breach(
    office: Office,
) -> None:
    """Nobody has said that anything was broken."""
    await by_hand(office)

    assert await reminds(office)


async def test_once_its_guideline_is_named_it_counts_as_long_as_that_rule(office: Office) -> None:
    """From when it was done, and no longer."""
    case = await by_hand(office)

    named = await office.amended(case, Amendment.EDIT, rule="vulgarity")

    assert isinstance(named, Carried)
    assert not await reminds(office)
    office.clock.advance(400 * DAY)
    assert await reminds(office)


async def test_what_stands_beside_the_points_runs_out_with_them(office: Office) -> None:
    """Only one sanction of a decision bears its points; the others are not remembered for ever."""
    await office.carried(order(WARNING, TIMEOUT))
    assert not await reminds(office)

    office.clock.advance(400 * DAY + timedelta(seconds=1))

    assert await reminds(office)
