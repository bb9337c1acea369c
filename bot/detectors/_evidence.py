"""How a detector turns what it saw in a view into evidence about the raw text."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from bot.model.evidence import Evidence
from bot.model.screened import ScreenedPart, View

MOST_FINDINGS: Final = 32
"""Findings that one detector reports of one part: nobody reads more, and each costs time to weigh.
Chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evidence: what it is called, how sure it is, what the member reads."""

    name: str
    """One word, for records and narrow exceptions."""
    confidence: float
    """In (0, 1]: estimated precision of this kind at a prevalence of 1 %."""
    reason: str
    """A noun phrase without a full stop."""


def seen(
    rule: str, part: ScreenedPart, view: View, span: tuple[int, int], kind: Kind,
    *, borrowed: bool = False,
) -> Evidence:  # fmt: skip
    """Return evidence for a non-empty half-open span of a view.

    It counts as quoted where the span lies inside a quote or a code block, or where the detector
    itself tells that the words are borrowed.
    """
    start, end = view.span(*span)
    return at_raw(rule, part, (start, end), kind, borrowed=borrowed)


def at_raw(
    rule: str, part: ScreenedPart, span: tuple[int, int], kind: Kind, *, borrowed: bool = False
) -> Evidence:
    """Return evidence for a non-empty half-open span of a part's raw text."""
    start, end = span
    return Evidence(
        rule=rule,
        part=part.index,
        surface=part.part.surface,
        start=start,
        end=end,
        confidence=kind.confidence,
        kind=kind.name,
        reason=kind.reason,
        quoted=borrowed or part.is_quoted(start, end),
    )


def surest(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return at most MOST_FINDINGS of one part's evidence: the surest, in the order of the text."""
    kept = nlargest(MOST_FINDINGS, evidence, key=lambda one: (one.confidence, -one.start))
    return sorted(kept, key=lambda one: (one.start, one.end))
