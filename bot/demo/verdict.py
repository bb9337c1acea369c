"""What came of a post in a few words."""

from bot.demo.facts import Outcome
from bot.demo.glyphs import Glyphs
from bot.demo.script import Happening
from bot.model.action import Action

STYLES = {
    Action.ALLOW: "green",
    Action.NOTE: "magenta",
    Action.REVIEW: "yellow",
    Action.REMOVE: "red",
}
"""The colour of each action, everywhere in a demo."""


def sign(action: Action, glyphs: Glyphs) -> str:
    """Return the sign of what was done."""
    match action:
        case Action.REMOVE:
            return glyphs.remove
        case Action.REVIEW:
            return glyphs.review
        case Action.NOTE:
            return glyphs.note
        case Action.ALLOW:
            return glyphs.allow


def verdict(outcome: Outcome) -> tuple[str, str]:
    """Return what was done, and what more there is to say of it."""
    match outcome.action:
        case Action.REMOVE:
            return _removed(outcome)
        case Action.REVIEW:
            return "Moderators are asked", "; until one has looked, the post stands"
        case Action.NOTE:
            return "Noted", "; the post stands, and nobody is told"
        case Action.ALLOW:
            if outcome.excepted:
                return "Allowed by an exception", ""
            return "Untouched", ", nothing found"


def _removed(outcome: Outcome) -> tuple[str, str]:
    if outcome.speech.happening is Happening.KILLED:
        return "Removed before the kill", f"; {outcome.speech.who} is told now"
    if outcome.caught_up:
        return "Removed", " when the bot was back and read what it had missed"
    if outcome.seconds is None:
        return "Removed", ""
    since = "posted" if outcome.speech.edits is None else "edited"
    return "Removed", f" {outcome.seconds * 1000:.0f} ms after it was {since}"
