"""What holds where a post stands."""

from datetime import timedelta

import pytest

from bot.model.action import Action
from bot.model.community import Board, Place, RuleException
from bot.model.mode import Mode, Posture
from bot.model.post import AuthorKind
from bot.policy.terms import Permission, Terms, terms_for
from tests.making import ART, GENERAL, NOON, community, evidence, guidelines, post


def terms(one=None, **changes) -> Terms:
    """Return the terms of a post in the community with some changes."""
    return terms_for(one or post(), community(**changes), guidelines(), NOON)


def test_an_ordinary_post_has_no_permission_and_no_ceiling() -> None:
    """On a board without exceptions only the modes hold."""
    plain = terms(exceptions=())
    assert plain.permissions == ()
    assert plain.ceiling is Action.REMOVE
    assert plain.modes == {
        "language": Mode.ENFORCE,
        "solicitation": Mode.ENFORCE,
        "vulgarity": Mode.ENFORCE,
        "hate": Mode.ENFORCE,
        "spam-repeat": Mode.ENFORCE,
        "unsafe-download": Mode.ENFORCE,
        "self-harm": Mode.ENFORCE,
    }


def test_a_groups_exception_permits_on_the_groups_board_and_says_so() -> None:
    """The words name group, rule and place."""
    painter = post(channel=ART, board="art", groups=frozenset({"Painters"}))
    assert [one.because for one in terms(painter).permissions] == [
        "allowed: group 'Painters' permits solicitation on this board"
    ]


def test_a_groups_exception_permits_nothing_elsewhere_nor_to_others() -> None:
    """A painter on another board, and anybody else on the painters' board, have no permission."""
    assert terms(post(groups=frozenset({"Painters"}))).permissions == ()
    assert terms(post(channel=ART, board="art")).permissions == ()


def test_a_boards_exception_permits_for_everybody_there() -> None:
    """Kinds narrow it, and are named."""
    permission = RuleException("solicitation", board="art", kinds=frozenset({"offer", "invite"}))
    assert terms(post(channel=ART, board="art"), exceptions=(permission,)).permissions == (
        Permission(
            "solicitation",
            "allowed: this board permits solicitation (invite, offer)",
            frozenset({"invite", "offer"}),
        ),
    )


def test_a_rule_that_is_never_excepted_is_not_excepted_whatever_is_written() -> None:
    """An exception for hate changes nothing."""
    written = (RuleException("hate", board="general"), RuleException("vulgarity", board="general"))
    assert [one.rule for one in terms(exceptions=written).permissions] == ["vulgarity"]


def test_an_exception_for_a_rule_that_is_no_longer_written_permits_nothing() -> None:
    """A document that lost a rule does not stop screening where an old exception names it."""
    stale = (RuleException("gossip", board="general"),)
    assert terms(exceptions=stale).permissions == ()


def test_an_exception_that_has_run_out_permits_nothing() -> None:
    """Time is the moment of judging."""
    over = (RuleException("vulgarity", board="general", until=NOON - timedelta(seconds=1)),)
    assert terms(exceptions=over).permissions == ()


def test_a_board_that_speaks_other_languages_permits_those_alone() -> None:
    """The language rule holds there for every language not named."""
    boards = (Board("general", Place("general", GENERAL), languages=frozenset({"es", "de"})),)
    (permission,) = terms(boards=boards, exceptions=()).permissions
    assert permission.because == "allowed: this board also speaks de, es"
    assert permission.covers(evidence("language", kind="es"))
    assert not permission.covers(evidence("language", kind="fr"))


def test_a_permission_covers_its_own_rule_only() -> None:
    """Without kinds the whole rule, with kinds those; never another rule."""
    whole = Permission("solicitation", "allowed")
    narrow = Permission("solicitation", "allowed", frozenset({"invite"}))
    assert whole.covers(evidence("solicitation", kind="offer"))
    assert not whole.covers(evidence("vulgarity"))
    assert narrow.covers(evidence("solicitation", kind="invite"))
    assert not narrow.covers(evidence("solicitation", kind="offer"))


def test_posts_of_staff_are_noted_at_most() -> None:
    """The ceiling of staff is NOTE, with its reason."""
    own = terms(post(kind=AuthorKind.STAFF))
    assert own.ceiling is Action.NOTE
    assert own.ceiling_because == "posts of staff are noted at most"


@pytest.mark.parametrize("kind", [AuthorKind.MEMBER, AuthorKind.APP])
def test_members_and_apps_have_no_ceiling(kind: AuthorKind) -> None:
    """An app's post may be removed as a member's may."""
    assert terms(post(kind=kind)).ceiling is Action.REMOVE


def test_modes_are_those_of_the_posts_board() -> None:
    """Board before guild before posture."""
    boards = (
        Board("general", Place("general", GENERAL), modes={"vulgarity": Mode.OFF}),
        Board("art", Place("art", ART)),
    )
    here = terms(boards=boards, posture=Posture.ASK)
    there = terms(post(channel=ART, board="art"), boards=boards, posture=Posture.ASK)
    assert here.modes is not None
    assert there.modes is not None
    assert here.modes["vulgarity"] is Mode.OFF
    assert there.modes["vulgarity"] is Mode.REVIEW


def test_a_ceiling_never_rises() -> None:
    """A higher or equal ceiling leaves terms as they are; a lower one replaces the reason."""
    low = Terms().capped(Action.REVIEW, "old")
    assert low.capped(Action.REMOVE, "new") is low
    assert low.capped(Action.REVIEW, "new") is low
    assert low.capped(Action.NOTE, "new") == Terms(ceiling=Action.NOTE, ceiling_because="new")


def test_a_permitted_language_covers_those_it_is_not_told_apart_from() -> None:
    """A board that speaks Indonesian permits what detection calls Malay, also by an exception."""
    speaks = Board("art", Place("art", ART), languages=frozenset({"id"}))
    excepted = RuleException("language", board="art", kinds=frozenset({"nb"}))

    here = terms(post(channel=ART, board="art"), boards=(speaks,), exceptions=(excepted,))

    malay, norwegian = evidence("language", kind="ms"), evidence("language", kind="no")
    assert any(one.covers(malay) for one in here.permissions)
    assert any(one.covers(norwegian) for one in here.permissions)
    assert not any(one.covers(evidence("language", kind="de")) for one in here.permissions)
