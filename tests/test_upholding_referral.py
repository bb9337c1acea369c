"""A referral says what the platform needs, and nothing that anybody wrote."""

import json
from pathlib import Path

import pytest

from bot.model.sanction import SanctionKind
from bot.upholding.referral import NoReferrals, facts_of
from tests.enforcing import opened
from tests.fakes import Sent
from tests.making import ADA, GENERAL, GUILD, case, case_post, guidelines
from tests.rulings import Bench
from tests.sanctioning import draft, sanction


def test_the_facts_are_ids_times_and_the_guideline() -> None:
    """No words of the member, none of a reporter, and not who decided."""
    text = facts_of(case(), sanction(SanctionKind.REFERRAL), guidelines())
    facts = json.loads(text)

    assert "a bad post" not in text
    assert facts == {
        "form": 1,
        "case": "C-3",
        "guild": str(GUILD),
        "member": str(ADA),
        "decided_at": "2026-11-20T12:00:00+00:00",
        "rule": "vulgarity",
        "guideline": 5,
        "guidelines_version": "1.0",
        "posts": [
            {
                "message": str(case_post().message),
                "channel": str(GENERAL),
                "at": "2026-11-20T12:00:00+00:00",
            }
        ],
    }


def test_the_same_facts_are_the_same_text() -> None:
    """Every attempt sends what the first one sent."""
    one = facts_of(case(), sanction(SanctionKind.REFERRAL), guidelines())

    assert one == facts_of(case(), sanction(SanctionKind.REFERRAL), guidelines())


async def test_without_an_address_every_referral_is_refused_in_words() -> None:
    """Off by default."""
    outcome = await NoReferrals().refer("key", "referral", "{}")

    assert outcome.words == "no address is set that members could be referred to"


@pytest.mark.parametrize("void", [False, True])
async def test_what_the_platform_was_never_told_is_not_withdrawn(
    tmp_path: Path, *, void: bool
) -> None:
    """Taken back before it was sent: the platform hears of neither."""
    async with opened(tmp_path) as scene:
        bench = Bench(scene)
        ruled = await bench.decide(draft(SanctionKind.REFERRAL))
        await bench.act(await bench.end(ruled.case, void=void))

        assert scene.referrals.events == {}
        assert await scene.store.unsettled() == ()


async def test_what_the_platform_may_have_been_told_is_withdrawn(tmp_path: Path) -> None:
    """No answer came: whoever got it hears that it was taken back."""
    async with opened(tmp_path) as scene:
        bench = Bench(scene)
        scene.referrals.script.append(Sent.LOST)
        ruled = await bench.decide(draft(SanctionKind.REFERRAL))
        await bench.act(ruled)
        await bench.act(await bench.end(ruled.case))

        assert [event for event, _ in scene.referrals.events.values()] == ["referral", "withdrawn"]
