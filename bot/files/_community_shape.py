"""What a community file may hold, key by key."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator

from bot.files._sentences import did_you_mean
from bot.files._table import Shape, expected, unexpected
from bot.files._words import word_of
from bot.files.language_codes import is_language
from bot.model.community import Board, CommunityGroup, Place, RuleException, Umbrella
from bot.model.mode import Mode, Posture

_KIND_RE = re.compile(r"[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Known:
    """What the file may refer to."""

    rules: Mapping[str, bool]
    """Whether a rule may be excepted, by rule id; empty where the guidelines cannot be read."""
    boards: Sequence[str]
    """In the order of the file, as are the groups, so that sentences name them in that order."""
    groups: Sequence[str]
    kinds: Mapping[str, AbstractSet[str]]
    """Which kinds of evidence can be found, by rule id; a rule that is missing is not checked."""


def _known(info: ValidationInfo) -> Known:
    assert isinstance(info.context, Known), "BUG: a community is read without what it may refer to"
    return info.context


def _rule(value: str, info: ValidationInfo) -> str:
    rules = _known(info).rules
    if rules and value not in rules:
        raise unexpected(f"the id of a rule of the guidelines; {did_you_mean(value, rules)}")
    return value


def _exceptable(value: str, info: ValidationInfo) -> str:
    if not _known(info).rules.get(value, True):
        raise unexpected(f"a rule that may be excepted; {value} never is")
    return value


def _board(value: str, info: ValidationInfo) -> str:
    boards = _known(info).boards
    if value not in boards:
        raise unexpected(f"the name of a board of this file; {did_you_mean(value, boards)}")
    return value


def _group(value: str, info: ValidationInfo) -> str:
    groups = _known(info).groups
    if value not in groups:
        raise unexpected(f"the name of a group of this file; {did_you_mean(value, groups)}")
    return value


def _one_line(value: str) -> str:
    if not value.isprintable() or value != value.strip():
        raise ValueError
    return value


def _language(value: str) -> str:
    if not is_language(value):
        raise ValueError
    return value


def _kind(value: str) -> str:
    if not _KIND_RE.fullmatch(value):
        raise ValueError
    return value


def _kind_found(value: str, info: ValidationInfo) -> str:
    rule = info.data.get("rule")
    kinds = sorted(_known(info).kinds.get(str(rule), ()))
    if kinds and value not in kinds:
        raise unexpected(f"a kind of evidence that {rule} finds; {did_you_mean(value, kinds)}")
    return value


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError
    return value.astimezone(UTC)


def _place(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


_Name = Annotated[
    str,
    Field(min_length=1, max_length=100),  # the longest name of a Discord channel or role
    AfterValidator(_one_line),
    expected("one line of 1 to 100 characters"),
]
_Words = Annotated[
    str,
    Field(max_length=1000),
    AfterValidator(_one_line),
    expected("one line of at most 1000 characters"),
]
_Snowflake = Annotated[
    int, Field(ge=1, lt=2**63), expected("an id as Discord copies it, a whole number")
]
_Rule = Annotated[str, AfterValidator(_rule)]
_ExceptableRule = Annotated[str, AfterValidator(_rule), AfterValidator(_exceptable)]
_BoardName = Annotated[str, AfterValidator(_board)]
_GroupName = Annotated[str, AfterValidator(_group)]
_Language = Annotated[
    str, AfterValidator(_language), expected("a code of ISO 639-1, two letters such as 'es'")
]
_Kind = Annotated[
    str,
    AfterValidator(_kind),
    expected("a kind of evidence in small letters, such as 'email'"),
]
_KindFound = Annotated[_Kind, AfterValidator(_kind_found)]
_Until = Annotated[
    datetime, AfterValidator(_utc), expected("a time with its offset, such as 2027-01-31T12:00:00Z")
]
_Modes = dict[_Rule, Annotated[Mode, word_of(Mode)]]


class _PlaceShape(Shape):
    name: _Name
    id: _Snowflake | None = None

    def build(self) -> Place:
        return Place(self.name, self.id)


_Place = Annotated[_PlaceShape, BeforeValidator(_place)]
"""A name alone, or a table of name and id."""


class BoardShape(Shape):
    """A place members write on."""

    name: _Name
    channel: _Place
    purpose: _Words = ""
    languages: list[_Language] = Field(default_factory=list)
    modes: _Modes = Field(default_factory=dict)

    def build(self) -> Board:
        """Return it as a value."""
        return Board(
            self.name,
            self.channel.build(),
            self.purpose,
            frozenset(self.languages),
            MappingProxyType(dict(self.modes)),
        )


class GroupShape(Shape):
    """A Community Group."""

    name: _Name
    umbrella: Annotated[Umbrella, word_of(Umbrella)]
    role: _Place
    boards: list[_BoardName]
    purpose: _Words = ""

    def build(self) -> CommunityGroup:
        """Return it as a value."""
        return CommunityGroup(
            self.name, self.umbrella, self.role.build(), frozenset(self.boards), self.purpose
        )


class ExceptionShape(Shape):
    """A permission for a board or a group."""

    rule: _ExceptableRule
    board: _BoardName | None = None
    group: _GroupName | None = None
    languages: list[_Language] = Field(default_factory=list)
    kinds: list[_KindFound] = Field(default_factory=list)
    until: _Until | None = None
    note: _Words = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.board is None) == (self.group is None):
            raise unexpected("either a board or a group, and one of them only")
        if self.languages and self.rule != "language":
            raise unexpected("languages only with the rule 'language'")
        if self.kinds and self.rule == "language":
            raise unexpected("languages rather than kinds with the rule 'language'")
        return self

    def build(self) -> RuleException:
        """Return it as a value; the kinds of the rule ``language`` are its languages."""
        kinds = frozenset(self.languages or self.kinds)
        return RuleException(self.rule, self.board, self.group, kinds, self.until, self.note)


class CommunityShape(Shape):
    """The whole file."""

    name: _Name
    posture: Annotated[Posture, word_of(Posture)] | None = None
    screen_unmapped: bool = False
    moderators: list[_Place] = Field(default_factory=list)
    admins: list[_Place] = Field(default_factory=list)
    log: _Place | None = None
    public_log: _Place | None = None
    excluded: list[_Place] = Field(default_factory=list)
    modes: _Modes = Field(default_factory=dict)
    board: list[BoardShape] = Field(default_factory=list)
    group: list[GroupShape] = Field(default_factory=list)
    exception: list[ExceptionShape] = Field(default_factory=list)
