"""Rules by what moderators type: an id, a number, words, the beginning of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files.folder import config_folder
from bot.files.guidelines import read_guidelines
from bot.model.guidelines import Guidelines
from bot.policy.rule_names import UnknownRuleError, named, proposed


def shipped() -> Guidelines:
    """Return the guidelines that ship."""
    guidelines, problems = read_guidelines(config_folder() / "guidelines.toml")
    assert guidelines is not None, problems
    return guidelines


GUIDELINES = shipped()
RULES = [rule for rule in GUIDELINES.rules() if rule.guideline is not None]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("contact-info", ["contact-info"]),
        ("Contact", ["contact-info", "private-communication", "doxing"]),
        ("3", ["contact-info", "private-communication", "doxing"]),
        ("guideline 3", ["contact-info", "private-communication", "doxing"]),
        ("#10", ["negativity"]),
        ("phone", ["contact-info"]),
        ("private mess", ["private-communication"]),
        ("spamm", ["spam-repeat"]),
        ("privte mesages", ["private-communication"]),
        ("vulgar words", ["vulgarity"]),
        ("99", []),
        ("zebra", []),
        ("self-harm", []),
    ],
)
def test_rules_are_found_by_id_number_or_words(typed: str, ids: list[str]) -> None:
    """The best first; small mistakes do not matter; care rules are nothing to sanction for."""
    assert [rule.id for rule in proposed(typed, GUIDELINES)] == ids


def test_nothing_typed_offers_every_rule_in_order() -> None:
    """Those that no guideline stands behind left out."""
    assert proposed("", GUIDELINES) == tuple(RULES)


def test_care_rules_are_found_where_they_are_asked_for() -> None:
    """A note may be about one."""
    assert named("self-harm", GUIDELINES, care=True).guideline is None


@pytest.mark.parametrize("rule", RULES, ids=lambda one: one.id)
def test_every_rule_is_named_by_its_id_and_its_label(rule) -> None:
    """What autocomplete offers can be sent back."""
    assert named(rule.id, GUIDELINES) is rule
    assert named(rule.label.upper(), GUIDELINES) is rule


def test_a_number_with_one_rule_names_it() -> None:
    """And one with several asks back."""
    assert named("1", GUIDELINES).id == "language"
    with pytest.raises(UnknownRuleError) as caught:
        named("3", GUIDELINES)
    assert str(caught.value) == (
        "More than one rule may be meant: contact-info, private-communication, doxing. Please pick "
        "one of them."
    )


@pytest.mark.parametrize("typed", ["zebra", "", "  "])
def test_what_names_no_rule_is_told_with_what_would(typed: str) -> None:
    """One sentence."""
    with pytest.raises(UnknownRuleError, match="No rule has these words"):
        named(typed, GUIDELINES)


@given(st.text(max_size=150))
def test_the_same_words_always_find_the_same_rules(typed: str) -> None:
    """Each once."""
    found = proposed(typed, GUIDELINES)
    assert found == proposed(typed, GUIDELINES)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("typed", ["self-harm", "Self-Harm", "self-h"])
def test_who_names_care_is_asked_to_be_kind(typed: str) -> None:
    """Nobody is sanctioned for it, and it is not said that there is no such thing."""
    with pytest.raises(UnknownRuleError, match=r"self-harm is about care: .* kindly"):
        named(typed, GUIDELINES)


def test_a_number_that_no_guideline_has_is_said_to_be_none() -> None:
    """With the numbers that there are."""
    with pytest.raises(UnknownRuleError, match="There is no guideline 99"):
        named("99", GUIDELINES)
