"""A notice tells what was done, and not what was meant to be."""

from dataclasses import replace

from bot.model.dossier import Dossier
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.ruling import Ending, Ruling, RulingKind
from bot.model.sanction import Sanction, SanctionKind, SanctionState
from bot.telling import says_nothing, telling_of
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
