"""Our own entries of the audit log are known by their reason."""

from bot.upholding.reasons import case_named, is_ours, reason_of, token_named
from tests.making import case, guidelines


def test_a_reason_names_case_token_and_guideline_and_is_known_again() -> None:
    """As written, so read."""
    reason = reason_of(case(), "0123ab", "vulgarity", guidelines())

    assert reason == "Concord C-3 · 0123ab · guideline 5"
    assert is_ours(reason)
    assert case_named(reason) == "C-3"
    assert token_named(reason) == "0123ab"


def test_without_a_rule_or_with_one_that_is_gone_no_guideline_is_named() -> None:
    """A case outlives wordings."""
    for rule in (None, "gone"):
        reason = reason_of(case(), "0123ab", rule, guidelines())
        assert reason == "Concord C-3 · 0123ab"
        assert is_ours(reason)


def test_other_words_are_nobodys_of_ours() -> None:
    """Not even those that speak of Concord."""
    for reason in ("", "Concord did it", "spam", "see Concord C-3 · 0123ab"):
        assert not is_ours(reason)
        assert case_named(reason) is None
        assert token_named(reason) is None
