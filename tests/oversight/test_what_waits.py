"""What waits to be taken again leaves what a moderator has given back meanwhile."""

import pytest

from bot.model.manual_act import ActKind
from bot.model.sanction import SanctionKind
from bot.ports import OverwriteSeen
from bot.upkeep import SOON
from tests.fakes import Sent
from tests.making import ADA, ART, CYD, GUILD, PAINTERS
from tests.overseeing import HOUR, OTHER_BOT, Hall
from tests.sanctioning import draft

GROUP, BOARD = draft(SanctionKind.GROUP_REMOVAL), draft(SanctionKind.BOARD_REMOVAL)
OPEN = OverwriteSeen(0, 0)
ROLE = frozenset({PAINTERS})


async def _bot_gives(hall: Hall) -> None:
    """Let another bot give Ada the group's role back, and learn of it."""
    hall.measures.by_hand(roles=ROLE)
    await hall.learn(hall.act(ActKind.ROLES, actor=OTHER_BOT, by_app=True, given=ROLE))


async def _moderator_gives(hall: Hall) -> None:
    """Let a moderator take the role by hand, and give it back a minute later."""
    hall.measures.by_hand(roles=frozenset())
    await hall.learn(hall.act(ActKind.ROLES, actor=CYD, taken=ROLE))
    hall.clock.advance(SOON)
    hall.measures.by_hand(roles=ROLE)
    await hall.learn(hall.act(ActKind.ROLES, actor=CYD, given=ROLE))


async def _bot_opens(hall: Hall) -> None:
    """Let another bot change what is denied to Ada on the board, and learn of it."""
    hall.measures.put(ART, ADA, OPEN)
    await hall.learn(hall.act(ActKind.OVERWRITE, actor=OTHER_BOT, by_app=True, channel=ART))


async def _moderator_opens(hall: Hall) -> None:
    """Let a moderator give back by hand what is denied to Ada on the board."""
    hall.measures.put(ART, ADA, OPEN)
    await hall.learn(hall.act(ActKind.OVERWRITE, actor=CYD, channel=ART))


async def _waits_no_more(hall: Hall) -> None:
    """Let Concord be permitted what it was not, and try what waits."""
    hall.clock.advance(SOON)
    await hall.upkeep.may_do_more(GUILD)
    await hall.pass_time(SOON)


@pytest.mark.parametrize("trouble", [Sent.REFUSED, Sent.LATER])
async def test_a_role_that_a_moderator_gave_back_while_its_taking_waited_stays(
    hall: Hall, trouble: Sent
) -> None:
    """As the line says; also where Discord was out of order and not Concord's permissions."""
    await hall.decide(GROUP)
    hall.measures.plan("set_role", trouble)
    await _bot_gives(hall)
    hall.clock.advance(SOON / 10)
    await _moderator_gives(hall)

    await _waits_no_more(hall)

    assert hall.measures.members[ADA].roles == ROLE
    assert await hall.store.unsettled() == ()
    said = "\n".join(hall.log())
    assert "It stays so" in said
    assert "a moderator has given the role back, and it stays so" in said


async def test_what_a_bot_gave_since_a_moderator_took_it_is_taken(hall: Hall) -> None:
    """What a moderator gave back before is no reason to leave what a bot gives later."""
    await hall.decide(GROUP)
    await _moderator_gives(hall)
    hall.measures.by_hand(roles=frozenset())
    await hall.learn(hall.act(ActKind.ROLES, actor=CYD, taken=ROLE))
    hall.clock.advance(HOUR)

    await _bot_gives(hall)

    assert hall.measures.members[ADA].roles == frozenset()


async def test_what_a_moderator_opens_while_discord_does_not_answer_stays_open(hall: Hall) -> None:
    """What is denied on a board is like a role."""
    await hall.decide(BOARD)
    hall.measures.plan("rooms", Sent.LATER)
    await _bot_opens(hall)
    hall.clock.advance(SOON / 10)
    await _moderator_opens(hall)

    await _waits_no_more(hall)

    assert hall.measures.overwrites[ART, ADA] == OPEN
    assert await hall.store.unsettled() == ()


async def test_what_a_moderator_opened_a_bot_does_not_open(hall: Hall) -> None:
    """Whatever else a bot changes there: it gives back nothing, and it stays so."""
    await hall.decide(BOARD)
    await _moderator_opens(hall)
    hall.clock.advance(HOUR)

    await _bot_opens(hall)

    assert hall.measures.overwrites[ART, ADA] == OPEN


async def test_the_end_of_one_removal_leaves_what_a_moderator_gave_back_of_two(hall: Hall) -> None:
    """The other one is in force still, and asked for the role before it was given back."""
    await hall.decide(draft(SanctionKind.GROUP_REMOVAL, until=hall.clock.now() + 3 * HOUR))
    await hall.decide(GROUP)
    await _moderator_gives(hall)

    await hall.pass_time(4 * HOUR)

    assert hall.measures.members[ADA].roles == ROLE
