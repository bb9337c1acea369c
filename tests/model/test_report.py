"""A report decides by the join of what its findings ask for."""

from hypothesis import given
from hypothesis import strategies as st

from bot.model.action import Action
from bot.model.evidence import Finding
from bot.model.report import Failure, Report
from tests.model.strategies import findings


@given(st.lists(findings, max_size=5))
def test_the_decision_is_the_strongest_finding_and_rests_on_all_that_ask(
    found: list[Finding],
) -> None:
    """Findings that ask for nothing are listed, and do not stand behind the decision."""
    decision = Report(tuple(found)).decision

    assert decision.action == max((f.action for f in found), default=Action.ALLOW)
    assert decision.because == {f for f in found if f.action > Action.ALLOW}


def test_a_report_is_degraded_if_and_only_if_something_failed() -> None:
    """It is derived from failures alone."""
    assert not Report().degraded
    assert Report(failures=(Failure("vulgarity", "RuntimeError"),)).degraded
