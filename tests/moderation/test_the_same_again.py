"""Whoever does the very same twice within a minute is told so first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.order import Amendment, Carried, Order, Proposal, Wanted
from bot.model.sanction import SanctionKind
from tests.making import GUILD
from tests.moderating import DAY, SECOND, TIMEOUT, WARNING, Office, order, rude, standing


async def test_the_same_again_within_a_minute_is_told_first(office: Office) -> None:
    """With the case and what was done; confirmed, it is done."""
    first = await office.carried(order(TIMEOUT))
    again = order(TIMEOUT, key="i2")

    shown = await office.moderation.propose(again, standing())
    refusal = await office.refused(again)

    assert isinstance(shown, Proposal)
    assert shown.despite == refusal.by_other == first.ruling
    assert shown.warnings[0] == refusal.reasons[0]
    assert refusal.reasons[0].startswith("You did this yourself <t:")
    assert "(C-1): Timeout until <t:" in refusal.reasons[0]
    assert len(await office.sanctions()) == 1
    assert isinstance(shown.order, Order)
    assert isinstance(await office.moderation.carry_out(shown.order, standing()), Carried)
    assert len(await office.sanctions()) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (order(removes=(rude(1), rude(2))), order(removes=(rude(1), rude(2)))),
        (order(WARNING, evidence=(rude(1),)), order(WARNING, evidence=(rude(1),))),
        (order(TIMEOUT), order(Wanted(SanctionKind.TIMEOUT, 3 * DAY))),
    ],
)
async def test_the_same_is_rule_posts_and_kinds(
    office: Office, first: Order, second: Order
) -> None:
    """Whatever the length."""
    await office.carried(first)

    refusal = await office.refused(replace(second, key="i2"))

    assert "You did this yourself" in refusal.reasons[0]


@pytest.mark.parametrize(
    "second",
    [
        order(WARNING),
        order(TIMEOUT, WARNING),
        order(TIMEOUT, rule="crumb"),
        order(TIMEOUT, evidence=(rude(1),)),
        order(TIMEOUT, removes=(rude(1),)),
    ],
)
async def test_anything_else_is_not_the_same(office: Office, second: Order) -> None:
    """Another kind, rule or post is a decision of its own."""
    await office.carried(order(TIMEOUT))

    done = await office.moderation.carry_out(replace(second, key="i2"), standing())

    assert isinstance(done, Carried)


async def test_after_a_minute_or_once_it_is_taken_back_nothing_is_asked(office: Office) -> None:
    """It is meant then."""
    first = await office.carried(order(TIMEOUT))
    await office.amended(first.case, Amendment.VOID)
    second = await office.moderation.carry_out(order(TIMEOUT, key="i2"), standing())
    office.clock.advance(timedelta(seconds=61))
    third = await office.moderation.carry_out(order(TIMEOUT, key="i3"), standing())

    assert isinstance(second, Carried)
    assert isinstance(third, Carried)


async def test_another_moderator_is_told_as_ever_and_both_at_once(office: Office) -> None:
    """What they did themselves comes with what others did."""
    await office.carried(order(TIMEOUT))
    theirs = order(TIMEOUT, key="i2", by=SECOND.user, despite=99)
    await office.carried(theirs, SECOND)

    refusal = await office.refused(order(TIMEOUT, key="i3", by=SECOND.user), SECOND)

    assert len(refusal.reasons) == 2
    assert refusal.reasons[0].startswith("<@")
    assert refusal.reasons[1].startswith("You did this yourself")


async def test_what_was_begun_under_a_key_is_found_by_it(office: Office) -> None:
    """A press that is delivered twice asks nobody anything."""
    done = await office.carried(order(TIMEOUT))

    found = await office.moderation.begun(GUILD, "i1")

    assert found == replace(done, repeated=True)
    assert await office.moderation.begun(GUILD, "i2") is None
