"""What one piece of evidence is worth."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.action import Action
from bot.model.evidence import Evidence
from bot.model.post import Surface
from bot.policy.policy import Thresholds
from bot.policy.weigh import ACTS_ON_BORROWED_WORDS, weigh
from tests.making import THRESHOLDS, evidence, rule
from tests.model.strategies import actions, confidences, evidences

shares = st.floats(0, 1)
thresholds = st.lists(shares, min_size=3, max_size=3).map(lambda three: Thresholds(*sorted(three)))


@pytest.mark.parametrize(
    ("confidence", "action"),
    [
        (0.29, Action.ALLOW),
        (0.30, Action.NOTE),
        (0.49, Action.NOTE),
        (0.50, Action.REVIEW),
        (0.94, Action.REVIEW),
        (0.95, Action.REMOVE),
        (1.00, Action.REMOVE),
    ],
)
def test_an_action_begins_at_its_threshold(confidence: float, action: Action) -> None:
    """From each threshold on, that threshold included."""
    assert weigh(evidence(confidence=confidence), rule("vulgarity"), THRESHOLDS) is action


@given(evidences(), confidences, thresholds, actions)
def test_more_confidence_is_never_worth_less(
    one: Evidence, confidence: float, numbers: Thresholds, most: Action
) -> None:
    """Monotone in confidence, whatever the thresholds and the rule's cap."""
    watched = rule(one.rule, max_action=most)
    low, high = sorted((one.confidence, confidence))
    assert weigh(replace(one, confidence=low), watched, numbers) <= weigh(
        replace(one, confidence=high), watched, numbers
    )


@given(evidences(), thresholds, actions)
def test_nothing_is_worth_more_than_its_rule_allows(
    one: Evidence, numbers: Thresholds, most: Action
) -> None:
    """max_action caps every evidence."""
    assert weigh(one, rule(one.rule, max_action=most), numbers) <= most


@given(evidences(), thresholds)
def test_borrowed_words_ask_at_most_except_for_rules_that_act_on_them(
    one: Evidence, numbers: Thresholds
) -> None:
    """Somebody else's words never remove a post, but a harmful link harms whoever posts it."""
    worth = weigh(one, rule(one.rule), numbers)
    own = weigh(replace(one, surface=Surface.CONTENT, quoted=False), rule(one.rule), numbers)
    if one.borrowed and one.rule not in ACTS_ON_BORROWED_WORDS:
        assert worth == min(own, Action.REVIEW)
    else:
        assert worth == own


def test_only_harm_and_reposts_act_on_borrowed_words() -> None:
    """The two rules that the design names."""
    assert {"unsafe-download", "repost-removed"} == ACTS_ON_BORROWED_WORDS
