"""Where reality is not as the script expects, a sentence says so."""

from dataclasses import replace

import pytest

from bot.demo.differences import differences
from bot.demo.facts import Outcome
from bot.model.action import Action
from tests.demo.told import CARD, NOTICE, VULGAR, removed, untouched


def test_what_is_as_expected_gets_no_sentence() -> None:
    """A removal with its notice and line, and a post left alone."""
    marks = {"C-1 · aa11": 1, "C-1 · bb22": 1}

    assert list(differences([removed(), untouched()], marks)) == []


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (
            removed(action=Action.REVIEW, notice=None),
            "Ada's post in #general was brought to the moderators; expected it removed.",
        ),
        (
            untouched(action=Action.REMOVE),
            "Bea's post in #general was removed; expected it left alone.",
        ),
        (removed(notice=None), "was removed, but Ada was not told"),
        (removed(card=None), "is not in the moderators' log"),
        (untouched(notice=NOTICE), "stands, but Bea got a notice"),
        (removed(seen=()), "was found: nothing; expected: vulgarity."),
        (untouched(seen=(VULGAR,)), "was found: vulgarity; expected: nothing."),
        (
            removed(seen=(VULGAR, replace(VULGAR, action=Action.ALLOW, because="allowed"))),
            "an exception held; expected the opposite",
        ),
    ],
)
def test_each_kind_of_surprise_is_named(outcome: Outcome, sentence: str) -> None:
    """Decision, finding, exception, notice and log are all compared."""
    [told] = differences([outcome], {})

    assert sentence in told


def test_a_message_that_came_twice_is_named() -> None:
    """By the mark that it bears."""
    [told] = differences([removed()], {NOTICE.footer: 2, CARD.footer: 1})

    assert told == "The message 'C-1 · aa11' came 2 times; expected it once."


def test_findings_are_not_compared_when_the_bot_died_before_telling_them() -> None:
    """What people on the server can see is still compared."""
    outcome = removed(seen=(), told=False)

    assert list(differences([outcome], {})) == []
