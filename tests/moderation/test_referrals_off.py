"""While nobody has set the platform's address, nobody is referred to it, and none is proposed."""

import re
from dataclasses import replace
from types import MappingProxyType

import pytest

from bot.discord_io.interactions.controls import POST
from bot.discord_io.interactions.post_buttons import MoreForm
from bot.model.order import Proposal, Refusal, Wanted
from bot.model.sanction import SanctionKind
from bot.moderation import Moderation
from bot.policy.ladder import propose
from bot.policy.rungs import Consequence, RuleRungs, Rung
from tests.making import NOON, ladder, rule
from tests.moderating import Office, order, standing

_REFERRAL = order(Wanted(SanctionKind.REFERRAL))


async def test_a_referral_is_refused_before_its_preview_and_names_the_setting(
    office: Office,
) -> None:
    """Not promised first and given up after Confirm."""
    off = Moderation(replace(office.setting, refers=False), office.carrying)

    refusal = await off.propose(_REFERRAL, standing())

    assert isinstance(refusal, Refusal)
    assert len(refusal.reasons) == 1
    assert "REFERRAL_URL" in refusal.reasons[0]
    assert not off.refers
    assert isinstance(await office.moderation.propose(_REFERRAL, standing()), Proposal)


def test_the_ladder_skips_a_rung_that_refers() -> None:
    """As one that removes from a board where none is known: the one below is proposed."""
    rungs = (
        Rung(1, (Consequence(SanctionKind.WARNING),)),
        Rung(2, (Consequence(SanctionKind.BAN), Consequence(SanctionKind.REFERRAL))),
    )
    numbers = replace(ladder(), rules=MappingProxyType({"hate": RuleRungs(rungs=rungs)}))
    hate = rule("hate", 5)

    on = propose((), hate, NOON, numbers)
    off = propose((), hate, NOON, numbers, refers=False)

    assert [one.wanted.kind for one in on.steps] == [SanctionKind.BAN, SanctionKind.REFERRAL]
    assert [one.wanted.kind for one in off.steps] == [SanctionKind.WARNING]


@pytest.mark.parametrize("refers", [True, False])
async def test_the_form_offers_a_referral_only_where_there_are_any(refers: bool) -> None:
    """Nobody chooses what is refused."""
    pressed = re.fullmatch(POST, "post:1:2:-:more")
    assert pressed is not None

    form = MoreForm.about(pressed, refers=refers)

    assert ("Referral to the platform" in str(form.to_dict())) is refers
