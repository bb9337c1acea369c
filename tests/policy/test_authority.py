"""Who may do what to whom: every refusal, its words, and what no order can get past."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.sanction import SanctionKind
from bot.model.standing import Person, Power, Standing
from bot.policy.authority import NEEDS, cautions, refusals, refusals_to_change, untouchable
from tests.making import rule

WARNING, TIMEOUT, BOARD, GROUP, BAN, REFERRAL = SanctionKind
DRAG = "drag it above in Server Settings > Roles, then try again."
TAKE = "take Administrator from them first, in Server Settings > Roles."
MODERATOR = Person(1, "Mo", is_moderator=True, rank=20, top_role="Moderators")
MEMBER = Person(2, "Ada", rank=3, top_role="VIP")
CONCORD = Person(3, "Concord", is_bot=True, rank=30, top_role="Concord")
EVERY_POWER = frozenset(Power)


def standing(
    actor: Person = MODERATOR,
    subject: Person = MEMBER,
    concord: Person = CONCORD,
    powers: frozenset[Power] = EVERY_POWER,
    roles: tuple[tuple[int, int], ...] = ((77, 5),),
) -> Standing:
    """Return a moderator, an ordinary member and a Concord that may do everything."""
    return Standing(actor, subject, concord, powers, roles)


def test_a_moderator_may_do_everything_to_an_ordinary_member() -> None:
    """Where Concord is permitted it."""
    assert refusals(standing(), tuple(SanctionKind), removes=True, rule=rule("hate", 5)) == ()


def test_who_is_no_staff_is_told_that_and_nothing_else() -> None:
    """How the server is set up is not for them."""
    actor = replace(MODERATOR, is_moderator=False)
    broken = standing(actor, replace(MEMBER, is_owner=True), powers=frozenset())

    assert refusals(broken, tuple(SanctionKind)) == ("Only moderators may do this.",)
    assert refusals_to_change(broken, (BAN,)) == ("Only moderators may do this.",)


@pytest.mark.parametrize("who", ["is_admin", "is_owner"])
def test_some_things_are_for_admins_and_the_owner(who: str) -> None:
    """A moderator is told so."""
    boss = replace(MODERATOR, **{who: True})

    assert refusals(standing(), admin_only=True) == ("Only admins may do this.",)
    assert refusals_to_change(standing(), admin_only=True) == ("Only admins may do this.",)
    assert refusals(standing(boss), admin_only=True) == ()


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (replace(MEMBER, is_moderator=True), "They are staff: please talk to an admin."),
        (replace(MEMBER, is_admin=True), "They are staff: please talk to an admin."),
        (replace(MEMBER, is_owner=True), "They own this server, so nobody here can act on them."),
        (MODERATOR, "Nobody decides about themselves: please ask another moderator."),
        (
            replace(MEMBER, is_bot=True),
            "That is an app, and apps are not sanctioned; an admin can remove it from the server.",
        ),
        (
            replace(MEMBER, rank=21),
            "Their highest role stands above yours: please ask somebody above them.",
        ),
    ],
)
@pytest.mark.parametrize("kind", SanctionKind)
def test_nobody_sanctions_who_must_not_be(subject: Person, said: str, kind: SanctionKind) -> None:
    """Staff, the owner, apps, oneself, and who stands above: one sentence for each."""
    assert refusals(standing(subject=subject), (kind,)) == (said,)
    assert untouchable(standing(subject=subject)) == (() if subject.is_bot else (said,))
    assert untouchable(standing()) == ()
    nobody = replace(MODERATOR, is_moderator=False)
    assert untouchable(standing(nobody, subject)) == ("Only moderators may do this.",)


@pytest.mark.parametrize(
    "changes",
    [{}, {"is_admin": True}, {"is_moderator": True, "rank": 21}, {"is_account": False}],
)
def test_a_post_of_an_app_may_be_removed(changes: dict[str, bool]) -> None:
    """Only a sanction has nobody to be about; what its role permits does not make it staff."""
    app = replace(MEMBER, is_bot=True, **changes)

    assert refusals(standing(subject=app), removes=True) == ()


@pytest.mark.parametrize("kind", SanctionKind)
def test_who_has_no_account_is_not_sanctioned(kind: SanctionKind) -> None:
    """The name that a webhook posts under is nobody's; its posts may go."""
    webhook = replace(MEMBER, is_account=False, is_member=False)
    said = (
        "Discord knows no such account: it is a webhook's, or it was deleted, and nobody is there "
        "to be sanctioned."
    )

    assert refusals(standing(subject=webhook), (kind,)) == (said,)
    assert refusals(standing(subject=webhook), removes=True) == ()


