"""Modes cap actions; a posture sets the mode of every rule that has none of its own."""

import pytest

from bot.model.action import Action
from bot.model.mode import Mode, Posture


@pytest.mark.parametrize(
    ("mode", "cap"),
    [
        (Mode.OFF, Action.ALLOW),
        (Mode.OBSERVE, Action.NOTE),
        (Mode.REVIEW, Action.REVIEW),
        (Mode.ENFORCE, Action.REMOVE),
    ],
)
def test_each_mode_lets_through_what_its_name_says(mode: Mode, cap: Action) -> None:
    """Off nothing, observe a note, review a question, enforce a removal."""
    assert mode.cap is cap


@pytest.mark.parametrize("mode", Mode)
def test_a_word_is_read_back_as_its_mode(mode: Mode) -> None:
    """from_word reads what word wrote."""
    assert Mode.from_word(mode.word) is mode


def test_a_word_of_no_mode_is_refused_with_those_that_are() -> None:
    """The error names the word and what was expected."""
    with pytest.raises(ValueError, match="'on' is no mode; expected one of off, observe, review"):
        Mode.from_word("on")


@pytest.mark.parametrize(
    ("posture", "default", "mode"),
    [
        (Posture.OBSERVE, Mode.ENFORCE, Mode.OBSERVE),
        (Posture.OBSERVE, Mode.REVIEW, Mode.OBSERVE),
        (Posture.ASK, Mode.ENFORCE, Mode.REVIEW),
        (Posture.ASK, Mode.OBSERVE, Mode.OBSERVE),
        (Posture.ACT, Mode.ENFORCE, Mode.ENFORCE),
        (Posture.ACT, Mode.REVIEW, Mode.REVIEW),
    ],
)
def test_a_posture_lets_a_rule_go_as_far_as_both_allow(
    posture: Posture, default: Mode, mode: Mode
) -> None:
    """The lower of the posture's cap and the rule's default holds."""
    assert min(posture.cap, default) is mode


@pytest.mark.parametrize("posture", Posture)
def test_a_rule_that_is_off_stays_off_under_every_posture(posture: Posture) -> None:
    """No posture runs a rule whose default is off."""
    assert min(posture.cap, Mode.OFF) is Mode.OFF
