"""What ``[ladder]`` and ``[sanctions]`` of ``policy.toml`` may hold, and the values made of it."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import timedelta
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.files._sentences import did_you_mean, shown
from bot.files._table import Shape, alone, expected, unexpected
from bot.files._words import word_of
from bot.files.limits import LONGEST_NOTICE_WAIT, LONGEST_SPAN, MOST_FILE_BYTES, MOST_FILES
from bot.model.guidelines import Severity
from bot.model.sanction import ENDLESS, SanctionKind
from bot.policy.practice import EvidenceBounds, Lengths, MassActions, Practice
from bot.policy.rungs import Consequence, Ladder, RuleRungs, Rung
from bot.policy.writing import WRITING
from bot.text.durations import DurationError, read_length

_MOST_POINTS = 1000
"""Far above what any ladder makes sense of; chosen."""
_MOST_DAYS = 3650
"""As the longest length that anybody may type."""


def _length(value: str) -> str:
    try:
        read_length(value)
    except DurationError as error:
        raise ValueError from error
    return value


_Length = Annotated[
    str,
    AfterValidator(_length),
    expected("a length such as '90 minutes', '7 days' or 'forever', at most 10 years"),
]
_Points = Annotated[
    int, Field(ge=0, le=_MOST_POINTS), expected(f"a whole number from 0 to {_MOST_POINTS}")
]
_From = Annotated[
    int, Field(ge=1, le=_MOST_POINTS), expected(f"a whole number from 1 to {_MOST_POINTS}")
]
_Days = Annotated[
    float, Field(gt=0, le=_MOST_DAYS), expected(f"a number above 0 and up to {_MOST_DAYS:,}")
]
_Place = Annotated[int, Field(ge=1), expected("the number of a rung, counted from 1")]
_Severity = Annotated[Severity, word_of(Severity)]
_Kind = Annotated[SanctionKind, word_of(SanctionKind)]


class _ConsequenceShape(Shape):
    kind: _Kind
    lasts: _Length | None = None

    @model_validator(mode="after")
    def _end(self) -> Self:
        once = self.kind in ENDLESS
        if once and self.lasts is not None:
            raise unexpected(f"no 'lasts' beside kind {self.kind.value!r}, which happens once")
        if not once and self.lasts is None:
            raise unexpected(f"a 'lasts' beside kind {self.kind.value!r}, such as '7 days'")
        return self

    def build(self) -> Consequence:
        return Consequence(self.kind, None if self.lasts is None else read_length(self.lasts))


class _RungShape(Shape):
    points: _From
    sanctions: Annotated[list[_ConsequenceShape], Field(min_length=1)]

    @model_validator(mode="after")
    def _once(self) -> Self:
        kinds = [one.kind for one in self.sanctions]
        if len(set(kinds)) < len(kinds):
            raise unexpected("every kind of sanction once in a rung")
        return self

    def build(self) -> Rung:
        return Rung(self.points, tuple(one.build() for one in self.sanctions))


class _PointsShape(Shape):
    minor: _Points
    moderate: _Points
    serious: _Points
    critical: _Points


class _DaysShape(Shape):
    minor: _Days
    moderate: _Days
    serious: _Days
    critical: _Days


class _RuleShape(Shape):
    points: _Points | None = None
    expires_days: _Days | None = None
    floor: _Place | None = None
    ceiling: _Place | None = None
    reminder_first: bool | None = None
    rung: list[_RungShape] = Field(default_factory=list)

    def build(self) -> RuleRungs:
        return RuleRungs(
            points=self.points,
            expires=None if self.expires_days is None else timedelta(days=self.expires_days),
            floor=self.floor,
            ceiling=self.ceiling,
            rungs=tuple(one.build() for one in self.rung),
            reminder=self.reminder_first,
        )


class LadderShape(Shape):
    """The table ``[ladder]``."""

    reminder_first: list[_Severity]
    points: _PointsShape
    expires_days: _DaysShape
    rung: Annotated[list[_RungShape], Field(min_length=1)]
    rules: dict[str, _RuleShape] = Field(default_factory=dict)

    def build(self) -> Ladder:
        """Return the ladder it describes."""
        return Ladder(
            points=MappingProxyType({one: getattr(self.points, one.word) for one in Severity}),
            expires=MappingProxyType(
                {one: timedelta(days=getattr(self.expires_days, one.word)) for one in Severity}
            ),
            rungs=tuple(one.build() for one in self.rung),
            rules=MappingProxyType({name: one.build() for name, one in self.rules.items()}),
            reminders=frozenset(self.reminder_first),
        )

    def problems(self, rules: AbstractSet[str] | None) -> Iterator[str]:
        """Yield what is wrong between its parts, each after the name of a key.

        Args:
            rules: the ids that the guidelines have; None where they could not be read.
        """
        yield from _falls("ladder.rung", [one.build() for one in self.rung])
        for name, own in self.rules.items():
            key = f"ladder.rules.{name}"
            if rules is not None and name not in rules:
                yield f"{key} is for no rule; {did_you_mean(name, rules)}"
            yield from _falls(f"{key}.rung", [one.build() for one in own.rung])
            most = len(own.rung or self.rung)
            for end, place in (("floor", own.floor), ("ceiling", own.ceiling)):
                if place is not None and place > most:
                    yield f"{key}.{end} is {place}; expected a rung from 1 to {most}"
            if own.floor is not None and own.ceiling is not None and own.floor > own.ceiling:
                yield f"{key}.floor is {own.floor}; expected no more than the ceiling {own.ceiling}"
            if own.floor is not None and own.reminder_first:
                yield f"{key}.reminder_first is true; expected false, for its floor is {own.floor}"


_RISING = "expected rungs to rise"


def _falls(key: str, rungs: list[Rung]) -> Iterator[str]:
    """Yield where a rung does not rise above the ones before."""
    longest: dict[SanctionKind, timedelta] = {}
    points = 0
    for number, rung in enumerate(rungs, 1):
        place = f"{key}[{number}]"
        if rung.points <= points:
            yield f"{place}.points is {rung.points}; expected more than {points}, for rungs rise"
        points = max(points, rung.points)
        lengths = {one.kind: _length_of(one) for one in rung.consequences}
        for kind, length in lengths.items():
            if length < longest.get(kind, length):
                yield f"{place}.sanctions has a shorter {kind.value} than before; {_RISING}"
        nothing_new = all(
            kind in longest and length == longest[kind] for kind, length in lengths.items()
        )
        # Of kinds nobody says which weighs more, but words alone weigh less than anything.
        words_alone = longest and lengths.keys() == {SanctionKind.WARNING}
        if nothing_new or words_alone:
            yield f"{place}.sanctions is nothing more than before; {_RISING}"
        for kind, length in lengths.items():
            longest[kind] = max(length, longest.get(kind, length))


def _length_of(consequence: Consequence) -> timedelta:
    return timedelta.max if consequence.lasts is None else consequence.lasts


def _is_writing(value: str) -> str:
    if value not in WRITING:
        raise ValueError
    return value


_Writing = Annotated[
    str, AfterValidator(_is_writing), expected(f"one of {', '.join(sorted(WRITING))}")
]
_Count = Annotated[int, Field(ge=1, le=1000), expected("a whole number from 1 to 1000")]
_Minutes = Annotated[
    float,
    Field(gt=0, le=LONGEST_SPAN),
    expected(f"a number above 0 and up to {LONGEST_SPAN:,}"),
]
_Files = Annotated[
    int, Field(ge=0, le=MOST_FILES), expected(f"a whole number from 0 to {MOST_FILES}")
]
_Bytes = Annotated[
    int,
    Field(ge=0, le=MOST_FILE_BYTES),
    expected(f"a whole number from 0 to {MOST_FILE_BYTES:,}"),
]
_NoticeWait = Annotated[
    float,
    Field(ge=0, le=LONGEST_NOTICE_WAIT),
    expected(f"a number from 0 to {LONGEST_NOTICE_WAIT}"),
]


class _LengthsShape(Shape):
    timeout: _Length
    board_removal: _Length
    group_removal: _Length
    ban: _Length


class SanctionsShape(Shape):
    """The table ``[sanctions]``."""

    lasts: _LengthsShape
    board_removal_takes: Annotated[list[_Writing], Field(min_length=1)]
    board_removal_hides: bool
    mass_members: _Count
    mass_minutes: _Minutes
    same_matter_minutes: _Minutes
    evidence_files: _Files
    evidence_file_bytes: _Bytes
    evidence_total_bytes: _Bytes
    notice_first_seconds: _NoticeWait

    def build(self) -> Practice:
        """Return the values it describes."""
        lasts: Mapping[str, str] = dict(self.lasts)
        return Practice(
            lengths=Lengths(**{kind: read_length(text) for kind, text in lasts.items()}),
            board_removal_takes=frozenset(self.board_removal_takes),
            hides_board=self.board_removal_hides,
            mass_actions=MassActions(self.mass_members, timedelta(minutes=self.mass_minutes)),
            same_matter=timedelta(minutes=self.same_matter_minutes),
            evidence=EvidenceBounds(
                self.evidence_files, self.evidence_file_bytes, self.evidence_total_bytes
            ),
            notice_first=timedelta(seconds=self.notice_first_seconds),
        )


class _EvidenceBytes(Shape):
    """The keys of ``[sanctions]`` that have to fit each other."""

    evidence_file_bytes: _Bytes
    evidence_total_bytes: _Bytes


def problems_of_sanctions(held: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong between the keys of ``[sanctions]``, each after the name of a key.

    Args:
        held: the table as it was written, whatever else may be wrong in it.
    """
    pair = {name: held[name] for name in _EvidenceBytes.model_fields if name in held}
    one = alone(_EvidenceBytes, pair)
    if one is not None and one.evidence_total_bytes < one.evidence_file_bytes:
        yield (
            f"sanctions.evidence_total_bytes is {shown(one.evidence_total_bytes)}; expected "
            f"no less than evidence_file_bytes, {one.evidence_file_bytes}"
        )
