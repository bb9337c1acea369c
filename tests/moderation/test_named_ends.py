"""Ends that were named as a moment: they stay where they are."""

from dataclasses import replace
from datetime import timedelta

from bot.model.order import Amendment, Carried, Refusal, Wanted
from bot.model.sanction import SanctionKind
from tests.making import NOON
from tests.moderating import DAY, TIMEOUT, Office, order


async def test_an_end_that_was_named_stays_where_it_is(office: Office) -> None:
    """However long somebody takes to confirm; once it has passed, nothing is done."""
    end = NOON + DAY
    wanted = order(Wanted(SanctionKind.TIMEOUT, until=end))
    office.clock.advance(timedelta(hours=5))
    done = await office.carried(wanted)
    office.clock.advance(DAY)

    refusal = await office.refused(replace(wanted, key="i2"))

    assert (await office.sanctions())[0].until == done.until == end
    assert "has passed; please name another" in refusal.reasons[0]
    assert len(await office.sanctions()) == 1


async def test_an_end_that_is_named_is_the_end(office: Office) -> None:
    """It counts from nothing; one that has passed, or that is beside a length, is none."""
    ordered = await office.carried(order(TIMEOUT))
    end = NOON + 3 * DAY
    office.clock.advance(DAY / 2)

    past = await office.amended(ordered.case, Amendment.EDIT, until=NOON)
    both = await office.amended(ordered.case, Amendment.EDIT, until=end, endless=True)
    done = await office.amended(ordered.case, Amendment.EDIT, until=end)

    assert isinstance(past, Refusal)
    assert "has passed; please name another" in past.reasons[0]
    assert isinstance(both, Refusal)
    assert isinstance(done, Carried)
    assert (await office.sanctions())[0].until == done.until == end
