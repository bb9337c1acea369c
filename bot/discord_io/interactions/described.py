"""The words under the options of commands: the same option reads the same everywhere."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final, TypeVar

from discord import app_commands

from bot.discord_io.interactions.options import (
    BoardOption,
    CaseOption,
    GroupOption,
    InForceOption,
    LengthOption,
    Note,
    PausedRuleOption,
    PostOption,
    RuleOption,
)
from bot.discord_io.interactions.references import PostPlace
from bot.text.durations import Length

_Command = TypeVar("_Command", bound=Callable[..., Any])

RuleIn = app_commands.Transform[str, RuleOption]
PausedRuleIn = app_commands.Transform[str, PausedRuleOption]
LengthIn = app_commands.Transform[Length, LengthOption]
PostIn = app_commands.Transform[PostPlace, PostOption]
CaseIn = app_commands.Transform[int, CaseOption]
BoardIn = app_commands.Transform[str, BoardOption]
GroupIn = app_commands.Transform[str, GroupOption]
InForceIn = app_commands.Transform[tuple[int, int | None], InForceOption]
NoteIn = Note

WORDS: Final = MappingProxyType(
    {
        "member": "Who; paste the id of somebody who has left",
        "rule": "What it is about: id, guideline number or words; discretion needs a note",
        "duration": "How long: 90m, 3 days, until 2026-12-24, forever; else as the ladder says",
        "note": "To the member: they read it in their notice",
        "internal": "For moderators only; the member never sees it",
        "post": "The post it is about: its link (Copy Message Link)",
        "because": "Why, if it is not what the ladder proposes",
        "silent": "No line in the public log; the member is told all the same",
        "board": "Which board",
        "group": "Which Community Group",
        "case": "The case's number, as in C-12",
    }
)
"""What an option is for, by its name; at most 100 characters each."""


def described(*names: str, **others: str) -> Callable[[_Command], _Command]:
    """Describe options of a command: those of WORDS by name, others in words of their own."""
    return app_commands.describe(**{name: WORDS[name] for name in names}, **others)