def test_the_owner_stands_above_every_role() -> None:
    """Whatever role they happen to hold."""
    owner = Person(9, "Olga", is_owner=True)

    assert refusals(standing(owner), (BAN,)) == ()


@pytest.mark.parametrize("kind", SanctionKind)
def test_who_stands_above_concord_is_not_sanctioned_and_how_to_mend_it_is_said(
    kind: SanctionKind,
) -> None:
    """Both roles are named, and the group's where its role is too high as well."""
    said = refusals(standing(concord=replace(CONCORD, rank=3)), (kind,))

    assert said[0] == f"Concord's role 'Concord' is not above 'VIP': {DRAG}"
    of_the_group = [f"Concord's role 'Concord' is not above <@&77>: {DRAG}"]
    assert list(said[1:]) == (of_the_group if kind is GROUP else [])


def test_roles_without_known_names_are_still_told_of() -> None:
    """In plain words."""
    found = standing(
        subject=replace(MEMBER, top_role=""), concord=replace(CONCORD, rank=1, top_role="")
    )
    said = f"Concord's highest role is not above their highest role: {DRAG}"
    assert refusals(found, (BAN,)) == (said,)


@pytest.mark.parametrize(("kind", "power"), NEEDS.items())
def test_a_missing_permission_is_named_with_where_to_give_it(
    kind: SanctionKind, power: Power
) -> None:
    """For what it is needed, as Discord's settings call it."""
    (said,) = refusals(standing(powers=EVERY_POWER - {power}), (kind,))

    assert said.startswith("Concord may not ")
    assert f"give its role the permission '{power.value}' in Server Settings > Roles" in said


def test_removing_posts_needs_a_permission_of_its_own() -> None:
    """Warning somebody does not."""
    found = standing(powers=frozenset())

    assert refusals(found, (WARNING, REFERRAL)) == ()
    (said,) = refusals(found, removes=True)
    assert said.startswith("Concord may not remove posts: give its role the permission 'Manage Mes")


def test_administrators_cannot_be_kept_from_writing() -> None:
    """Discord binds them by neither timeout nor overwrite; a ban works."""
    boss = standing(subject=replace(MEMBER, is_administrator=True))

    assert refusals(boss, (TIMEOUT, BOARD)) == (
        f"Discord lets nobody time out administrators: {TAKE}",
        f"Administrators may write everywhere, so no board can be closed to them: {TAKE}",
    )
    assert refusals(boss, (BAN, WARNING)) == ()


def test_who_has_left_can_be_sanctioned_and_the_moderator_is_told_what_waits() -> None:
    """A ban works at once; what needs a member holds when they come back."""
    gone = standing(subject=replace(MEMBER, is_member=False, rank=0))

    assert refusals(gone, tuple(SanctionKind)) == ()
    assert cautions(gone, (BAN,)) == (
        "They are no member now, so they may not be told by direct message.",
    )
    assert cautions(gone, (TIMEOUT, BOARD))[1] == (
        "The timeout and removal from the board will hold when they come back, until it ends."
    )
    assert cautions(standing(), (TIMEOUT,)) == ()


def test_care_is_no_ground_for_anything() -> None:
    """Whoever is in distress is looked after."""
    (said,) = refusals(standing(), (WARNING,), removes=True, rule=rule("self-harm", None))

    assert "because of self-harm: please look after the member" in said


