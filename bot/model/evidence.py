"""What a detector saw, where, and how sure that kind of evidence is."""

from dataclasses import dataclass

from bot.model.action import Action
from bot.model.post import Surface


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One observation of one detector.

    Invariants: ``0 <= start < end``; the span lies in the part's raw text; ``0 < confidence <= 1``.
    """

    rule: str
    part: int
    """Index into the post's parts."""
    surface: Surface
    start: int
    end: int
    """Half-open with ``start``, in code points of the part's raw text."""
    confidence: float
    """Estimated precision of this kind of evidence at a prevalence of 1 %."""
    kind: str
    """What was seen, in a word for records and narrow exceptions: ``email``, ``invite``, ``de``."""
    reason: str
    """A noun phrase without a full stop, fit to be shown to the member."""
    quoted: bool = False
    """Whether the words are borrowed inside the author's own text: a quote or a code block."""

    def __post_init__(self) -> None:
        """Refuse what no reader could make sense of."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must not be empty: {self.start}..{self.end}")
        if not 0 < self.confidence <= 1:
            raise ValueError(f"a confidence lies in (0, 1], not {self.confidence}")

    @property
    def borrowed(self) -> bool:
        """Whether the evidence rests on words that are not the author's own."""
        return self.quoted or self.surface.borrowed


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Evidence together with what it is worth here."""

    evidence: Evidence
    guideline: int | None
    action: Action
    """What this finding asks for, after exceptions and caps."""
    because: str | None = None
    """Why the action is lower than the evidence's worth; None where nothing lowered it."""
