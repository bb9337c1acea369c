"""Actions: their order is their meaning."""

import pytest

from bot.model.action import Action


def test_actions_rise_from_nothing_to_removal() -> None:
    """ALLOW < NOTE < REVIEW < REMOVE."""
    assert sorted(Action) == [Action.ALLOW, Action.NOTE, Action.REVIEW, Action.REMOVE]


@pytest.mark.parametrize("action", Action)
def test_a_word_is_read_back_as_its_action(action: Action) -> None:
    """from_word reads what word wrote."""
    assert Action.from_word(action.word) is action


@pytest.mark.parametrize("word", ["", "REMOVE", "ban", "remove "])
def test_a_word_of_no_action_is_refused_with_those_that_are(word: str) -> None:
    """The error names the word and what was expected."""
    with pytest.raises(ValueError, match="expected one of allow, note, review, remove") as refused:
        Action.from_word(word)
    assert repr(word) in str(refused.value)
