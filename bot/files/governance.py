"""Protections in the guidelines that an admin can lift, but hardly should without knowing it."""

from collections.abc import Iterator

from bot.model.action import Action
from bot.model.guidelines import Guidelines

NEVER_EXCEPTED = (
    "minor-safety",
    "hate",
    "threat",
    "doxing",
    "confidential",
    "harassment",
    "sexual",
)
"""They protect people who are not asked: no board or group can permit what is done to others."""
REVIEW_AT_MOST = (
    "language",
    "named-accusation",
    "dispute",
    "harassment",
    "disrespect",
    "politics",
    "sanction-talk",
    "moderation-talk",
    "negativity",
    "leave-platform",
    "self-harm",
)
"""A text alone does not tell whether they are broken: it takes who is right, what was said before
or how it was meant. And a removal would hurt whoever writes of harming themselves."""


def lifted(guidelines: Guidelines) -> Iterator[str]:
    """Yield a sentence for each protection that guidelines lift; allowed, but worth a warning."""
    for rule in guidelines.rules():
        if rule.exceptable and rule.id in NEVER_EXCEPTED:
            yield (
                f"rule {rule.id!r} is exceptable; it protects people who are not asked, "
                "so exceptable = false is strongly advised"
            )
        if rule.max_action > Action.REVIEW and rule.id in REVIEW_AT_MOST:
            yield (
                f"max_action of rule {rule.id!r} is {rule.max_action.word!r}; a text alone does "
                "not tell whether it is broken, so max_action = 'review' is strongly advised"
            )
