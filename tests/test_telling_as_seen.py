"""What somebody put on a member in Discord is told of, also where no case knows of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.model.dossier import Dossier
from bot.model.intent import IntentKind
from bot.model.ruling import Ending, Ruling, RulingKind
from bot.model.sanction import Sanction, SanctionKind, SanctionState
from bot.ports import BanSeen
from bot.telling import as_seen, telling_of
from tests.enforcing import opened
from tests.fake_measures import FakeMeasures
from tests.fakes import FakeClock
from tests.making import ADA, BEA, GUILD, NOON, case, intent
from tests.rulings import Bench
from tests.sanctioning import draft, sanction

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def lifted(one: Sanction, words: str) -> tuple[Dossier, Ruling]:
    """Return a case whose sanction was lifted, with what was said when it was ended."""
    ruling = Ruling(
        2, 7, GUILD, RulingKind.LIFTED, NOON, BEA, "vulgarity", "", "", "", False, True, (), (),
        (Ending(1, SanctionState.LIFTED),), (),
    )  # fmt: skip
    ended = replace(intent(IntentKind.END), sanction=1, outcome=words)
    return Dossier(case(), (ruling,), (one,), (ended,)), ruling


async def still(
    kind: SanctionKind, words: str, measures: FakeMeasures
) -> tuple[tuple[SanctionKind, datetime | None], ...]:
    """Return what is told to hold still after a lift."""
    dossier, ruling = lifted(sanction(kind, SanctionState.LIFTED, until=NOON + DAY), words)
    told = await as_seen(telling_of(dossier, ruling), dossier, ruling, measures, NOON)
    return tuple((one.kind, one.until) for one in told.still)


@pytest.fixture
def measures() -> FakeMeasures:
    """A Discord on which Ada is a member."""
    return FakeMeasures(FakeClock())


async def test_a_timeout_of_somebody_else_that_stays_is_told_of(measures: FakeMeasures) -> None:
    """Asked of Discord, but only where ending ours met something."""
    measures.by_hand(timed_out_until=NOON + HOUR)
    kind = SanctionKind.TIMEOUT

    assert await still(kind, "somebody has changed the timeout since", measures) == (
        (kind, NOON + HOUR),
    )
    measures.asked.clear()
    assert await still(kind, "", measures) == ()
    assert measures.asked == []


async def test_a_timeout_that_is_over_is_not_told_of(measures: FakeMeasures) -> None:
    """Nor one of a member who has none."""
    kind = SanctionKind.TIMEOUT
    assert await still(kind, "it stays", measures) == ()
    measures.by_hand(timed_out_until=NOON - HOUR)
    assert await still(kind, "it stays", measures) == ()


async def test_a_ban_of_somebody_else_that_stays_is_told_of(measures: FakeMeasures) -> None:
    """It has no end; where there is none, nothing is added."""
    kind = SanctionKind.BAN
    assert await still(kind, "somebody else banned them", measures) == ()
    measures.bans[ADA] = BanSeen("")
    assert await still(kind, "somebody else banned them", measures) == ((kind, None),)


@pytest.mark.parametrize("given", [20, 1])
async def test_a_timeout_by_hand_that_no_case_knows_is_told_of(tmp_path: Path, given: int) -> None:
    """Longer than ours when ours begins and when it is lifted; a shorter one gives way to ours."""
    async with opened(tmp_path) as scene:
        bench = Bench(scene)
        scene.measures.by_hand(timed_out_until=NOON + given * DAY)
        ruled = await bench.decide(draft(until=NOON + 5 * DAY))
        await bench.act(ruled)
        await bench.act(await bench.end(ruled.case))
        notices = [one for one in await scene.store.intents(ruled.case) if one.user and one.result]
        told = [scene.discord.words[one.result or 0] for one in notices]

    stays = f"<t:{int((NOON + given * DAY).timestamp())}:f>"
    assert not any("over" in one.title for one in told)
    assert [stays in str(one) for one in told] == [given == 20, True]
