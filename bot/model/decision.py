"""What is to be done with a post, and the findings it rests on."""

from dataclasses import dataclass

from bot.model.action import Action
from bot.model.evidence import Finding


@dataclass(frozen=True, slots=True)
class Decision:
    """An action with its findings.

    Laws: ``|`` is a join: associative, commutative, idempotent, with ``Decision()`` as identity.
    The action of a join is the stronger of the two, its findings are those of both.
    """

    action: Action = Action.ALLOW
    because: frozenset[Finding] = frozenset()

    def __or__(self, other: "Decision") -> "Decision":
        """Join two decisions."""
        return Decision(max(self.action, other.action), self.because | other.because)