def test_what_somebody_got_before_they_became_staff_can_be_lifted() -> None:
    """Ending asks only for what Concord needs, and that nobody decides about themselves."""
    promoted = standing(subject=replace(MEMBER, is_moderator=True, is_administrator=True, rank=25))

    assert refusals_to_change(promoted, tuple(SanctionKind)) == ()
    assert refusals_to_change(standing(subject=MODERATOR), (WARNING,)) == (
        "Nobody decides about themselves: please ask another moderator.",
    )
    assert refusals_to_change(standing(powers=frozenset()), (BOARD,))[0].startswith(
        "Concord may not"
    )
    above = standing(subject=replace(MEMBER, rank=30))
    assert len(refusals_to_change(above, (TIMEOUT, BOARD))) == 1


def test_a_name_with_markdown_is_shown_as_it_is() -> None:
    """Names of roles are somebody's words, too."""
    found = standing(subject=replace(MEMBER, rank=19, top_role="**x** @here"), concord=CONCORD)
    (said,) = refusals(replace(found, concord=replace(CONCORD, rank=19)), (BAN,))

    assert r"'\*\*x\*\*" in said
    assert "@here" not in said


people = st.builds(
    Person,
    user=st.integers(1, 3),
    name=st.just("Somebody"),
    is_member=st.booleans(),
    is_account=st.booleans(),
    is_bot=st.booleans(),
    is_owner=st.booleans(),
    is_moderator=st.booleans(),
    is_admin=st.booleans(),
    is_administrator=st.booleans(),
    rank=st.integers(0, 4),
)
ordinary = st.builds(
    Person,
    user=st.just(2),
    name=st.just("Somebody"),
    is_member=st.booleans(),
    is_administrator=st.booleans(),
    rank=st.integers(0, 2),
)
"""Whom an order may be about, so that not nearly every order is refused."""
standings = st.builds(
    Standing,
    actor=people,
    subject=st.one_of(people, ordinary),
    concord=people,
    powers=st.one_of(st.just(EVERY_POWER), st.frozensets(st.sampled_from(Power))),
    role_ranks=st.just(((77, 2),)),
)
some_kinds = st.frozensets(st.sampled_from(SanctionKind))


@given(standings, some_kinds.filter(bool))
def test_an_order_passes_exactly_where_the_law_permits_it(
    found: Standing, kinds: frozenset[SanctionKind]
) -> None:
    """Nobody acts on staff, apps, the owner, themselves, or above themselves or Concord."""
    actor, subject, concord = found.actor, found.subject, found.concord
    lawful = (
        actor.is_staff
        and subject.is_account
        and not (subject.is_staff or subject.is_bot or subject.user == actor.user)
        and (actor.is_owner or subject.rank <= actor.rank)
        and (not subject.is_member or subject.rank < concord.rank)
        and {NEEDS[kind] for kind in kinds if kind in NEEDS} <= found.powers
        and not (subject.is_administrator and kinds & {TIMEOUT, BOARD})
        and (GROUP not in kinds or concord.rank > 2)
    )

    assert (not refusals(found, kinds)) is lawful


@given(standings, some_kinds, some_kinds, st.booleans())
def test_asking_for_more_never_takes_a_reason_away(
    found: Standing, kinds: frozenset[SanctionKind], more: frozenset[SanctionKind], removes: bool
) -> None:
    """All reasons come at once, each once."""
    fewer = refusals(found, kinds)
    every = refusals(found, kinds | more, removes=removes)

    assert set(fewer) <= set(every)
    assert len(set(every)) == len(every)


@given(standings, some_kinds)
def test_every_reason_is_one_plain_sentence(
    found: Standing, kinds: frozenset[SanctionKind]
) -> None:
    """Short enough to be read where a button was pressed, and it blames nobody by name."""
    for said in (*refusals(found, kinds, removes=True), *refusals_to_change(found, kinds)):
        assert said.endswith(".")
        assert len(said) < 200
        assert "Somebody" not in said
