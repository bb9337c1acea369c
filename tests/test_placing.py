"""Where a message stands: what is screened, on which board, for whom it counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.community import Board, Community, Place
from bot.model.post import AuthorKind
from bot.placing import Location, board_of, is_screened, place
from tests.making import (
    ART,
    GENERAL,
    LOG,
    LOUNGE,
    MODERATORS,
    PAINTERS,
    STAFF,
    community,
    post,
    written,
)

CATEGORY, THREAD = 701, 702


@pytest.mark.parametrize(
    ("location", "screened"),
    [
        (Location((GENERAL,), public=True), True),  # a board
        (Location((GENERAL,), public=False), True),  # also one that not everyone sees
        (Location((THREAD, GENERAL), public=False), True),  # a thread of a board
        (Location((LOUNGE,), public=True), False),  # no board
        (Location((LOG,), public=True), False),  # the moderators' log
        (Location((THREAD, LOG), public=True), False),  # a thread of the log
        (Location((), public=False), False),  # nowhere that is known
    ],
)
def test_boards_are_screened_and_nothing_else(location: Location, *, screened: bool) -> None:
    """Unless the admin says more."""
    assert is_screened(location, community()) is screened


@pytest.mark.parametrize(
    ("location", "screened"),
    [
        (Location((LOUNGE,), public=True), True),
        (Location((LOUNGE,), public=False), False),
        (Location((LOG,), public=True), False),
        (Location((STAFF,), public=True), False),
        (Location((THREAD, STAFF), public=True), False),
    ],
)
def test_other_channels_are_screened_only_if_everyone_sees_them_and_the_admin_says_so(
    location: Location, *, screened: bool
) -> None:
    """Excluded channels and the log never are."""
    whole = community(screen_unmapped=True, excluded=(Place("staff", STAFF),))
    assert is_screened(location, whole) is screened


def test_an_excluded_channel_inside_a_board_is_not_screened() -> None:
    """Exclusion comes first: a channel of a category that is a board can be left out."""
    whole = community(
        boards=(Board("talk", Place("Talk", CATEGORY)),), excluded=(Place("staff", STAFF),)
    )
    assert is_screened(Location((GENERAL, CATEGORY), public=True), whole)
    assert not is_screened(Location((STAFF, CATEGORY), public=True), whole)


def test_the_innermost_place_that_is_a_board_is_the_board() -> None:
    """A channel of its own before its category."""
    whole = community(
        boards=(
            Board("talk", Place("Talk", CATEGORY)),
            Board("general", Place("general", GENERAL)),
        )
    )
    assert board_of(Location((THREAD, GENERAL, CATEGORY), public=True), whole) == "general"
    assert board_of(Location((ART, CATEGORY), public=True), whole) == "talk"
    assert board_of(Location((LOUNGE,), public=True), whole) is None


places = st.sampled_from((GENERAL, ART, LOUNGE, LOG, STAFF, THREAD))


@given(
    st.lists(places, max_size=3, unique=True), st.booleans(), st.booleans(), st.frozensets(places)
)
def test_excluding_more_never_screens_more(
    inside_out: list[int], public: bool, unmapped: bool, excluded: frozenset[int]
) -> None:
    """An exclusion only takes away."""
    location = Location(tuple(inside_out), public)
    with_all = community(screen_unmapped=unmapped)
    fewer = replace(with_all, excluded=tuple(Place(str(one), one) for one in excluded))
    assert is_screened(location, fewer) <= is_screened(location, with_all)
    if excluded & set(inside_out):
        assert not is_screened(location, fewer)


def test_a_place_without_an_id_is_nowhere() -> None:
    """Names that were never found exclude and map nothing."""
    whole = community(boards=(Board("general", Place("general")),), excluded=(Place("staff"),))
    assert not is_screened(Location((GENERAL,), public=True), whole)


def placed(roles: frozenset[int] = frozenset(), whole: Community | None = None, **changes):
    """Return the post of somebody with roles as the community places it."""
    arrival = replace(written(post(), roles=roles), **changes)
    found = place(arrival, whole or community())
    assert found is not None
    return found


def test_a_post_gets_its_board_and_its_authors_groups() -> None:
    """By channel and by roles."""
    painter = placed(frozenset({PAINTERS, 999}))
    assert painter.board == "general"
    assert painter.groups == {"Painters"}
    assert placed().groups == frozenset()


def test_a_post_where_nothing_is_screened_has_no_place() -> None:
    """It is never even read."""
    assert place(written(post(channel=LOUNGE)), community()) is None


def test_staff_are_the_named_roles_and_whoever_manages_the_server() -> None:
    """Moderators, admins, and the permission."""
    assert placed(frozenset({MODERATORS})).author_kind is AuthorKind.STAFF
    admins = community(admins=(Place("Admins", 888),))
    assert placed(frozenset({888}), admins).author_kind is AuthorKind.STAFF
    assert placed(manages=True).author_kind is AuthorKind.STAFF
    assert placed(frozenset({PAINTERS})).author_kind is AuthorKind.MEMBER


def test_an_app_with_a_moderators_role_stays_an_app() -> None:
    """Roles make staff of members only."""
    app = written(post(kind=AuthorKind.APP), roles=frozenset({MODERATORS}))
    found = place(app, community())
    assert found is not None
    assert found.author_kind is AuthorKind.APP
