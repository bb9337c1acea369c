"""The form every detector has: a rule id, a pure function, and examples that prove it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.model.evidence import Evidence
from bot.model.memory import Memory
from bot.model.screened import ScreenedPost

Find = Callable[[ScreenedPost, Memory], Iterator[Evidence]]
"""Pure and deterministic: the same post and memory give the same evidence, in the same order."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Posts that the common contract test holds a detector to."""

    breaches: tuple[str, ...]
    """Each is found when posted alone by a member."""
    permitted: tuple[str, ...]
    """Near misses: none is found."""


@dataclass(frozen=True, slots=True)
class Detector:
    """What watches over one rule."""

    rule: str
    """An id of guidelines.toml; no two detectors share one."""
    find: Find
    examples: Examples
    numbers: frozenset[str] = frozenset()
    """Names of the numbers it reads by ``screened.number``; policy.toml has exactly these."""
    kinds: frozenset[str] = frozenset()
    """Every kind its evidence may have, so that an exception for another is refused; empty where
    they are not a fixed few, such as codes of languages."""

    def __call__(self, screened: ScreenedPost, memory: Memory) -> Iterator[Evidence]:
        """Yield what it sees, all of it bearing its rule."""
        return self.find(screened, memory)


def kinds_by_rule(detectors: Iterable[Detector]) -> dict[str, frozenset[str]]:
    """Return which kinds of evidence detectors can find, by their rules."""
    return {detector.rule: detector.kinds for detector in detectors}
