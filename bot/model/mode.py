"""How far a rule may go by itself, and the posture an admin chooses for all rules at once."""

from enum import IntEnum, StrEnum

from bot.model.action import Action


class Mode(IntEnum):
    """How far a rule may go; a mode only ever lowers what evidence is worth."""

    OFF = 0
    """The rule is not run."""
    OBSERVE = 1
    """At most an observation."""
    REVIEW = 2
    """At most a question to the moderators."""
    ENFORCE = 3
    """Removal where the evidence reaches it; weaker evidence still only asks."""

    @property
    def word(self) -> str:
        """The lower-case word used in files."""
        return self.name.lower()

    @property
    def cap(self) -> Action:
        """The strongest action this mode lets through."""
        return _CAPS[self]

    @classmethod
    def from_word(cls, word: str) -> "Mode":
        """Read what :attr:`word` wrote.

        Raises:
            ValueError: if no mode has that word.
        """
        for mode in cls:
            if mode.word == word:
                return mode
        known = ", ".join(mode.word for mode in cls)
        raise ValueError(f"{word!r} is no mode; expected one of {known}")


_CAPS = {
    Mode.OFF: Action.ALLOW,
    Mode.OBSERVE: Action.NOTE,
    Mode.REVIEW: Action.REVIEW,
    Mode.ENFORCE: Action.REMOVE,
}


class Posture(StrEnum):
    """What an admin lets Concord do by itself, before any rule is set on its own."""

    OBSERVE = "observe"
    """Only watch and list; also the state before an admin has chosen."""
    ASK = "ask"
    """Ask moderators about everything found; remove nothing."""
    ACT = "act"
    """Let each rule go as far as its default mode in guidelines.toml."""

    @property
    def cap(self) -> Mode:
        """The mode that no rule goes beyond."""
        caps = {Posture.OBSERVE: Mode.OBSERVE, Posture.ASK: Mode.REVIEW, Posture.ACT: Mode.ENFORCE}
        return caps[self]
