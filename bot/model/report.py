"""All that screening says about one version of one post."""

from dataclasses import dataclass
from functools import reduce

from bot.model.action import Action
from bot.model.decision import Decision
from bot.model.evidence import Finding


@dataclass(frozen=True, slots=True)
class Failure:
    """A detector that raised, or a part that was not read whole."""

    what: str
    """A rule id, or ``unread`` where a text was cut or left out."""
    detail: str
    """For the log and the moderator; holds no words of the member."""


@dataclass(frozen=True, slots=True)
class Report:
    """The findings on a post, what failed on the way, and the decision.

    Laws: the decision is the join of what each finding asks for; a degraded report decides REVIEW
    at most.
    """

    findings: tuple[Finding, ...] = ()
    """Sorted by (part, start, rule); excepted evidence stays listed with its ``because``."""
    failures: tuple[Failure, ...] = ()

    @property
    def degraded(self) -> bool:
        """Whether something was not looked at; nobody is sanctioned on such a report."""
        return bool(self.failures)

    @property
    def decision(self) -> Decision:
        """The join over all findings that still ask for something."""
        asked = (
            Decision(finding.action, frozenset({finding}))
            for finding in self.findings
            if finding.action > Action.ALLOW
        )
        return reduce(lambda left, right: left | right, asked, Decision())
