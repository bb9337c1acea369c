"""What happens in a demo, one fact at a time, in the order a viewer is told."""

from dataclasses import dataclass

from bot.demo.script import Script, Speech
from bot.model.action import Action


@dataclass(frozen=True, slots=True)
class Opened:
    """The simulated server is there."""

    script: Script


@dataclass(frozen=True, slots=True)
class Applied:
    """The community file was applied by the real command."""

    command: str
    said: tuple[str, ...]
    """Its lines of output."""


@dataclass(frozen=True, slots=True)
class Started:
    """The bot is running, connected, and has read what was written before."""

    pid: int
    seconds: float
    """From the start of the process."""
    again: bool
    """Whether it came back after it was killed."""


@dataclass(frozen=True, slots=True)
class SceneBegan:
    """A new scene begins."""

    title: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something is under way that may take seconds."""

    words: str


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody is about to post; a viewer may be given time to read."""

    speech: Speech


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody posted, or changed a post."""

    speech: Speech
    channel: str
    bot_is_away: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing the bot found, as it says itself."""

    rule: str
    guideline: int | None
    words: str
    """The words it was found in; empty where that is the whole post."""
    reason: str
    confidence: float
    action: Action
    because: str | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message of Concord's, as its readers see it."""

    title: str
    body: str
    """In Discord's markdown, mentions as names."""
    footer: str
    posts: frozenset[int] = frozenset()
    """Ids of the messages it links to."""
    thread: str | None = None
    """The private thread it stands in; None for a direct message or the log."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a post, as people on the server can see it."""

    speech: Speech
    channel: str
    action: Action
    """REMOVE if the post is gone, REVIEW if moderators are asked; else what the bot says of it."""
    seen: tuple[Seen, ...]
    told: bool
    """Whether the bot has said what it found; it cannot if it was killed at that moment."""
    seconds: float | None
    """From the post to the bot's request to remove it; None if it was not removed, or caught up."""
    notice: Letter | None
    card: Letter | None
    """The line of the moderators' log."""
    caught_up: bool = False
    """Whether it was written while the bot was away."""

    @property
    def excepted(self) -> bool:
        """Whether something found is permitted by an exception."""
        return any(one.action is Action.ALLOW and one.because for one in self.seen)


@dataclass(frozen=True, slots=True)
class Killed:
    """The bot's process was ended by kill -9."""

    pid: int
    removing: str | None
    """Whose post it had just removed; None if nothing was going on."""
    notified: bool
    """Whether that person had already been told."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The demo is over."""

    outcomes: tuple[Outcome, ...]
    """One for every post and every change of one, in the order they were written."""
    letters: int
    """Notices and lines of the log, over the whole demo."""
    twice: int
    """How many of them came more than once."""
    differences: tuple[str, ...]
    """Where the bot did something else than the script expects; sentences."""


Fact = Opened | Waiting | Applied | Started | SceneBegan | Typing | Said | Outcome | Killed | Ended
