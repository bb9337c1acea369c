"""The ladder's numbers as values: what a breach is worth, and what follows from how many points."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.model.guidelines import Rule, Severity
from bot.model.sanction import SanctionKind


@dataclass(frozen=True, slots=True)
class Consequence:
    """One sanction that a rung proposes."""

    kind: SanctionKind
    lasts: timedelta | None = None
    """None means without end; always so for warnings and referrals."""


@dataclass(frozen=True, slots=True)
class Rung:
    """What is proposed from so many points on, until the next rung's are reached."""

    points: int
    consequences: tuple[Consequence, ...]


@dataclass(frozen=True, slots=True)
class RuleRungs:
    """What differs for one rule; None, or no rungs, is as for every rule."""

    points: int | None = None
    expires: timedelta | None = None
    floor: int | None = None
    """The rung proposed at least, counted from 1: there is no reminder then."""
    ceiling: int | None = None
    """The rung proposed at most."""
    rungs: tuple[Rung, ...] = ()
    reminder: bool | None = None
    """Whether the first breach is a reminder without points."""


_AS_EVERY_RULE = RuleRungs()


@dataclass(frozen=True, slots=True)
class Ladder:
    """What a moderator is proposed, by what counts against a member.

    Invariants: points of rungs rise strictly, and there is one; every severity has its points and
    its expiry; ``1 <= floor <= ceiling <= rungs`` where they are given. That no rung is milder than
    the one before is held by whoever reads the file, which knows what to call it.
    """

    points: Mapping[Severity, int]
    expires: Mapping[Severity, timedelta]
    """How long points count."""
    rungs: tuple[Rung, ...]
    rules: Mapping[str, RuleRungs]
    """By rule id."""
    reminders: frozenset[Severity]
    """Severities whose first breach is a reminder without points."""

    def __post_init__(self) -> None:
        """Hold the invariants."""
        if not self.points.keys() == self.expires.keys() == set(Severity):
            raise ValueError("every severity has its points and its expiry")
        for own in (_AS_EVERY_RULE, *self.rules.values()):
            rungs = own.rungs or self.rungs
            points = [rung.points for rung in rungs]
            if not points or points != sorted(set(points)):
                raise ValueError("there are rungs, and their points rise")
            if not 1 <= (own.floor or 1) <= (own.ceiling or len(rungs)) <= len(rungs):
                raise ValueError("floor and ceiling are rungs, and no floor is above its ceiling")

    def points_of(self, rule: Rule) -> int:
        """Return what a breach of a rule is worth."""
        own = self._own(rule).points
        return self.points[rule.severity] if own is None else own

    def expiry_of(self, rule: Rule) -> timedelta:
        """Return how long a breach of a rule counts."""
        return self._own(rule).expires or self.expires[rule.severity]

    def rungs_of(self, rule: Rule) -> tuple[Rung, ...]:
        """Return the rungs that hold for a rule."""
        return self._own(rule).rungs or self.rungs

    def rung_at(self, rule: Rule, points: int) -> int:
        """Return how many rungs that many points climb, within the rule's floor and ceiling."""
        own, rungs = self._own(rule), self.rungs_of(rule)
        reached = sum(rung.points <= points for rung in rungs)
        return min(max(reached, own.floor or 0), own.ceiling or len(rungs))

    def reminds(self, rule: Rule) -> bool:
        """Whether the first breach of a rule is a reminder without points."""
        own = self._own(rule)
        if own.reminder is not None:
            return own.reminder
        return own.floor is None and rule.severity in self.reminders

    def _own(self, rule: Rule) -> RuleRungs:
        return self.rules.get(rule.id, _AS_EVERY_RULE)
