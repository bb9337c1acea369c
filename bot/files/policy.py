"""``policy.toml`` read into the numbers that policy and detectors compare with."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import timedelta
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import Field, WrapValidator, model_validator

from bot.files._sanction_shapes import LadderShape, SanctionsShape, problems_of_sanctions
from bot.files._sentences import did_you_mean
from bot.files._table import (
    Read,
    Shape,
    alone,
    expected,
    name_of,
    read_shape,
    read_table,
    unexpected,
)
from bot.files._units import unit_problem
from bot.files.limits import LONGEST_PART, LONGEST_POST, LONGEST_SPAN, MOST_PARTS
from bot.policy.falling_back import FallingBack
from bot.policy.policy import Bounds, CatchUp, Policy, Thresholds

_Share = Annotated[float, Field(ge=0, le=1), expected("a number from 0 to 1")]
_Count = Annotated[int, Field(ge=1), expected("a whole number from 1 on")]
_Span = Annotated[
    float,
    Field(gt=0, le=LONGEST_SPAN),
    expected(f"a number above 0 and up to {LONGEST_SPAN:,}"),
]
_Number = Annotated[float, expected("a finite number")]


class _ThresholdsShape(Shape):
    note: _Share
    review: _Share
    remove: _Share

    @model_validator(mode="after")
    def _rise(self) -> Self:
        if not self.note <= self.review <= self.remove:
            raise unexpected("note, review and remove to rise in this order")
        return self


class _RuleThresholdsShape(Shape):
    note: _Share | None = None
    review: _Share | None = None
    remove: _Share | None = None


def _up_to(most: int) -> WrapValidator:
    return expected(f"a whole number from 1 to {most}, so that no post costs more than 50 ms")


class _BoundsShape(Shape):
    part_length: Annotated[int, Field(ge=1, le=LONGEST_PART), _up_to(LONGEST_PART)]
    parts: Annotated[int, Field(ge=1, le=MOST_PARTS), _up_to(MOST_PARTS)]
    post_length: Annotated[int, Field(ge=1, le=LONGEST_POST), _up_to(LONGEST_POST)]


class _CatchUpShape(Shape):
    window_hours: _Span
    remove_within_minutes: _Span


class _CasesShape(Shape):
    burst_seconds: _Span


class _MemoryShape(Shape):
    hours: _Span
    posts: _Count


class _BrakeShape(Shape):
    members: _Count
    minutes: _Span
    restored: _Count
    restored_ratio: _Share
    restored_hours: _Span

    def build(self) -> FallingBack:
        """Return the values it describes."""
        return FallingBack(
            members=self.members,
            within=timedelta(minutes=self.minutes),
            restored=self.restored,
            restored_ratio=self.restored_ratio,
            restored_within=timedelta(hours=self.restored_hours),
        )


class _PolicyShape(Shape):
    thresholds: _ThresholdsShape
    rule_thresholds: dict[str, _RuleThresholdsShape] = Field(default_factory=dict)
    bounds: _BoundsShape
    catch_up: _CatchUpShape
    cases: _CasesShape
    memory: _MemoryShape
    ladder: LadderShape
    sanctions: SanctionsShape
    brake: _BrakeShape
    numbers: dict[str, dict[str, _Number]] = Field(default_factory=dict)


def read_policy(
    path: Path, reads: Mapping[str, AbstractSet[str]], rules: AbstractSet[str] | None = None
) -> Read[Policy]:
    """Read the numbers; problems name file, key, value and expectation.

    Args:
        path: the file.
        reads: by the rule id of each detector, the names of the numbers it reads; the file
            must hold exactly these, so that no number is dead and none is missing.
        rules: the ids of all rules, which the ladder may name; None where nobody can tell.
    """
    table, problems = read_table(path)
    if table is None:
        return Read(None, problems)
    file = name_of(path)
    shape, problems = read_shape(_PolicyShape, table, file)
    by_rule, clashes = _by_rule(table, file)
    problems = (
        *_with_advice(problems, file),
        *clashes,
        *_mismatches(table, reads, file),
        *_misfits(table, reads, file),
        *(f"{file}: {problem}" for problem in _between(table, rules)),
    )
    if shape is None or by_rule is None or problems:
        return Read(None, problems)
    default = shape.thresholds
    return Read(
        Policy(
            thresholds=Thresholds(default.note, default.review, default.remove),
            rule_thresholds=MappingProxyType(by_rule),
            numbers=MappingProxyType(
                {rule: MappingProxyType(shape.numbers.get(rule, {})) for rule in sorted(reads)}
            ),
            bounds=Bounds(shape.bounds.part_length, shape.bounds.parts, shape.bounds.post_length),
            catch_up=CatchUp(
                timedelta(hours=shape.catch_up.window_hours),
                timedelta(minutes=shape.catch_up.remove_within_minutes),
            ),
            burst=timedelta(seconds=shape.cases.burst_seconds),
            memory=timedelta(hours=shape.memory.hours),
            memory_posts=shape.memory.posts,
            ladder=shape.ladder.build(),
            practice=shape.sanctions.build(),
            falling_back=shape.brake.build(),
        )
    )


def _with_advice(problems: Iterable[str], file: str) -> Iterator[str]:
    """Yield problems; of a section that an older file lacks, with where to find it."""
    lacking = {f"{file}: {name} is missing": name for name in _PolicyShape.model_fields}
    for problem in problems:
        section = lacking.get(problem)
        yield (
            f"{problem}; copy the section [{section}] from the policy.toml of this version"
            if section is not None
            else problem
        )


def _between(table: Mapping[str, object], rules: AbstractSet[str] | None) -> Iterator[str]:
    """Yield what is wrong between keys, wherever the keys themselves are right."""
    ladder = alone(LadderShape, table.get("ladder"))
    if ladder is not None:
        yield from ladder.problems(rules)
    sanctions = table.get("sanctions")
    if isinstance(sanctions, Mapping):
        yield from problems_of_sanctions(sanctions)


def _by_rule(table: Mapping[str, object], file: str) -> Read[dict[str, Thresholds]]:
    default = alone(_ThresholdsShape, table.get("thresholds"))
    owns = table.get("rule_thresholds")
    found: dict[str, Thresholds] = {}
    problems: list[str] = []
    if default is None or not isinstance(owns, Mapping):
        return Read(found)
    for rule, held in owns.items():
        own = alone(_RuleThresholdsShape, held)
        if own is None:
            continue
        try:
            found[rule] = Thresholds(
                default.note if own.note is None else own.note,
                default.review if own.review is None else own.review,
                default.remove if own.remove is None else own.remove,
            )
        except ValueError as error:
            problems.append(f"{file}: rule_thresholds.{rule}: {error}")
    return Read(found, tuple(problems))


def _mismatches(
    table: Mapping[str, object], reads: Mapping[str, AbstractSet[str]], file: str
) -> Iterator[str]:
    """Yield where the file and the detectors disagree, in either direction."""
    for section in ("rule_thresholds", "numbers"):
        held = table.get(section, {})
        for rule in held if isinstance(held, Mapping) else ():
            if rule not in reads:
                yield f"{file}: {section}.{rule} is for no detector; {did_you_mean(rule, reads)}"
    held = table.get("numbers", {})
    for rule, names in sorted(reads.items()):
        own = held.get(rule, {}) if isinstance(held, Mapping) else {}
        keys = set(own) if isinstance(own, Mapping) else set()
        for name in sorted(names - keys):
            yield f"{file}: numbers.{rule}.{name} is missing; the detector of {rule} reads it"
        for name in sorted(keys - names):
            hint = did_you_mean(name, sorted(names))
            yield f"{file}: numbers.{rule}.{name} is read by nobody; {hint}"


def _misfits(
    table: Mapping[str, object], reads: Mapping[str, AbstractSet[str]], file: str
) -> Iterator[str]:
    """Yield the numbers that are none of their unit."""
    held = table.get("numbers", {})
    for rule, names in sorted(reads.items()):
        own = held.get(rule, {}) if isinstance(held, Mapping) else {}
        for name, value in own.items() if isinstance(own, Mapping) else ():
            if name not in names or isinstance(value, bool) or not isinstance(value, int | float):
                continue  # told already, as a stranger or as no number
            problem = unit_problem(name, value) if isfinite(value) else None
            if problem is not None:
                yield f"{file}: numbers.{rule}.{name} {problem}"
