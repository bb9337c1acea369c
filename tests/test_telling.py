"""A notice tells what was done, and not what was meant to be."""

from dataclasses import replace

import pytest

from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.ruling import Change, Ending, Ruling, RulingKind
from bot.model.sanction import Sanction, SanctionKind, SanctionState
from bot.ports import GONE_ALREADY, ROLE_GONE, ROLE_HELD
from bot.telling import says_nothing, still_held, telling_of
from tests.making import BEA, GUILD, NOON, case, case_post, intent
from tests.sanctioning import sanction

POST = case_post()


def _ruling(kind: RulingKind = RulingKind.DECIDED, number: int = 1, **changes: object) -> Ruling:
    whole = Ruling(
        id=number,
        case=7,
        guild=GUILD,
        kind=kind,
        at=NOON,
        by=BEA,
        rule="vulgarity",
        words="Please be kind.",
        internal="for moderators",
        because="in their eyes",
        silent=False,
        tells=True,
        removes=(),
        sanctions=(),
        endings=(),
        changes=(),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def _dossier(
    *rulings: Ruling,
    sanctions: tuple[Sanction, ...] = (),
    intents: tuple[Intent, ...] = (),
) -> Dossier:
    return Dossier(case(POST), rulings, sanctions, intents)


def test_it_tells_of_what_began_and_of_posts_that_are_gone() -> None:
    """With the words to the member; nothing for moderators is in it."""
    ruling = _ruling(sanctions=(1,), removes=(POST.message,))
    gone = intent(message=POST.message)
    telling = telling_of(_dossier(ruling, sanctions=(sanction(),), intents=(gone,)), ruling)

    assert telling.sanctions == (sanction().ordered,)
    assert telling.removed == (POST,)
    assert telling.words == "Please be kind."
    assert telling.reference == "C-3"
    assert "for moderators" not in str(telling)
    assert "in their eyes" not in str(telling)
    assert not says_nothing(telling)


def test_a_post_that_was_gone_before_is_not_said_to_have_been_removed() -> None:
    """Its author may have removed it while the moderator looked at the preview."""
    ruling = _ruling(removes=(POST.message,))
    gone = replace(intent(message=POST.message), outcome=GONE_ALREADY)
    removed = intent(message=POST.message)

    assert telling_of(_dossier(ruling, intents=(removed,)), ruling).ours
    telling = telling_of(_dossier(ruling, intents=(gone,)), ruling)
    assert telling.removed == (POST,)
    assert not telling.ours


def test_what_could_not_be_done_is_not_told() -> None:
    """Neither a sanction that failed nor a post that still stands."""
    ruling = _ruling(sanctions=(1,), removes=(POST.message,))
    failed = sanction(state=SanctionState.FAILED)
    stands = intent(state=IntentState.FAILED, message=POST.message)
    telling = telling_of(_dossier(ruling, sanctions=(failed,), intents=(stands,)), ruling)

    assert telling.sanctions == ()
    assert telling.removed == ()
    assert says_nothing(telling)


def test_a_lift_tells_of_what_it_ended() -> None:
    """Not of one that Discord refused to end."""
    ordered, lifted = (
        _ruling(sanctions=(1, 2)),
        _ruling(
            RulingKind.LIFTED,
            2,
            endings=(Ending(1, SanctionState.LIFTED), Ending(2, SanctionState.LIFTED)),
        ),
    )
    both = (
        sanction(state=SanctionState.LIFTED),
        sanction(SanctionKind.BAN, SanctionState.LIFTED, number=2),
    )
    refused = replace(intent(IntentKind.END, IntentState.FAILED), sanction=2)
    telling = telling_of(_dossier(ordered, lifted, sanctions=both, intents=(refused,)), lifted)

    assert telling.ended == (both[0].ordered,)
    assert not says_nothing(telling)


@pytest.mark.parametrize(
    ("state", "outcome", "back", "not_back"),
    [
        (IntentState.DONE, "", {402}, set()),
        (IntentState.DONE, ROLE_HELD, {402}, set()),
        (IntentState.DONE, ROLE_GONE, set(), {402}),
        (IntentState.DONE, "they did not have the role before", set(), {402}),
        (IntentState.PENDING, "", set(), set()),
    ],
)
def test_a_lift_tells_whether_a_groups_role_is_back(
    state: IntentState, outcome: str, back: set[int], not_back: set[int]
) -> None:
    """As Discord showed it when the removal was ended; not before."""
    lifted = _ruling(RulingKind.LIFTED, 2, endings=(Ending(1, SanctionState.LIFTED),))
    held = sanction(SanctionKind.GROUP_REMOVAL, SanctionState.LIFTED, group="Artists", role=402)
    end = replace(intent(IntentKind.END, state), sanction=1, outcome=outcome)

    telling = telling_of(_dossier(lifted, sanctions=(held,), intents=(end,)), lifted)

    assert (set(telling.back), set(telling.not_back)) == (back, not_back)


@pytest.mark.parametrize("kind", [RulingKind.LIFTED, RulingKind.VOIDED])
def test_a_second_lift_tells_that_it_is_over_when_the_first_was_refused(kind: RulingKind) -> None:
    """The member was told nothing of the first one, since Discord went on showing it."""
    state = SanctionState.LIFTED if kind is RulingKind.LIFTED else SanctionState.VOIDED
    ordered = _ruling(sanctions=(1,))
    first = _ruling(RulingKind.LIFTED, 2, endings=(Ending(1, SanctionState.LIFTED),))
    second = _ruling(kind, 3, endings=(Ending(1, state),))
    held = sanction(state=state)
    refused = replace(intent(IntentKind.END, IntentState.FAILED), sanction=1, ruling=2)
    worked = replace(intent(IntentKind.END), id=2, sanction=1, ruling=3)

    telling = telling_of(
        _dossier(ordered, first, second, sanctions=(held,), intents=(refused, worked)), second
    )

    assert telling.ended == (held.ordered,)
    assert not says_nothing(telling)


def test_a_lift_of_what_discord_refused_to_end_at_its_time_is_told() -> None:
    """It had run out, and was still there."""
    lifted = _ruling(RulingKind.LIFTED, 2, endings=(Ending(1, SanctionState.LIFTED),))
    held = sanction(state=SanctionState.LIFTED, until=NOON)
    refused = replace(intent(IntentKind.END, IntentState.FAILED), sanction=1, ruling=1)
    worked = replace(intent(IntentKind.END), id=2, sanction=1, ruling=2)
    ordered = _ruling(sanctions=(1,))

    telling = telling_of(
        _dossier(ordered, lifted, sanctions=(held,), intents=(refused, worked)), lifted
    )

    assert telling.ended == (held.ordered,)


def test_a_void_does_not_tell_of_what_was_over_before() -> None:
    """Run out, lifted, or never in force; the removal it takes back is told."""
    ordered = _ruling(sanctions=(1, 2, 3, 4), removes=(POST.message,))
    lifted = _ruling(RulingKind.LIFTED, 2, endings=(Ending(2, SanctionState.LIFTED),))
    endings = tuple(Ending(number, SanctionState.VOIDED) for number in (1, 2, 3, 4))
    voided = _ruling(RulingKind.VOIDED, 3, endings=endings, removes=(POST.message,))
    held = (
        sanction(state=SanctionState.VOIDED, until=NOON),
        sanction(SanctionKind.BAN, SanctionState.VOIDED, number=2),
        sanction(SanctionKind.GROUP_REMOVAL, SanctionState.VOIDED, number=3),
        sanction(SanctionKind.WARNING, SanctionState.VOIDED, number=4),
    )
    never = replace(intent(IntentKind.APPLY, IntentState.FAILED), sanction=3)
    restored = replace(intent(IntentKind.RESTORE, message=POST.message), ruling=3)
    dossier = _dossier(ordered, lifted, voided, sanctions=held, intents=(never, restored))
    telling = telling_of(dossier, voided)

    assert [one.kind for one in telling.ended] == [SanctionKind.WARNING]
    assert telling.removed == (POST,)
    assert telling.restored


def test_an_edit_tells_of_the_new_end() -> None:
    """As it holds from now on."""
    later = NOON.replace(hour=18)
    edited = _ruling(RulingKind.EDITED, 2, endings=(Ending(1, SanctionState.ACTIVE, later),))
    held = sanction(until=later)
    telling = telling_of(_dossier(_ruling(sanctions=(1,)), edited, sanctions=(held,)), edited)

    assert telling.ended == (replace(held.ordered, until=later),)


def test_a_decision_about_a_post_that_stays_names_it() -> None:
    """What a warning is for, also where nothing is removed."""
    ruling = _ruling(sanctions=(1,))
    about = replace(POST, ruling=1)
    dossier = Dossier(case(about), (ruling,), (sanction(SanctionKind.WARNING),), ())

    assert telling_of(dossier, ruling).about == (about,)


def test_who_never_read_of_what_was_done_by_hand_reads_all_of_it_once_a_guideline_is_named() -> (
    None
):
    """What holds, until when, by which guideline; not that something has changed."""
    done = _ruling(RulingKind.BY_HAND, rule=None, words="", sanctions=(1,))
    named = _ruling(RulingKind.EDITED, 2, changes=(Change("rule", "none", "vulgarity"),))
    dossier = _dossier(done, named, sanctions=(sanction(),))

    telling = telling_of(dossier, named)

    assert telling.kind is RulingKind.DECIDED
    assert (telling.rule, telling.words) == ("vulgarity", "Please be kind.")
    assert [one.kind for one in telling.sanctions] == [sanction().kind]
    assert not says_nothing(telling)


def test_who_read_of_it_before_reads_only_what_changed() -> None:
    """Naming another guideline later is a change; and without any there is nothing to name."""
    done = _ruling(RulingKind.BY_HAND, rule=None, words="", sanctions=(1,))
    named = _ruling(RulingKind.EDITED, 2, changes=(Change("rule", "none", "vulgarity"),))
    again = replace(named, id=3)
    unnamed = replace(named, rule=None)
    sent = replace(intent(kind=IntentKind.NOTICE, state=IntentState.DONE), ruling=2)

    dossier = _dossier(done, named, again, sanctions=(sanction(),), intents=(sent,))

    assert telling_of(dossier, again).kind is RulingKind.EDITED
    assert telling_of(dossier, named).kind is RulingKind.DECIDED
    assert telling_of(replace(dossier, intents=()), unnamed).kind is RulingKind.EDITED


def test_what_other_decisions_hold_is_told_beside() -> None:
    """All that is in force on that server, but the ruling's own."""
    ruling = _ruling(sanctions=(1,))
    own = sanction()
    other = replace(sanction(), id=2, case=8)
    over = replace(sanction(state=SanctionState.LIFTED), id=3, case=9)

    telling = still_held((own, other, over), _dossier(ruling, sanctions=(own,)), ruling)

    assert telling.still == (replace(other.ordered, until=other.until),)
