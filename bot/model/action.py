"""What a finding or a decision asks for, from nothing to removal of the post."""

from enum import IntEnum


class Action(IntEnum):
    """What is to be done with a post; the order is the meaning, compare with ``<``."""

    ALLOW = 0
    """Nothing was found, or all that was found is permitted here."""
    NOTE = 1
    """Kept as an observation that moderators may list; nobody is told."""
    REVIEW = 2
    """A moderator is asked; nothing happens to the post."""
    REMOVE = 3
    """The post is removed, its author is told, moderators can restore it."""

    @property
    def word(self) -> str:
        """The lower-case word used in files and in the output of ``screen``."""
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> "Action":
        """Read what :attr:`word` wrote.

        Raises:
            ValueError: if no action has that word.
        """
        for action in cls:
            if action.word == word:
                return action
        known = ", ".join(action.word for action in cls)
        raise ValueError(f"{word!r} is no action; expected one of {known}")
