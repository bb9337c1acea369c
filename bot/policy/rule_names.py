"""Rules by what moderators type: an id, a guideline's number, words of the label."""

import re
from typing import Final

from rapidfuzz.fuzz import ratio

from bot.errors import ConcordError
from bot.model.guidelines import Guidelines, Rule

MOST: Final = 25
"""Rules proposed at once: as many choices as Discord shows."""

_TYPED_MOST: Final = 100
"""Characters that are read of what was typed: a label has no more."""

_ALIKE: Final = 75
"""Likeness, of 100, from which a word is taken for a mistyped one; chosen, not measured."""

_NUMBER_RE: Final = re.compile(r"(?:guideline|rule|no|nr|#)?\s*\.?\s*([0-9]{1,4})")


class UnknownRuleError(ConcordError):
    """What was typed names no rule; the text says which come closest."""


def choice(rule: Rule) -> str:
    """Return a rule as it is offered: "3 · Contact details: email, …"; at most 100 characters."""
    name = rule.label if rule.guideline is None else f"{rule.guideline} · {rule.label}"
    return name if len(name) <= MOST_SHOWN else f"{name[: MOST_SHOWN - 1]}…"


MOST_SHOWN: Final = 100
"""Characters of a choice (Discord's documentation of commands, November 2026)."""


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
    return tuple(rules[place] for _, place in fitting[:MOST])


def named(typed: str, guidelines: Guidelines, *, care: bool = False) -> Rule:
    """Return the one rule that was meant.

    An id, a label, an offered choice, the number of a guideline with one rule, or words that fit
    one rule only.

    Raises:
        UnknownRuleError: if none is meant, or more than one may be.
    """
    text = _tidied(typed)
    rules = [rule for rule in guidelines.rules() if care or rule.guideline is not None]
    for rule in rules:
        if text in (rule.id, _tidied(rule.label), _tidied(choice(rule))):
            return rule
    fitting = proposed(typed, guidelines, care=care) if text else ()
    if len(fitting) == 1:
        return fitting[0]
    shown = repr(text if len(text) <= 40 else f"{text[:39]}…")
    if not fitting:
        raise UnknownRuleError(
            f"{shown} names no rule; expected an id such as {rules[0].id}, the number of a "
            "guideline, or words of its label"
        )
    close = ", ".join(rule.id for rule in fitting[:5])
    raise UnknownRuleError(f"{shown} may mean several rules; please choose one of {close}")


def _rank(text: str, rule: Rule, guidelines: Guidelines) -> int | None:
    """Return how well a rule fits, 0 best; None if it does not."""
    if not text or text in (rule.id, _tidied(choice(rule))):
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
