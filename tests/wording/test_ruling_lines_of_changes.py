"""What Concord itself adds to the lines of rulings: who confirmed, what was given back by hand."""

from dataclasses import replace

import pytest

from bot.model.case import CaseOrigin
from bot.model.dossier import Dossier
from bot.model.intent import IntentKind, IntentState
from bot.model.ruling import (
    ACCESS_BACK,
    BY_AUTOMOD,
    CONFIRMED,
    DENIED,
    KEPT_BACK,
    POSTS_DELETED,
    ROLE_BACK,
    Change,
    Ending,
    RulingKind,
)
from bot.model.sanction import SanctionState
from bot.wording.pages import case_entry
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


DELETED = Change(POSTS_DELETED, "", "55")
KEPT = Change(KEPT_BACK, "No *pills*", "55")
KEPT_LINE = "Discord's AutoMod kept a message in <#55> from appearing"
SHUT = Change(DENIED, "Send Messages", "55")


@pytest.mark.parametrize(
    ("change", "title", "said"),
    [
        (DELETED, "posts deleted, by hand", "• Posts of theirs in <#55> were deleted by hand"),
        (
            KEPT,
            "a message kept back, by hand",
            f'• {KEPT_LINE} (its rule "No \\*pills\\*")',
        ),
        (SHUT, "permissions denied, by hand", "• Denied to them in <#55>: Send Messages"),
    ],
)
def test_what_was_done_by_hand_and_left_nothing_is_said_in_words(
    change: Change, title: str, said: str
) -> None:
    """In the line, which asks for the guideline, on the case's page, and in lists of cases."""
    by_hand = ruling(RulingKind.BY_HAND, rule=None, tells=False, changes=(change,))
    of = dossier(by_hand, posts=())
    of = replace(of, case=replace(of.case, origin=CaseOrigin.BY_HAND))
    words = line(of)

    assert words.title.endswith(f" · {title}")
    assert said in words.paragraphs
    assert words.paragraphs[0] == f"<@{ADA}> · Done by hand by <@{MODERATOR}>"
    assert "nobody has said which guideline it rests on" in words.paragraphs[-1]
    assert said in "\n".join(WORDING.case_page(of).paragraphs)
    assert f" · {title.removesuffix(', by hand')} · " in case_entry(of)


def test_posts_deleted_by_hand_are_noted_where_a_moderator_is_asked() -> None:
    """Who deleted them; nothing is asked beyond that somebody looks."""
    noted = ruling(RulingKind.NOTED, rule=None, changes=(DELETED,), silent=True, tells=False)
    words = line(dossier(noted))

    assert words.title.endswith(" · please look at this")
    assert words.paragraphs[0] == f"<@{ADA}> · Done by hand by <@{MODERATOR}>"
    assert not words.lifts


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (POSTS_DELETED, "• Posts of theirs in a channel were deleted by hand"),
        (KEPT_BACK, "• Discord's AutoMod kept a message in a channel from appearing"),
        (DENIED, "• Denied to them in a channel: erased"),
    ],
)
def test_where_it_was_may_be_erased(what: str, said: str) -> None:
    """What was done stays."""
    by_hand = ruling(RulingKind.BY_HAND, rule=None, changes=(Change(what, "", ""),))

    assert said in line(dossier(by_hand, posts=())).paragraphs


def test_what_automod_kept_back_is_said_of_automod() -> None:
    """Nobody is said to have done it to themselves."""
    kept = ruling(
        RulingKind.BY_HAND, rule=None, by=None, changes=(KEPT, Change(BY_AUTOMOD, "", ""))
    )

    assert "Done by hand by Discord's AutoMod" in line(dossier(kept, posts=())).paragraphs[0]
