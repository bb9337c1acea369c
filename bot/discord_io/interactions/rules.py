"""Which rule a moderator means: its id, its guideline's number, or words of its label."""

from collections.abc import Sequence

from bot.discord_io.interactions.references import OptionError
from bot.model.guidelines import Guidelines, Rule


def offered(guidelines: Guidelines, typed: str) -> Sequence[Rule]:
    """Return the rules that fit what has been typed so far, the best first; all for nothing.

    Rules that no guideline stands behind are left out: they never lead to a sanction.
    """
    said = " ".join(typed.lower().split())
    found = [
        (rank, place, rule)
        for place, rule in enumerate(guidelines.rules())
        if rule.guideline is not None and (rank := _rank(guidelines, rule, said)) is not None
    ]
    return [rule for _, _, rule in sorted(found, key=lambda one: one[:2])]


def read_rule(guidelines: Guidelines, typed: str) -> Rule:
    """Return the rule that was typed.

    Raises:
        OptionError: if none or more than one is meant.
    """
    said = typed.strip().lower()
    found = offered(guidelines, said)
    exact = [rule for rule in found if rule.id == said]
    if exact or len(found) == 1:
        return (exact or found)[0]
    if not found:
        raise OptionError("No rule has these words. Pick one from the list, or write its id.")
    some = ", ".join(rule.id for rule in found[:5])
    raise OptionError(f"More than one rule may be meant: {some}. Write the id of one.")


def _rank(guidelines: Guidelines, rule: Rule, said: str) -> int | None:
    """Return how well a rule fits, 0 best; None if it does not."""
    if not said or rule.id == said:
        return 0
    if rule.id.startswith(said):
        return 1
    if said.removeprefix("guideline ").lstrip("#") == str(rule.guideline):
        return 2
    assert rule.guideline is not None, "BUG: a rule without a guideline was offered"
    title = guidelines.guideline(rule.guideline).title
    written = f"{rule.id} {rule.label} {title}".lower()
    return 3 if all(word in written for word in said.split()) else None
