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
from tests.fakes import Sent
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
    await Bench(hall, made=case).end(case)
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


WRITERS = 814


def _two_groups(*, swapped: bool) -> Community:
    """Return the community with a second group; its role and the first one's may be exchanged."""
    (painters,) = community().groups
    places = [painters.role, Place("Writers", WRITERS)]
    if swapped:
        places.reverse()
    first = replace(painters, role=places[0])
    return replace(community(), groups=(first, replace(first, name="Writers", role=places[1])))


async def _ends(hall: Hall, case: int) -> list[str]:
    return [one.outcome for one in await hall.of_kind(case, IntentKind.END)]


async def test_a_role_that_is_another_groups_now_comes_back_to_who_had_it(hall: Hall) -> None:
    """No removal asks for it; they did not have the role that their group has now."""
    await _apply(hall, _two_groups(swapped=False))
    case = await hall.decide(draft(GROUP))
    await _apply(hall, _two_groups(swapped=True))
    during = hall.measures.members[ADA].roles
    await _lift(hall, case)

    assert during == hall.measures.members[ADA].roles == {PAINTERS}
    assert await hall.store.holds_of(GUILD, ADA) == ()
    assert await _ends(hall, case) == [
        "the group has another role now, and they did not have that one"
    ]


async def test_who_is_removed_from_both_groups_gets_each_role_back_as_its_group_opens(
    hall: Hall,
) -> None:
    """While one removal asks for it, whosever role it was, it stays taken."""
    hall.measures.by_hand(roles=frozenset({PAINTERS, WRITERS}))
    await _apply(hall, _two_groups(swapped=False))
    painters = await hall.decide(draft(GROUP))
    writers = await hall.decide(draft(GROUP, group="Writers", role=WRITERS))
    await _apply(hall, _two_groups(swapped=True))
    assert hall.measures.members[ADA].roles == frozenset()
    await _lift(hall, painters)
    assert hall.measures.members[ADA].roles == {WRITERS}
    await _lift(hall, writers)

    assert hall.measures.members[ADA].roles == {PAINTERS, WRITERS}
    assert await hall.store.holds_of(GUILD, ADA) == ()


async def test_a_role_whose_own_end_is_under_way_is_left_to_that_end(hall: Hall) -> None:
    """So that its line says what came of it."""
    hall.measures.by_hand(roles=frozenset({PAINTERS, WRITERS}))
    await _apply(hall, _two_groups(swapped=False))
    painters = await hall.decide(draft(GROUP))
    writers = await hall.decide(draft(GROUP, group="Writers", role=WRITERS))
    hall.measures.plan("set_role", Sent.LATER)
    await _lift(hall, painters)
    held = {one.target for one in await hall.store.holds_of(GUILD, ADA)}
    await _lift(hall, writers)
    before = {one.target for one in await hall.store.holds_of(GUILD, ADA)}
    await hall.pass_time(timedelta(hours=1))

    assert (held, before) == ({PAINTERS, WRITERS}, {PAINTERS})
    assert hall.measures.members[ADA].roles == {PAINTERS, WRITERS}
    assert await _ends(hall, painters) == await _ends(hall, writers) == [""]


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
