"""What Concord itself adds to the lines of rulings: who confirmed, what was given back by hand."""

import pytest

from bot.model.dossier import Dossier
from bot.model.intent import IntentKind, IntentState
from bot.model.ruling import ACCESS_BACK, CONFIRMED, ROLE_BACK, Change, Ending, RulingKind
from bot.model.sanction import SanctionState
from tests.making import ADA
from tests.wording.samples import (
    MODERATOR,
    TIMEOUT,
    TOKEN,
    WORDING,
    done,
    dossier,
    draft,
    ruling,
    sanction,
)


def line(of: Dossier, which: int = 1):
    """Return the line of the moderators' log on a ruling of a case."""
    return WORDING.ruling_line(of, of.ruling(which), TOKEN)


def test_an_admin_who_confirmed_it_is_named() -> None:
    """As a mention that Discord shows; also once who it was is erased, it is said that one did."""
    named = ruling(changes=(Change(CONFIRMED, "", "555"),))
    erased = ruling(changes=(Change(CONFIRMED, "", ""),))

    assert "• Confirmed by <@555>" in line(dossier(named)).paragraphs
    assert "• Confirmed by <@555>" in "\n".join(WORDING.case_page(dossier(named)).paragraphs)
    assert "• Confirmed by an admin" in line(dossier(erased)).paragraphs


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(ROLE_BACK, "", "44"), "• The role <@&44> was given back by hand"),
        (
            Change(ACCESS_BACK, "send_messages", "55"),
            "• What they may do in <#55> (send\\_messages) was given back by hand",
        ),
        (Change(ROLE_BACK, "", ""), "• A role was given back by hand"),
        (Change(ACCESS_BACK, "", ""), "• What they may do in a channel was given back by hand"),
    ],
)
def test_what_was_given_back_by_hand_asks_to_be_lifted(change: Change, said: str) -> None:
    """With the role or channel as Discord shows it, and a button that lifts."""
    words = line(dossier(ruling(RulingKind.NOTED, changes=(change,), silent=True, tells=False)))

    assert said in words.paragraphs
    assert words.paragraphs[0].startswith(f"<@{ADA}> · Given back by hand by <@{MODERATOR}>")
    assert "press Lift" in words.paragraphs[-1]
    assert words.lifts
    assert words.alert
    assert not line(dossier(ruling())).lifts


def test_the_line_of_a_lift_says_that_the_end_did_not_work() -> None:
    """Also where that end had been planned when the sanction was ordered."""
    refused = done(IntentKind.END, "not allowed", state=IntentState.FAILED, sanction=1, ruling=1)
    known = dossier(
        ruling(sanctions=(1,)),
        ruling(RulingKind.LIFTED, 2, endings=(Ending(1, SanctionState.LIFTED),)),
        sanctions=(sanction(draft(TIMEOUT, 7), state=SanctionState.LIFTED),),
        intents=(refused,),
    )

    said = line(known, 2)

    assert "⚠️ Ending the timeout did not work: not allowed." in said.paragraphs
    assert said.alert
