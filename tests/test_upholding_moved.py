"""A board or a group that an admin gives another channel or role takes its removals along."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.community import Board, Community, Place
from bot.model.intent import IntentKind
from bot.model.manual_act import ActKind
from bot.model.sanction import SanctionKind
from bot.upholding.denials import denied
from bot.upholding.moved import as_now
from tests.enforcing import BITS
from tests.making import ADA, ART, GUILD, PAINTERS, community
from tests.overseeing import OTHER_BOT, Hall, opened
from tests.rulings import Bench
from tests.sanctioning import draft, sanction

BOARD, GROUP = SanctionKind.BOARD_REMOVAL, SanctionKind.GROUP_REMOVAL
NEW_ART, NEW_PAINTERS = 213, 813
SHUT = denied(None, BITS)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    """A server that is set up."""
    async with opened(tmp_path) as one:
        yield one


def _moved() -> Community:
    """Return the community with Art and the Painters elsewhere; the old channel is no board."""
    before = community()
    (painters,) = before.groups
    return replace(
        before,
        boards=(before.boards[0], Board("art", Place("new-art", NEW_ART))),
        groups=(replace(painters, role=Place("New painters", NEW_PAINTERS)),),
    )


async def _apply(hall: Hall, community: Community) -> None:
    """Set the server up anew, and begin a session as a new process does."""
    hall.measures.categories[NEW_ART] = None
    await hall.store.write(lambda tx: tx.set_community(GUILD, community, hall.clock.now()))
    await hall.upkeep.channels_changed(GUILD)
    await hall.upkeep.groups_changed(GUILD)
    await hall.enforcement.activity.until_quiet()


async def _lift(hall: Hall, case: int) -> None:
    await Bench(hall).end(case)
    await hall.pass_time(timedelta(seconds=1))


async def test_a_removal_from_a_board_goes_where_the_board_goes(hall: Hall) -> None:
    """The channel that is no longer the board is open again; and at the end both are."""
    case = await hall.decide(draft(BOARD))
    await _apply(hall, _moved())
    assert hall.measures.overwrites == {(NEW_ART, ADA): SHUT}
    await _lift(hall, case)

    assert hall.measures.overwrites == {}


async def test_a_removal_from_a_group_goes_with_the_groups_role(hall: Hall) -> None:
    """Who picks the new one has it taken again; the old one is nobody's group, and given back."""
    case = await hall.decide(draft(GROUP))
    await _apply(hall, _moved())
    assert hall.measures.members[ADA].roles == {PAINTERS}
    hall.measures.by_hand(roles=frozenset({PAINTERS, NEW_PAINTERS}))
    given = frozenset({NEW_PAINTERS})
    await hall.learn(hall.act(ActKind.ROLES, actor=OTHER_BOT, by_app=True, given=given))
    assert hall.measures.members[ADA].roles == {PAINTERS}
    await _lift(hall, case)

    assert hall.measures.members[ADA].roles == {PAINTERS}


async def test_who_has_the_new_role_already_loses_it_and_gets_it_back_at_the_end(
    hall: Hall,
) -> None:
    """Admins give a new role to all who had the old one, or before the file is applied."""
    case = await hall.decide(draft(GROUP))
    hall.measures.by_hand(roles=frozenset({NEW_PAINTERS}))
    await _apply(hall, _moved())
    assert hall.measures.members[ADA].roles == {PAINTERS}
    await _lift(hall, case)

    assert hall.measures.members[ADA].roles == {PAINTERS, NEW_PAINTERS}
    assert await hall.store.holds_of(GUILD, ADA) == ()


async def test_each_session_asks_for_nothing_more(hall: Hall) -> None:
    """Followed once, it is as it should be."""
    case = await hall.decide(draft(BOARD), draft(GROUP))
    for _ in range(3):
        await _apply(hall, _moved())

    assert len(await hall.of_kind(case, IntentKind.KEEP)) == 2


async def test_what_is_no_longer_set_up_stays_where_it_was(hall: Hall) -> None:
    """Nobody is let in because a board lost its name."""
    await hall.decide(draft(BOARD), draft(GROUP))
    await _apply(hall, replace(community(), boards=(), groups=(), exceptions=()))

    assert hall.measures.overwrites == {(ART, ADA): SHUT}
    assert hall.measures.members[ADA].roles == frozenset()


def test_only_the_place_changes() -> None:
    """By the name it was ordered with; without a community nothing does."""
    board, group = sanction(BOARD), sanction(GROUP)

    assert as_now(board, _moved()).ordered == replace(board.ordered, channel=NEW_ART)
    assert as_now(group, _moved()).ordered == replace(group.ordered, role=NEW_PAINTERS)
    for one in (board, group, sanction()):
        assert as_now(one, community()) is one
        assert as_now(one, None) is one
    assert as_now(board, replace(community(), boards=(Board("art", Place("art")),))) is board
