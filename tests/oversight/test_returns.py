"""Who comes back meets what holds; what a moderator has given them back since stays theirs."""

from datetime import timedelta

import pytest

from bot.model.manual_act import ActKind
from bot.model.sanction import SanctionKind
from bot.ports import OverwriteSeen
from tests.making import ADA, ART, CYD, GUILD, PAINTERS
from tests.overseeing import HOUR, OTHER_BOT, Hall
from tests.sanctioning import draft

GROUP, BOARD = draft(SanctionKind.GROUP_REMOVAL), draft(SanctionKind.BOARD_REMOVAL)
OPEN = OverwriteSeen(0, 0)


async def _gives_back(hall: Hall, *, by_app: bool = False) -> None:
    """Let somebody give Ada the role and the board back, and learn of it."""
    hall.measures.by_hand(roles=frozenset({PAINTERS}))
    hall.measures.put(ART, ADA, OPEN)
    by = {"actor": OTHER_BOT if by_app else CYD, "by_app": by_app, "reason": "we talked"}
    await hall.learn(
        hall.act(ActKind.ROLES, 1, given=frozenset({PAINTERS}), **by),
        hall.act(ActKind.OVERWRITE, 2, channel=ART, **by),
    )


async def _come_back(hall: Hall) -> None:
    """Let Ada leave and come back."""
    hall.measures.leave(ADA)
    hall.clock.advance(HOUR)
    hall.measures.come_back(ADA)


async def _heard_of(hall: Hall, ago: timedelta = timedelta()) -> None:
    """Let Concord hear of a return some time ago."""
    await hall.upkeep.returned(GUILD, ADA, hall.clock.now() - ago)
    await hall.enforcement.activity.until_quiet()


async def test_what_a_moderator_gave_back_since_a_return_stays(hall: Hall) -> None:
    """Heard of both only afterwards: the log of it is true, and the cases ask."""
    await hall.decide(GROUP)
    await hall.decide(BOARD)
    await _come_back(hall)
    hall.clock.advance(HOUR)
    await _gives_back(hall)

    await _heard_of(hall, HOUR)

    assert hall.measures.members[ADA].roles == frozenset({PAINTERS})
    assert hall.measures.overwrites[ART, ADA] == OPEN
    assert sum("It stays so" in one for one in hall.log()) == 2
    said = "\n".join(hall.log())
    assert "a moderator has given the role back, and it stays so" in said
    assert f"in <#{ART}> somebody has changed it by hand, and it stays so" in said


async def test_what_a_moderator_gave_back_stays_though_the_words_were_erased(hall: Hall) -> None:
    """Who has their data erased is at their next return no worse off than before."""
    await hall.decide(GROUP)
    await hall.decide(BOARD)
    await _come_back(hall)
    hall.clock.advance(HOUR)
    await _gives_back(hall)
    await hall.store.write(lambda tx: tx.forget(GUILD, ADA, hall.clock.now()))

    await _heard_of(hall, HOUR)

    assert hall.measures.members[ADA].roles == frozenset({PAINTERS})
    assert hall.measures.overwrites[ART, ADA] == OPEN


async def test_what_a_bot_gives_to_who_comes_back_is_taken(hall: Hall) -> None:
    """As if it had been heard of at once."""
    await hall.decide(GROUP)
    await hall.decide(BOARD)
    denied = hall.measures.overwrites[ART, ADA]
    await _come_back(hall)
    await _gives_back(hall, by_app=True)

    await _heard_of(hall)

    assert hall.measures.members[ADA].roles == frozenset()
    assert hall.measures.overwrites[ART, ADA] == denied


async def test_a_role_given_back_is_gone_with_who_leaves_and_a_board_is_not(hall: Hall) -> None:
    """A bot that gives the role to whoever joins does not do it for the moderator."""
    await hall.decide(GROUP)
    await hall.decide(BOARD)
    await _gives_back(hall)
    await _come_back(hall)
    hall.measures.by_hand(roles=frozenset({PAINTERS}))

    await _heard_of(hall)

    assert hall.measures.members[ADA].roles == frozenset()
    assert hall.measures.overwrites[ART, ADA] == OPEN


@pytest.mark.parametrize("named", [False, True])
async def test_who_lost_a_role_by_hand_may_choose_it_on_their_return(
    hall: Hall, *, named: bool
) -> None:
    """Until a moderator has named the guideline, and so has said that they may not."""
    await hall.learn(hall.act(ActKind.ROLES, taken=frozenset({PAINTERS})))
    if named:
        await hall.names_the_rule()
    await _come_back(hall)
    hall.measures.by_hand(roles=frozenset({PAINTERS}))

    await _heard_of(hall)

    assert (PAINTERS in hall.measures.members[ADA].roles) is not named


@pytest.mark.parametrize("one", [GROUP, BOARD])
async def test_what_is_ordered_after_it_was_given_back_holds(hall: Hall, one: object) -> None:
    """The later decision counts, also at the next return."""
    await hall.decide(GROUP)
    await hall.decide(BOARD)
    await _gives_back(hall)
    hall.clock.advance(HOUR)
    await hall.decide(one)  # type: ignore[arg-type]
    await _come_back(hall)
    hall.measures.by_hand(roles=frozenset({PAINTERS}))
    hall.measures.put(ART, ADA, OPEN)

    await _heard_of(hall)

    assert hall.measures.members[ADA].roles == frozenset()
    assert (hall.measures.overwrites[ART, ADA] == OPEN) is (one is GROUP)
