"""What a demo plays: people, scenes, and for every post what is expected to come of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.model.action import Action
from bot.model.community import Community
from bot.model.mode import Posture


class Happening(StrEnum):
    """What can happen to the bot's process."""

    KILLED = "killed"
    """kill -9; in a step that says something, as soon as that post is gone."""
    STARTED = "started"
    """Started again; returns when all that was written in the meantime is dealt with."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the simulated server."""

    name: str
    """Unique in the script."""
    groups: tuple[str, ...] = ()
    """Names of Community Groups."""
    staff: bool = False
    """Whether they have the community's first moderator role."""
    takes_dms: bool = True


@dataclass(frozen=True, slots=True)
class Expected:
    """What should come of a post; the demo says where it does not."""

    action: Action
    rules: frozenset[str] = frozenset()
    """The rules that something is found for, permitted or not."""
    excepted: bool = False
    """Whether something found is permitted by an exception."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Somebody posts, or changes an earlier post."""

    who: str
    says: str
    expected: Expected
    board: str
    """The name of the board; for a change, where the earlier post stands."""
    id: str | None = None
    """By which a later step can name the post."""
    edits: str | None = None
    """The id of the step whose post is changed; None for a new post."""
    aside: str = ""
    """What a viewer is told before it."""
    happening: Happening | None = None
    """KILLED where the bot is killed as soon as the post is gone."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something happens to the bot's process while nobody writes."""

    happening: Happening
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Steps under one heading; played in order."""

    title: str
    steps: tuple[Speech | Turn, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A whole demo."""

    title: str
    community_file: Path
    community: Community
    posture: Posture | None
    """Instead of the community file's; None leaves that as it is."""
    people: tuple[Person, ...]
    scenes: tuple[Scene, ...]

    def speeches(self) -> Iterator[Speech]:
        """Yield every step in which somebody writes, in order."""
        for scene in self.scenes:
            for step in scene.steps:
                if isinstance(step, Speech):
                    yield step
