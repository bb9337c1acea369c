"""What moderators read about pauses: nobody is told that all works while something is paused."""

import pytest

from bot.pausing.announcing import held, still
from bot.ports import Pause
from tests.making import GUILD, NOON
from tests.moderating import FIRST


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ((), "Nothing is paused: every rule works as it was set up."),
        ((None, "hate"), "Every rule is paused still; /resume without a rule ends that."),
        (("hate",), "Paused still: the rule **hate**; /resume with a rule ends its pause."),
        (("hate", "spam-repeat"), "Paused still: the rules **hate** and **spam-repeat**;"),
    ],
)
def test_what_is_paused_still_is_said(rules: tuple[str | None, ...], said: str) -> None:
    """Nobody is told that all works while something is paused."""
    assert still(Pause(GUILD, one, FIRST.user, NOON) for one in rules).startswith(said)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 removal that was about to happen is held back."),
        (2, "2 removals that were about to happen are held back."),
    ],
)
def test_removals_that_are_held_back_are_counted(count: int, said: str) -> None:
    """One is one."""
    assert held(count) == said
