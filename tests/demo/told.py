"""Outcomes for tests of what a demo tells."""

from dataclasses import replace

from bot.demo.facts import Letter, Outcome, Seen
from bot.demo.script import Expected, Speech
from bot.model.action import Action

VULGAR = Seen(
    rule="vulgarity",
    guideline=5,
    words="bullsh1t",
    reason="vulgar language in disguise",
    confidence=0.95,
    action=Action.REMOVE,
    because=None,
)
NOTICE = Letter(
    "A post of yours was removed", "**What was found**\n• vulgar language", "C-1 · aa11"
)
CARD = Letter("C-1 · post removed", "@Ada in #general", "C-1 · bb22")


def removed(**changes: object) -> Outcome:
    """Return the outcome of a removed post, as a script expects it."""
    speech = Speech(
        "Ada", "What bullsh1t.", Expected(Action.REMOVE, frozenset({"vulgarity"})), "General"
    )
    outcome = Outcome(
        speech,
        "general",
        Action.REMOVE,
        (VULGAR,),
        told=True,
        seconds=0.031,
        notice=NOTICE,
        card=CARD,
    )
    return replace(outcome, **changes)  # type: ignore[arg-type]


def untouched(**changes: object) -> Outcome:
    """Return the outcome of a post in which nothing was found, as a script expects it."""
    speech = Speech("Bea", "Good morning, all of you.", Expected(Action.ALLOW), "General")
    outcome = Outcome(
        speech, "general", Action.ALLOW, (), told=True, seconds=None, notice=None, card=None
    )
    return replace(outcome, **changes)  # type: ignore[arg-type]
