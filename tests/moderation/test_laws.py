"""Laws of moderation, whatever is ordered in whatever order."""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.order import Amendment, Carried, Suggestion, Wanted
from bot.model.sanction import SanctionKind
from tests.making import ADA, GUILD
from tests.moderating import Office, opened, order, rude

RULES = ("vulgarity", "solicitation", "hate")
KINDS = (SanctionKind.WARNING, SanctionKind.TIMEOUT, SanctionKind.BAN, None)
"""None only removes a post."""

STEPS = st.lists(
    st.tuples(st.sampled_from(RULES), st.sampled_from(KINDS), st.integers(0, 40)),
    min_size=1,
    max_size=5,
)
"""Rule, kind, and days that have passed before it."""


async def _live(
    office: Office, steps: list[tuple[str, SanctionKind | None, int]], left_out: int | None = None
) -> dict[int, Carried]:
    """Carry out what moderators order over some weeks, one of it left out."""
    done = {}
    for number, (rule, kind, days) in enumerate(steps):
        office.clock.advance(timedelta(days=days, minutes=20))
        if number == left_out:
            continue
        wanted = order(
            *((Wanted(kind),) if kind is not None else ()),
            key=f"i{number}",
            rule=rule,
            removes=(rude(number),) if kind is None else (),
        )
        done[number] = await office.carried(wanted)
    return done


async def _suggested(office: Office) -> list[Suggestion]:
    return [await office.moderation.suggestion(GUILD, ADA, rule, ()) for rule in RULES]


@settings(max_examples=12, deadline=None)  # each opens two databases
@given(STEPS, st.data())
def test_a_void_leaves_history_as_if_it_had_never_been(
    steps: list[tuple[str, SanctionKind | None, int]], data: st.DataObject
) -> None:
    """The ladder and the points are those of a world without that decision."""
    wrong = data.draw(st.integers(0, len(steps) - 1))

    async def live() -> None:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            async with opened(Path(one)) as office, opened(Path(other)) as without:
                done = await _live(office, steps)
                await office.amended(done[wrong].case, Amendment.VOID)
                await _live(without, steps, left_out=wrong)

                ladders = [
                    [(one.steps, one.points) for one in await _suggested(place)]
                    for place in (office, without)
                ]
                points = [await place.casebook.points(GUILD, ADA) for place in (office, without)]
                assert ladders[0] == ladders[1]
                assert points[0] == points[1]

    asyncio.run(live())


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=10))
def test_however_often_orders_are_pressed_each_happens_once(pressed: list[int]) -> None:
    """Any number of presses, together and one after the other, is one decision a key."""

    async def live() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with opened(Path(folder)) as office:
                wanted = [order(Wanted(KINDS[n % 3] or KINDS[0]), key=f"i{n}") for n in range(4)]
                half = len(pressed) // 2
                await asyncio.gather(*(office.carried(wanted[n]) for n in pressed[:half]))
                for n in pressed[half:]:
                    await office.carried(wanted[n])

                rulings = {one.ruling for one in await office.sanctions()}
                assert len(rulings) == len(set(pressed))
                assert len(await office.sanctions()) == len(set(pressed))

    asyncio.run(live())
