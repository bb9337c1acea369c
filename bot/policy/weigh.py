"""What one piece of evidence is worth before exceptions and modes."""

from bot.model.action import Action
from bot.model.evidence import Evidence
from bot.model.guidelines import Rule
from bot.policy.policy import Thresholds

ACTS_ON_BORROWED_WORDS = frozenset({"unsafe-download", "repost-removed"})
"""Rules for which others' words count like the author's own: a link harms whoever posts it."""


def weigh(evidence: Evidence, rule: Rule, thresholds: Thresholds) -> Action:
    """Return what evidence asks for by its confidence, within what its rule allows.

    Laws: monotone in confidence; never above ``rule.max_action``; borrowed words ask for REVIEW at
    most, except for rules in :data:`ACTS_ON_BORROWED_WORDS`.
    """
    if evidence.confidence >= thresholds.remove:
        action = Action.REMOVE
    elif evidence.confidence >= thresholds.review:
        action = Action.REVIEW
    elif evidence.confidence >= thresholds.note:
        action = Action.NOTE
    else:
        action = Action.ALLOW
    if evidence.borrowed and rule.id not in ACTS_ON_BORROWED_WORDS:
        action = min(action, Action.REVIEW)
    return min(action, rule.max_action)
