"""Signals in a text, and combinations of them that say more than each alone.

A signal is a phrase that points to something; most phrases of an advertisement also stand in
ordinary talk. A combination asks for signals close to each other and bears the confidence.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.detectors._evidence import Kind
from bot.text.patterns import Pattern

Span = tuple[int, int]
"""Half-open, in the text that was read."""

_AROUND = 40
"""Code points round a phrase that may say it is no signal; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A phrase that points to something."""

    pattern: Pattern
    unless_after: Pattern | None = None
    """What directly before the phrase says that it means something else; ends with ``$``."""
    unless_before: Pattern | None = None
    """What directly after the phrase says that it means something else; begins with ``^``."""

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return where the signal stands, from left to right."""
        return tuple(
            (match.start, match.end)
            for match in self.pattern.finditer(text)
            if self._stands(text, match.start, match.end)
        )

    def _stands(self, text: str, start: int, end: int) -> bool:
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        return not (
            (self.unless_after is not None and self.unless_after.search(before))
            or (self.unless_before is not None and self.unless_before.search(after))
        )


@dataclass(frozen=True, slots=True)
class Combination:
    """Signals that must all stand within reach of the first."""

    kind: Kind
    first: str
    """Name of the signal whose place the finding has."""
    others: tuple[str, ...] = ()
    """Names; each may be several names parted by ``|``, of which one is enough."""
    never_with: tuple[str, ...] = ()
    """Names of signals that, within reach, say that all this is something else."""


def read_signals(text: str, signals: Mapping[str, Signal]) -> dict[str, tuple[Span, ...]]:
    """Return the spans of each signal that stands in the text; absent ones are left out."""
    found = ((name, signal.spans(text)) for name, signal in signals.items())
    return {name: spans for name, spans in found if spans}


def combine(
    found: Mapping[str, Sequence[Span]], combinations: Iterable[Combination], reach: int
) -> Iterator[tuple[Span, Kind]]:
    """Yield at most one finding for each name of a kind: the first combination that holds.

    Combinations stand in falling order of confidence. The span covers the first signal and the
    nearest of each of the others.
    """
    told: set[str] = set()
    for combination in combinations:
        if combination.kind.name in told:
            continue
        for span in found.get(combination.first, ()):
            together = _together(found, combination, span, reach)
            if together is not None:
                told.add(combination.kind.name)
                yield together, combination.kind
                break


def _together(
    found: Mapping[str, Sequence[Span]], combination: Combination, first: Span, reach: int
) -> Span | None:
    if any(_nearest(found.get(name, ()), first, reach) for name in combination.never_with):
        return None
    start, end = first
    for names in combination.others:
        near = [
            other
            for name in names.split("|")
            if (other := _nearest(found.get(name, ()), first, reach)) is not None
        ]
        if not near:
            return None
        other = min(near, key=lambda span: _distance(span, first))
        start, end = min(start, other[0]), max(end, other[1])
    return start, end


def _nearest(spans: Sequence[Span], to: Span, reach: int) -> Span | None:
    near = [span for span in spans if _distance(span, to) <= reach and span != to]
    return min(near, key=lambda span: _distance(span, to), default=None)


def _distance(one: Span, other: Span) -> int:
    return max(0, one[0] - other[1], other[0] - one[1])
