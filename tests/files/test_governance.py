"""Protections that an admin lifts are named; those that ship are all in place."""

from dataclasses import replace

import pytest

from bot.files.folder import config_folder
from bot.files.governance import NEVER_EXCEPTED, REVIEW_AT_MOST, lifted
from bot.files.guidelines import read_guidelines
from bot.model.action import Action
from bot.model.guidelines import Guidelines, Rule


@pytest.fixture
def shipped() -> Guidelines:
    """The guidelines that ship."""
    guidelines, problems = read_guidelines(config_folder() / "guidelines.toml")
    assert guidelines is not None, problems
    return guidelines


def _changed(guidelines: Guidelines, new: Rule) -> Guidelines:
    def swap(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(new if rule.id == new.id else rule for rule in rules)

    numbered = tuple(replace(one, rules=swap(one.rules)) for one in guidelines.guidelines)
    return replace(guidelines, guidelines=numbered, care=swap(guidelines.care))


def test_what_ships_lifts_nothing(shipped: Guidelines) -> None:
    """Every rule of both lists is there, and protected."""
    assert {*NEVER_EXCEPTED, *REVIEW_AT_MOST} <= {rule.id for rule in shipped.rules()}
    assert list(lifted(shipped)) == []


@pytest.mark.parametrize("rule", NEVER_EXCEPTED)
def test_a_rule_that_may_suddenly_be_excepted_is_named(rule: str, shipped: Guidelines) -> None:
    """One warning, with the rule and what is advised."""
    changed = _changed(shipped, replace(shipped.rule(rule), exceptable=True))

    (said,) = lifted(changed)
    assert said.startswith(f"rule {rule!r} is exceptable;")
    assert "exceptable = false is strongly advised" in said


@pytest.mark.parametrize("rule", REVIEW_AT_MOST)
def test_a_rule_that_suddenly_removes_is_named(rule: str, shipped: Guidelines) -> None:
    """One warning, with the rule and what is advised; less than review is nobody's worry."""
    removes = _changed(shipped, replace(shipped.rule(rule), max_action=Action.REMOVE))
    notes = _changed(shipped, replace(shipped.rule(rule), max_action=Action.NOTE))

    (said,) = lifted(removes)
    assert said.startswith(f"max_action of rule {rule!r} is 'remove';")
    assert list(lifted(notes)) == []
