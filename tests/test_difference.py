"""What changes between two descriptions of a community, in lines an admin can judge."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.difference import difference
from bot.model.community import (
    Board,
    Community,
    CommunityGroup,
    Place,
    RuleException,
    Umbrella,
)
from bot.model.mode import Mode, Posture
from tests.making import ART, GENERAL, NOON, community

OLD = community()


def lines(**changes: object) -> tuple[str, ...]:
    """Return what some changes to the community read like."""
    return difference(OLD, community(**changes))


def test_nothing_changed_is_no_line() -> None:
    """Equal descriptions differ in nothing."""
    assert difference(OLD, community()) == ()


def test_a_first_description_is_all_additions() -> None:
    """Against nothing, everything is new."""
    assert difference(None, OLD) == (
        "~ name: none → Freelance Community",
        "~ posture: not chosen (observe) → act",
        "~ moderators' log: none → mod-log",
        "~ moderators: none → Moderators",
        "+ board 'general'",
        "+ board 'art'",
        "+ group 'Painters'",
        "+ exception 'solicitation for group Painters'",
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"posture": None}, ("~ posture: act → not chosen (observe)",)),
        ({"log": None}, ("~ moderators' log: mod-log → none",)),
        ({"public_log": Place("decisions", 9)}, ("~ public log: none → decisions",)),
        ({"boards": OLD.boards[:1]}, ("- board 'art'",)),
        ({"groups": ()}, ("- group 'Painters'",)),
        (
            {"exceptions": (RuleException("vulgarity", board="art"),)},
            (
                "- exception 'solicitation for group Painters'",
                "+ exception 'vulgarity for board art'",
            ),
        ),
        (
            {"modes": {"vulgarity": Mode.OFF}},
            ("~ mode of vulgarity: as the posture says → off",),
        ),
        (
            {"screen_unmapped": True},
            ("~ channels that are no board: not screened → screened where everyone can see them",),
        ),
    ],
)
def test_each_change_is_one_line(changes: dict[str, object], expected: tuple[str, ...]) -> None:
    """Added, removed and changed things read as such."""
    assert lines(**changes) == expected


def test_a_board_that_moved_to_another_channel_has_changed() -> None:
    """Its name is the same, its place is not."""
    boards = (Board("general", Place("general", 777)), Board("art", Place("art", ART)))
    assert lines(boards=boards) == ("~ board 'general'",)


def test_a_boards_modes_are_told_by_rule() -> None:
    """The line names rule and board."""
    boards = (
        Board("general", Place("general", GENERAL), modes={"hate": Mode.REVIEW}),
        Board("art", Place("art", ART)),
    )
    assert "~ mode of hate on board 'general': as the posture says → review" in lines(boards=boards)


def test_a_place_of_the_same_name_and_another_id_has_changed() -> None:
    """A log channel or a role that was deleted and made anew is another one."""
    assert lines(log=Place("mod-log", 999)) == ("~ moderators' log: mod-log (301) → mod-log (999)",)
    assert lines(moderators=(Place("Moderators", 999),)) == (
        "~ moderators: Moderators (402) → Moderators (999)",
    )


def test_exceptions_that_differ_in_their_end_alone_are_told_apart() -> None:
    """Both of two exceptions for one rule and board are described."""
    short = RuleException("vulgarity", board="art", until=NOON)
    long = replace(short, until=NOON + timedelta(days=1))
    assert len(difference(community(exceptions=()), community(exceptions=(short, long)))) == 2
    assert difference(community(exceptions=(short, long)), community(exceptions=(long,)))


modes = st.dictionaries(st.sampled_from(("vulgarity", "hate")), st.sampled_from(Mode), max_size=2)
board_lists = st.lists(
    st.builds(
        Board,
        name=st.sampled_from(("general", "art")),
        channel=st.builds(Place, st.just("a"), st.sampled_from((1, 2))),
        languages=st.frozensets(st.sampled_from(("es", "de")), max_size=1),
        modes=modes,
    ),
    max_size=2,
    unique_by=lambda board: board.name,
)
exception_lists = st.lists(
    st.builds(
        RuleException,
        rule=st.sampled_from(("vulgarity", "solicitation")),
        board=st.just("art"),
        kinds=st.frozensets(st.just("invite"), max_size=1),
        until=st.sampled_from((None, NOON)),
        note=st.sampled_from(("", "for the fair")),
    ),
    max_size=2,
    unique=True,
)
place_lists = st.lists(
    st.builds(Place, st.sampled_from(("a", "b")), st.sampled_from((1, 2))), max_size=2, unique=True
)
described = st.builds(
    Community,
    name=st.sampled_from(("one", "other")),
    posture=st.sampled_from((None, *Posture)),
    boards=board_lists.map(tuple),
    groups=st.lists(
        st.builds(
            CommunityGroup,
            name=st.just("Painters"),
            umbrella=st.sampled_from(Umbrella),
            role=st.just(Place("Painters", 4)),
            boards=st.frozensets(st.just("art"), max_size=1),
        ),
        max_size=1,
    ).map(tuple),
    exceptions=exception_lists.map(tuple),
    modes=modes,
    moderators=place_lists.map(tuple),
    admins=place_lists.map(tuple),
    log=st.one_of(st.none(), st.builds(Place, st.just("log"), st.sampled_from((1, 2)))),
    public_log=st.one_of(st.none(), st.builds(Place, st.just("open"), st.sampled_from((1, 2)))),
    excluded=place_lists.map(tuple),
    screen_unmapped=st.booleans(),
)


@st.composite
def changed(draw: st.DrawFn) -> tuple[Community, Community]:
    """A description, and the same with one or two fields of another."""
    one, other = draw(described), draw(described)
    fields = draw(st.lists(st.sampled_from(sorted(Community.__dataclass_fields__)), max_size=2))
    return one, replace(one, **{name: getattr(other, name) for name in fields})


@given(changed())
def test_no_line_means_no_change(pair: tuple[Community, Community]) -> None:
    """An admin who is shown nothing agrees to nothing; the order of boards means nothing."""
    same, other = (
        replace(
            one,
            boards=tuple(sorted(one.boards, key=lambda board: board.name)),
            exceptions=tuple(sorted(one.exceptions, key=repr)),
        )
        for one in pair
    )
    assert (difference(*pair) == ()) is (same == other)
