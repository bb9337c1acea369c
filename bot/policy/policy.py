"""The numbers of config/policy.toml as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.policy.falling_back import FallingBack
from bot.policy.practice import Practice
from bot.policy.rungs import Ladder


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which confidence on evidence is worth an action.

    Invariant: ``0 <= note <= review <= remove <= 1``.
    """

    note: float
    review: float
    remove: float

    def __post_init__(self) -> None:
        """Hold the invariant."""
        if not 0 <= self.note <= self.review <= self.remove <= 1:
            raise ValueError("thresholds must rise from note over review to remove, within 0 and 1")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a post is read."""

    part_length: int
    """Code points of one part; of a longer one, head and tail are read."""
    parts: int
    """Parts of one post."""
    post_length: int
    """Code points of all parts of one post together."""


@dataclass(frozen=True, slots=True)
class CatchUp:
    """How far back Concord acts on what was posted while it was away."""

    window: timedelta
    """Older posts are listed for moderators, not judged."""
    remove_within: timedelta
    """Posts older than this are never removed without a moderator."""


@dataclass(frozen=True, slots=True)
class Policy:
    """All numbers of policy.toml."""

    thresholds: Thresholds
    """For rules that have none of their own."""
    rule_thresholds: Mapping[str, Thresholds]
    """By rule id."""
    numbers: Mapping[str, Mapping[str, float]]
    """What detectors compare with, by rule id and name."""
    bounds: Bounds
    catch_up: CatchUp
    burst: timedelta
    """Posts of one author that break the same rule within this time are one case."""
    memory: timedelta
    """How long posts are remembered for comparison with later ones."""
    memory_posts: int
    """How many posts a guild's memory holds at most."""
    ladder: Ladder
    """What moderators are proposed."""
    practice: Practice
    """How sanctions are carried out."""
    falling_back: FallingBack
    """When a rule asks instead of removing, by itself."""

    def thresholds_of(self, rule: str) -> Thresholds:
        """Return the thresholds that hold for a rule."""
        return self.rule_thresholds.get(rule, self.thresholds)
