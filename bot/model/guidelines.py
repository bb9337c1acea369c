"""The community's guidelines as a numbered, versioned document, and the rules bound to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from urllib.parse import urlsplit

from bot.model.action import Action
from bot.model.mode import Mode


class Severity(IntEnum):
    """How bad a breach of a rule is; belongs to the rule, never to the evidence."""

    MINOR = 1
    MODERATE = 2
    SERIOUS = 3
    CRITICAL = 4

    @property
    def word(self) -> str:
        """The lower-case word used in files."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the guidelines do not permit, with all that is said about it."""

    id: str
    """Stable and lower-case, with hyphens: ``contact-info``."""
    guideline: int | None
    """The number of the guideline it belongs to; None only for care rules such as self-harm."""
    label: str
    """What a member may pick from a list; 1 to 100 characters (the limit of a Discord option)."""
    severity: Severity
    exceptable: bool
    """Whether a board or a Community Group may be excepted from it."""
    max_action: Action
    """The most that evidence for it may lead to without a moderator."""
    default_mode: Mode
    """Its mode under the posture ``act`` until an admin sets one."""
    permitted: str
    """What is fine right next to it, as a sentence to the member."""
    instead: str
    """What to do instead, as a sentence to the member."""
    moderators_only: bool = False
    """True where only a moderator may apply it, never a detector."""

    def __post_init__(self) -> None:
        """Hold the bounds that Discord's own limits demand."""
        if not 1 <= len(self.label) <= 100:
            raise ValueError(f"the label of rule {self.id} must have 1 to 100 characters")


def is_placeholder(address: str) -> bool:
    """Whether an address is a made-up one: of example.com, which RFC 2606 reserves for that."""
    host = urlsplit(address).hostname or ""
    return host == "example.com" or host.endswith(".example.com")


@dataclass(frozen=True, slots=True)
class Guideline:
    """One numbered guideline in our wording, and its rules."""

    number: int
    title: str
    wording: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Guidelines:
    """The whole document: what every notice, case and log line cites.

    Law: every rule id occurs once.
    """

    version: str
    """Changes with every change of a wording; cases keep the version they were decided by."""
    dated: date
    platform: str
    """The name of the platform or community, as members read it."""
    links: Mapping[str, str]
    """Official pages by name: ``guidelines``, ``terms``, ``privacy``, ``report``."""
    guidelines: tuple[Guideline, ...]
    """In the order of their numbers."""
    care: tuple[Rule, ...] = ()
    """Rules that no guideline stands behind; they never lead to a sanction."""

    def rules(self) -> Iterator[Rule]:
        """Yield every rule, in the order of the document, care rules last."""
        for guideline in self.guidelines:
            yield from guideline.rules
        yield from self.care

    def rule(self, rule_id: str) -> Rule:
        """Return the rule of that id.

        Raises:
            KeyError: if the document has no such rule.
        """
        for rule in self.rules():
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def page(self, name: str) -> str | None:
        """Return an official page, or None where the admin has not put in one of their own."""
        address = self.links.get(name)
        return None if address is None or is_placeholder(address) else address

    def guideline(self, number: int) -> Guideline:
        """Return the guideline of that number.

        Raises:
            KeyError: if the document has no such number.
        """
        for guideline in self.guidelines:
            if guideline.number == number:
                return guideline
        raise KeyError(number)
