"""``guidelines.toml`` read into the numbered, versioned document that everything cites."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from bot.files._sentences import shown
from bot.files._table import Read, Shape, expected, name_of, read_shape, read_table
from bot.files._words import word_of
from bot.model.action import Action
from bot.model.guidelines import Guideline, Guidelines, Rule, Severity, is_placeholder
from bot.model.mode import Mode

_RULE_ID_RE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_LONGEST_RULE_ID = 40
"""Letters; the buttons about a rule hold its id, beside numbers, in 100 characters."""
_PLACEHOLDER_RE = re.compile(r"\{[^{}]*\}")


def _rule_id(value: str) -> str:
    if not _RULE_ID_RE.fullmatch(value) or len(value) > _LONGEST_RULE_ID:
        raise ValueError
    return value


def _prose(value: str) -> str:
    if not value.strip() or _PLACEHOLDER_RE.search(value) or not value.isprintable():
        raise ValueError
    return value


def _web_page(value: str) -> str:
    address = urlsplit(value)
    if address.scheme != "https" or not address.hostname or not value.isprintable():
        raise ValueError
    return value


_RuleId = Annotated[
    str,
    AfterValidator(_rule_id),
    expected(
        "lower-case words joined by hyphens, such as 'contact-info', of at most "
        f"{_LONGEST_RULE_ID} characters"
    ),
]
_Label = Annotated[
    str,
    Field(min_length=1, max_length=100),  # the limit of a Discord select option
    AfterValidator(_prose),
    expected("one line of 1 to 100 characters; only {platform} may stand in braces"),
]
_Prose = Annotated[
    str,
    Field(max_length=1000),  # a field of a Discord embed holds 1,024
    AfterValidator(_prose),
    expected("one line of 1 to 1000 characters; only {platform} may stand in braces"),
]
_WebPage = Annotated[
    str, AfterValidator(_web_page), expected("an address that starts with https://")
]


class _RuleShape(Shape):
    id: _RuleId
    label: _Label
    severity: Annotated[Severity, word_of(Severity)]
    exceptable: bool
    max_action: Annotated[Action, word_of(Action)]
    default_mode: Annotated[Mode, word_of(Mode)]
    permitted: _Prose
    instead: _Prose
    moderators_only: bool = False

    def build(self, guideline: int | None) -> Rule:
        return Rule(guideline=guideline, **dict(self))


class _GuidelineShape(Shape):
    number: Annotated[int, Field(ge=1), expected("a whole number from 1 on")]
    title: _Label
    wording: _Prose
    rule: Annotated[list[_RuleShape], Field(min_length=1)]


class _LinksShape(Shape):
    guidelines: _WebPage
    terms: _WebPage
    privacy: _WebPage
    report: _WebPage


class _PlatformShape(Shape):
    platform: _Label


class _GuidelinesShape(Shape):
    version: _Label
    dated: date
    platform: _Label
    links: _LinksShape
    guideline: list[_GuidelineShape]
    care: list[_RuleShape] = Field(default_factory=list)


def read_guidelines(path: Path) -> Read[Guidelines]:
    """Read the guidelines; problems name file, key, value and expectation."""
    table, problems = read_table(path)
    if table is None:
        return Read(None, problems)
    platform = _platform_of(table)
    named = {
        key: value if key == "platform" else _with_platform(value, platform)
        for key, value in table.items()
    }
    shape, problems = read_shape(_GuidelinesShape, named, name_of(path))
    problems = (*problems, *_disorder(table, name_of(path)))
    if shape is None or problems:
        return Read(None, problems)
    return Read(
        Guidelines(
            version=shape.version,
            dated=shape.dated,
            platform=shape.platform,
            links=MappingProxyType(dict(shape.links)),
            guidelines=tuple(
                Guideline(
                    one.number,
                    one.title,
                    one.wording,
                    tuple(rule.build(one.number) for rule in one.rule),
                )
                for one in shape.guideline
            ),
            care=tuple(rule.build(None) for rule in shape.care),
        )
    )


def declared_rules(path: Path) -> dict[str, bool]:
    """Return by rule id whether a rule may be excepted, even of a file with mistakes."""
    table, _ = read_table(path)
    rules = (rule for _, rule in _rules_in(table or {}))
    return {str(rule.get("id")): rule.get("exceptable") is not False for rule in rules}


def placeholders(guidelines: Guidelines) -> Iterator[str]:
    """Yield the official links that still point to an example."""
    for name, address in guidelines.links.items():
        if is_placeholder(address):
            yield (
                f"links.{name} of the guidelines is still {address}; set your own page, "
                "until then members are shown none"
            )


def _platform_of(table: Mapping[str, object]) -> str:
    """Return the platform's name, or a word for it where the file has none that can be used.

    That is one mistake, not one more in every text that speaks of the platform.
    """
    named = {"platform": table.get("platform")}
    shape, _ = read_shape(_PlatformShape, named, "")
    return "the platform" if shape is None else shape.platform


def _with_platform(value: object, platform: str) -> object:
    if isinstance(value, str):
        return value.replace("{platform}", platform)
    if isinstance(value, list):
        return [_with_platform(one, platform) for one in value]
    if isinstance(value, dict):
        return {key: _with_platform(one, platform) for key, one in value.items()}
    return value


def _rules_in(table: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    for guideline in _tables(table.get("guideline")):
        for rule in _tables(guideline.get("rule")):
            yield f"guideline {guideline.get('number')}", rule
    for rule in _tables(table.get("care")):
        yield "care", rule


def _tables(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, Mapping))


def _disorder(table: Mapping[str, object], file: str) -> Iterator[str]:
    places: dict[object, list[str]] = {}
    for place, rule in _rules_in(table):
        name = rule.get("id")
        places.setdefault(name, []).append(place)
        cap = rule.get("max_action")
        if rule.get("moderators_only") is True and cap != "allow":
            yield (
                f"{file}: max_action of rule {name!r} is {shown(cap)}; "
                "expected 'allow', for only moderators may apply it"
            )
    for name, found in places.items():
        if name is not None and len(found) > 1:
            yield f"{file}: rule {name!r} stands in {' and in '.join(found)}; expected it once"
    last = 0
    for guideline in _tables(table.get("guideline")):
        number = guideline.get("number")
        if isinstance(number, int) and number <= last:
            yield f"{file}: guideline {number} comes after {last}; expected rising numbers"
        elif isinstance(number, int):
            last = number
