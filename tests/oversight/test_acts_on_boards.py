"""What is done by hand to what is denied on a board: denied again, asked about, or nobody's."""

from dataclasses import replace

import pytest

from bot.model.manual_act import ActKind
from bot.model.sanction import SanctionKind
from bot.ports import OverwriteSeen
from tests.making import ADA, ART, CYD
from tests.overseeing import Hall
from tests.sanctioning import draft

BOARD = draft(SanctionKind.BOARD_REMOVAL)


@pytest.mark.parametrize(("by_app", "again"), [(True, True), (False, False)])
async def test_what_is_given_back_on_a_board(hall: Hall, by_app: bool, again: bool) -> None:
    """By a bot it is denied again; by a moderator it stays so, and the case asks."""
    await hall.decide(BOARD)
    denied = hall.measures.overwrites[ART, ADA]
    hall.measures.put(ART, ADA, OverwriteSeen(0, 0))

    act = hall.act(ActKind.OVERWRITE, channel=ART, by_app=by_app, actor=CYD)
    await hall.learn(act, act)

    now = hall.measures.overwrites[ART, ADA]
    assert now == (denied if again else OverwriteSeen(0, 0))
    assert any("given back by hand" in line for line in hall.log()) is not again


async def test_a_channel_that_left_its_board_asks_nobody_whether_to_lift(hall: Hall) -> None:
    """Taking on another category's permissions, it loses what was denied in the board."""
    hall.measures.categories |= {211: ART, 300: None}
    hall.measures.synced = {211}
    await hall.decide(BOARD)
    hall.measures.categories[211] = 300
    hall.measures.put(211, ADA, None)

    await hall.learn(hall.act(ActKind.OVERWRITE, channel=211, actor=CYD))

    (dossier,) = await hall.dossiers()
    assert len(dossier.rulings) == 1


async def test_other_changes_on_a_board_are_nobodys_business(hall: Hall) -> None:
    """As long as what was denied stays denied; and where nothing is held."""
    await hall.decide(BOARD)
    denied = hall.measures.overwrites[ART, ADA]
    hall.measures.put(ART, ADA, replace(denied, allow=denied.allow | 1 << 14))

    await hall.learn(
        hall.act(ActKind.OVERWRITE, 1, channel=ART),
        hall.act(ActKind.OVERWRITE, 2, channel=4242),
    )

    (dossier,) = await hall.dossiers()
    assert len(dossier.rulings) == 1
