"""A verdict: what a moderator's ruling says about one finding; how precise a rule is follows."""

from enum import StrEnum


class Verdict(StrEnum):
    """Whether what was found was right."""

    CONFIRMED = "confirmed"
    """A moderator removed the post by the finding's own rule."""
    NOT_CONFIRMED = "not-confirmed"
    """A moderator was asked and let the post stand."""
    WRONG = "wrong"
    """The post was removed, and a moderator gave it back."""
