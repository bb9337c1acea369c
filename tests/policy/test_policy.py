"""The numbers of the policy as values."""

from dataclasses import replace

import pytest

from bot.policy.policy import Thresholds
from tests.making import THRESHOLDS, policy


@pytest.mark.parametrize(
    "numbers", [(0.5, 0.3, 0.9), (0.3, 0.9, 0.5), (-0.1, 0.5, 0.9), (0.3, 0.5, 1.1)]
)
def test_thresholds_that_do_not_rise_within_zero_and_one_are_refused(
    numbers: tuple[float, float, float],
) -> None:
    """0 <= note <= review <= remove <= 1."""
    with pytest.raises(ValueError, match="must rise from note over review to remove"):
        Thresholds(*numbers)


def test_a_rules_own_thresholds_come_before_the_common_ones() -> None:
    """Rules without their own take the common ones."""
    own = Thresholds(0.1, 0.2, 0.3)
    numbers = replace(policy(), rule_thresholds={"hate": own})
    assert numbers.thresholds_of("hate") is own
    assert numbers.thresholds_of("vulgarity") is THRESHOLDS
