"""What a script file may hold, key by key; ``config/demo.toml`` explains it."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from bot.demo.script import Happening, Person
from bot.files._table import Shape, expected
from bot.files._words import word_of
from bot.model.action import Action
from bot.model.mode import Posture


def _one_entry(value: object) -> object:
    return [value] if isinstance(value, str) else value


_Line = Annotated[
    str, Field(min_length=1, max_length=100), expected("one line of 1 to 100 characters")
]
_Words = Annotated[
    str,
    Field(min_length=1, max_length=2000),  # Discord's limit for the text of a message
    expected("a text of 1 to 2000 characters"),
]
_Rules = Annotated[list[str], BeforeValidator(_one_entry)]


class PersonShape(Shape):
    """Somebody on the server."""

    name: _Line
    groups: list[str] = Field(default_factory=list)
    staff: bool = False
    takes_dms: bool = True

    def build(self) -> Person:
        """Return it as a value."""
        return Person(self.name, tuple(self.groups), self.staff, self.takes_dms)


class StepShape(Shape):
    """Somebody writes, or something happens to the bot's process, or both."""

    who: str | None = None
    on: str | None = None
    says: _Words | None = None
    id: _Line | None = None
    edits: str | None = None
    expect: Annotated[Action, word_of(Action)] | None = None
    found: _Rules = Field(default_factory=list)
    excepted: bool = False
    aside: str = ""
    bot: Annotated[Happening, word_of(Happening)] | None = None


class SceneShape(Shape):
    """Steps under one title."""

    title: _Line
    step: list[StepShape] = Field(min_length=1)


class ScriptShape(Shape):
    """The whole file."""

    title: _Line
    community: str
    posture: Annotated[Posture, word_of(Posture)] | None = None
    person: list[PersonShape] = Field(min_length=1)
    scene: list[SceneShape] = Field(min_length=1)
