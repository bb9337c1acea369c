"""Rules by what moderators type: an id, a guideline's number, words of the label."""

import re
from typing import Final

from rapidfuzz.fuzz import ratio

from bot.errors import ConcordError
from bot.model.guidelines import Guidelines, Rule

_TYPED_MOST: Final = 100
"""Characters that are read of what was typed: a label has no more."""

_ALIKE: Final = 75
"""Likeness, of 100, from which a word is taken for a mistyped one; chosen, not measured."""

_NUMBER_RE: Final = re.compile(r"(?:guideline|rule|no|nr|#)?\s*\.?\s*([0-9]{1,4})")


class UnknownRuleError(ConcordError):
    """What was typed names no rule, or several; the text says what to do."""


def proposed(typed: str, guidelines: Guidelines, *, care: bool = False) -> tuple[Rule, ...]:
    """Return the rules that fit what was typed so far, the best first, else in order.

    Args:
        typed: an id, a number, words, or the beginning of any; nothing fits every rule.
        guidelines: the document.
        care: whether care rules are among them; nobody is sanctioned for those.
    """
    rules = [rule for rule in guidelines.rules() if care or rule.guideline is not None]
    text = _tidied(typed)
    ranked = [(_rank(text, rule, guidelines), place) for place, rule in enumerate(rules)]
    fitting = sorted((rank, place) for rank, place in ranked if rank is not None)
    return tuple(rules[place] for _, place in fitting)


def named(typed: str, guidelines: Guidelines, *, care: bool = False) -> Rule:
    """Return the one rule that was meant.

    An id, a label, the number of a guideline with one rule, or words that fit
    one rule only.

    Raises:
        UnknownRuleError: if none is meant, or more than one may be.
    """
    text = _tidied(typed)
    rules = [rule for rule in guidelines.rules() if care or rule.guideline is not None]
    for rule in rules:
        if text in (rule.id, _tidied(rule.label)):
            return rule
    fitting = proposed(typed, guidelines, care=care) if text else ()
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        if text and not care and (kind := proposed(typed, guidelines, care=True)):
            raise UnknownRuleError(
                f"{kind[0].id} is about care: nobody is sanctioned or told off, and nothing is "
                "removed for it. Please write to the member yourself, kindly."
            )
        if (number := _NUMBER_RE.fullmatch(text)) is not None:
            last = max(one.number for one in guidelines.guidelines)
            raise UnknownRuleError(
                f"There is no guideline {int(number[1])} with a rule to apply; they go from 1 to "
                f"{last}."
            )
        raise UnknownRuleError(
            "No rule has these words. Please pick one from the list, or write its id, such as "
            f"{rules[0].id}."
        )
    close = ", ".join(rule.id for rule in fitting[:5])
    raise UnknownRuleError(f"More than one rule may be meant: {close}. Please pick one of them.")


def _rank(text: str, rule: Rule, guidelines: Guidelines) -> int | None:
    """Return how well a rule fits, 0 best; None if it does not."""
    if not text or text == rule.id:
        return 0
    if (number := _NUMBER_RE.fullmatch(text)) is not None:
        return 1 if int(number[1]) == rule.guideline else None
    if rule.id.startswith(text):
        return 2
    label = _words(rule.label)
    title = _words(guidelines.guideline(rule.guideline).title) if rule.guideline else []
    wanted = _words(text)
    for rank, words in ((3, _words(rule.id)), (4, label), (5, title)):
        if wanted and all(any(one.startswith(word) for one in words) for word in wanted):
            return rank
    known = [*_words(rule.id), *label]
    if wanted and all(_is_like(word, known) for word in wanted):
        return 6
    return None


def _is_like(word: str, known: list[str]) -> bool:
    return len(word) > 3 and any(ratio(word, one) >= _ALIKE for one in known)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _tidied(text: str) -> str:
    return " ".join(text[:_TYPED_MOST].lower().split())
