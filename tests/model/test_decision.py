"""Decisions join by a law-abiding join, so that the order of detectors cannot matter."""

from hypothesis import given

from bot.model.decision import Decision
from tests.model.strategies import decisions


@given(decisions, decisions, decisions)
def test_joining_is_associative(a: Decision, b: Decision, c: Decision) -> None:
    """(a | b) | c is a | (b | c)."""
    assert (a | b) | c == a | (b | c)


@given(decisions, decisions)
def test_joining_is_commutative(a: Decision, b: Decision) -> None:
    """Either order gives the same."""
    assert a | b == b | a


@given(decisions)
def test_joining_is_idempotent_with_the_empty_decision_as_identity(a: Decision) -> None:
    """Joining a decision with itself or with nothing changes nothing."""
    assert a | a == a
    assert a | Decision() == a


@given(decisions, decisions)
def test_a_join_takes_the_stronger_action_and_loses_no_finding(a: Decision, b: Decision) -> None:
    """The action is the maximum; the findings are those of both."""
    both = a | b
    assert both.action == max(a.action, b.action)
    assert both.because == a.because | b.because
