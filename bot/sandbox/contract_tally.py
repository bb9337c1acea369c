"""What has been checked against Discord's contract, and what did not hold."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that the contract does not allow."""

    route: str
    """``"POST /channels/{channel_id}/messages"``; for an unknown address the raw path."""
    where: str
    """``"request body: embeds[].title"``, ``"answer 200: author"``."""
    message: str
    """What is wrong; never what the message said."""

    def __str__(self) -> str:
        """Return one line for people."""
        return f"{self.route}: {self.where}: {self.message}"


@dataclass(slots=True)
class ContractTally:
    """A count of checks; one for each simulation, and one for a whole test session."""

    checked_requests: int = 0
    checked_answers: int = 0
    violations: Counter[Violation] = field(default_factory=Counter)
    """How often each violation was met, the first one first."""

    def add(self, other: "ContractTally") -> None:
        """Count what another count has counted, too."""
        self.checked_requests += other.checked_requests
        self.checked_answers += other.checked_answers
        self.violations += other.violations

    def summary(self) -> str:
        """Return one line that says what was checked."""
        checked = (
            f"Discord's contract: {self.checked_requests} requests and"
            f" {self.checked_answers} answers checked"
        )
        if not self.violations:
            return f"{checked}, no violation"
        return (
            f"{checked}, {self.violations.total()} violations"
            f" ({len(self.violations)} different), first: {next(iter(self.violations))}"
        )
