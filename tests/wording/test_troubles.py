"""What did not work, or not as one would think, as moderators read it."""

import pytest

from bot.model.intent import IntentKind, IntentState
from bot.model.sanction import SanctionKind, SanctionState
from bot.ports import IN_THREAD
from bot.wording.troubles import troubles
from tests.wording.samples import BAN, BOARD, TIMEOUT, done, dossier, draft, ruling, sanction

ACTIVE, FAILED = SanctionState.ACTIVE, SanctionState.FAILED


@pytest.mark.parametrize("kind", [BAN, TIMEOUT])
@pytest.mark.parametrize("state", [ACTIVE, SanctionState.LIFTED, FAILED])
def test_who_is_banned_cannot_open_a_thread_and_a_moderator_reads_it(
    kind: SanctionKind, state: SanctionState
) -> None:
    """Not once the ban is over, or where it never was: whoever is on the server can."""
    told = done(IntentKind.NOTICE, IN_THREAD)
    known = dossier(
        ruling(sanctions=(1,)), sanctions=(sanction(draft(kind), state=state),), intents=(told,)
    )

    said = (
        "⚠️ Who is banned cannot open that thread: they could read it only until the ban. Please "
        "write to them another way, if you can."
    )
    assert troubles(known.intents, known) == [said] * (kind is BAN and state is ACTIVE)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (ACTIVE, "has not worked everywhere and will be tried again: so."),
        (FAILED, "did not work: so."),
    ],
)
def test_a_removal_from_a_board_that_worked_in_part_is_tried_again(
    state: SanctionState, said: str
) -> None:
    """Once it was, what came of that is said, and no more of the order."""
    order = done(IntentKind.APPLY, "so", state=IntentState.FAILED, sanction=1)
    known = dossier(
        ruling(sanctions=(1,)), sanctions=(sanction(draft(BOARD), state=state),), intents=(order,)
    )
    later = done(IntentKind.KEEP, "", sanction=1, id=order.id + 1)

    assert troubles([order], known) == [f"⚠️ Putting the board removal in force {said}"]
    assert troubles([order, later], known) == []
