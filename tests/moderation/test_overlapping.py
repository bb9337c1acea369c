"""Moderators read what else holds a member, before they decide and after it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.order import Amendment, AmendmentOrder, Carried, Proposal
from tests.making import GUILD, NOON
from tests.moderating import BAN, DAY, FIRST, TIMEOUT, Office, order, standing

LONG = replace(TIMEOUT, duration=40 * DAY)


def stamp(days: int) -> str:
    """Return a moment as Discord's own markdown writes it."""
    return f"<t:{int((NOON + days * DAY).timestamp())}:f>"


async def test_a_shorter_timeout_beside_a_longer_one_says_what_holds(office: Office) -> None:
    """With the case of the longer one, in the answer too."""
    await office.carried(order(LONG))

    done = await office.carried(order(TIMEOUT, key="i2"))

    said = f"They are timed out already, until {stamp(40)} (C-1); the later end holds."
    assert said in done.happens


@pytest.mark.parametrize("hours", [0, 24])
async def test_a_ban_beside_a_ban_says_that_nothing_is_deleted(office: Office, hours: int) -> None:
    """Before it is confirmed and after: Discord deletes only with a ban that is new."""
    ban = replace(BAN, delete_messages=timedelta(hours=hours))
    await office.carried(order(BAN))
    again = order(ban, key="i2", because="they went on")

    proposal = await office.moderation.propose(again, standing())
    done = await office.carried(again)

    assert isinstance(proposal, Proposal)
    for lines in (proposal.warnings, done.happens):
        said = [one for one in lines if one.startswith("Nothing they wrote is deleted")]
        assert len(said) == (hours > 0)


async def test_a_lift_says_what_stays(office: Office) -> None:
    """What the moderator reads before is what they read after."""
    first = await office.carried(order(LONG))
    await office.carried(order(TIMEOUT, key="i2"))
    wanted = AmendmentOrder("a1", GUILD, FIRST.user, first.case, Amendment.LIFT)

    proposal = await office.moderation.propose_amendment(wanted, standing())
    lifted = await office.moderation.amend(wanted, standing())
    last = await office.amended(2, Amendment.LIFT, "a2")

    said = f"They stay timed out until {stamp(1)}, by C-2."
    assert isinstance(proposal, Proposal)
    assert isinstance(lifted, Carried)
    assert isinstance(last, Carried)
    assert said in proposal.happens
    assert said in lifted.happens
    assert not any("stay timed out" in one for one in last.happens)
    assert any("you stay timed out" in one for one in proposal.member_reads)
