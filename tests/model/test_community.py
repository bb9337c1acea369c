"""Boards, groups, exceptions and modes: what holds where."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.community import Board, Community, CommunityGroup, Place, RuleException, Umbrella
from bot.model.mode import Mode, Posture
from tests.making import ART, GENERAL, NOON, community

BOARDS = ("general", "art", "music")
GROUPS = ("Painters", "Players")

board_names = st.sampled_from(BOARDS)
group_names = st.sampled_from(GROUPS)
exceptions = st.one_of(
    st.builds(RuleException, rule=st.just("solicitation"), board=board_names),
    st.builds(RuleException, rule=st.just("solicitation"), group=group_names),
)


@st.composite
def communities(draw: st.DrawFn) -> Community:
    """A community of three boards and two groups, with any exceptions."""
    return Community(
        name="Freelance Community",
        boards=tuple(Board(name, Place(name)) for name in BOARDS),
        groups=tuple(
            CommunityGroup(name, Umbrella.INTEREST, Place(name), draw(st.frozensets(board_names)))
            for name in GROUPS
        ),
        exceptions=tuple(draw(st.lists(exceptions, max_size=5))),
    )


@given(communities(), st.sampled_from((*BOARDS, None)), st.frozensets(group_names))
def test_an_exception_holds_on_its_board_or_on_its_groups_boards_for_members_of_the_group(
    whole: Community, board: str | None, groups: frozenset[str]
) -> None:
    """A group's role changes nothing outside the group's own boards."""
    homes = {group.name: group.boards for group in whole.groups}
    expected = [
        one
        for one in whole.exceptions
        if board is not None
        and (
            one.board == board
            or (one.group is not None and one.group in groups and board in homes[one.group])
        )
    ]

    assert list(whole.in_force(board, groups, NOON)) == expected


@pytest.mark.parametrize(
    ("since_noon", "holds"),
    [(timedelta(0), False), (timedelta(minutes=-1), True), (timedelta(minutes=1), False)],
)
def test_an_exception_ends_at_its_time(since_noon: timedelta, *, holds: bool) -> None:
    """It holds until, and not at, the time it is given."""
    permission = RuleException("solicitation", board="art", until=NOON)
    whole = community(exceptions=(permission,))
    assert bool(list(whole.in_force("art", frozenset(), NOON + since_noon))) is holds


def test_an_exception_without_end_holds_for_ever() -> None:
    """No time, no end."""
    assert RuleException("solicitation", board="art").holds_at(NOON + timedelta(days=9999))


@pytest.mark.parametrize("given_for", [{}, {"board": "art", "group": "Painters"}])
def test_an_exception_is_for_a_board_or_a_group_and_not_for_both(
    given_for: dict[str, str],
) -> None:
    """Neither and both are refused."""
    with pytest.raises(ValueError, match="one of them only"):
        RuleException("solicitation", **given_for)


def test_a_board_is_found_by_name() -> None:
    """A name of no board gives None."""
    found = community().board("art")
    assert found is not None
    assert found.channel.id == ART
    assert community().board("attic") is None


def _with_modes(posture: Posture | None, guild: Mode | None, board: Mode | None) -> Community:
    return community(
        posture=posture,
        modes={} if guild is None else {"vulgarity": guild},
        boards=(
            Board(
                "general",
                Place("general", GENERAL),
                modes={} if board is None else {"vulgarity": board},
            ),
            Board("art", Place("art", ART)),
        ),
    )


@pytest.mark.parametrize(
    ("posture", "guild", "board", "mode"),
    [
        # of the guild's and the board's word the narrower one holds
        (Posture.ACT, Mode.OBSERVE, Mode.ENFORCE, Mode.OBSERVE),
        (Posture.ACT, Mode.ENFORCE, Mode.OFF, Mode.OFF),
        (Posture.ACT, Mode.OBSERVE, None, Mode.OBSERVE),
        # neither goes beyond the posture
        (Posture.ASK, None, Mode.ENFORCE, Mode.REVIEW),
        (Posture.OBSERVE, Mode.ENFORCE, None, Mode.OBSERVE),
        (Posture.OBSERVE, Mode.ENFORCE, Mode.ENFORCE, Mode.OBSERVE),
        # without a word the rule's default counts
        (Posture.ACT, None, None, Mode.ENFORCE),
        (Posture.ASK, None, None, Mode.REVIEW),
        (Posture.OBSERVE, None, None, Mode.OBSERVE),
        # without a posture nothing goes beyond observation
        (None, None, None, Mode.OBSERVE),
        (None, Mode.ENFORCE, Mode.ENFORCE, Mode.OBSERVE),
        (None, Mode.OFF, None, Mode.OFF),
    ],
)
def test_the_narrowest_cap_on_a_mode_holds(
    posture: Posture | None, guild: Mode | None, board: Mode | None, mode: Mode
) -> None:
    """Posture, guild and board each only lower; no posture, observation at most."""
    whole = _with_modes(posture, guild, board)
    assert whole.mode("vulgarity", Mode.ENFORCE, whole.board("general")) is mode


@given(
    st.sampled_from((None, *Posture)),
    st.sampled_from((None, *Mode)),
    st.sampled_from((None, *Mode)),
    st.sampled_from(Mode),
)
def test_a_boards_word_does_not_reach_other_places(
    posture: Posture | None, guild: Mode | None, board: Mode | None, default: Mode
) -> None:
    """On another board and in unmapped channels the mode is as if the board had said nothing."""
    with_word = _with_modes(posture, guild, board)
    without = _with_modes(posture, guild, None)
    for elsewhere in (with_word.board("art"), None):
        expected = without.mode("vulgarity", default, elsewhere)
        assert with_word.mode("vulgarity", default, elsewhere) is expected
