"""Guidelines, numbers and detectors read together, so that each can be held against the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.detectors._detector import Detector
from bot.errors import ConfigurationError
from bot.files._table import name_of
from bot.files.guidelines import declared_rules, read_guidelines
from bot.files.policy import read_policy
from bot.model.guidelines import Guidelines
from bot.policy.policy import Policy


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What screening goes by.

    Law: every detector's rule is in the guidelines, and no rule for moderators only has a detector.
    """

    folder: Path
    guidelines: Guidelines
    policy: Policy
    detectors: tuple[Detector, ...]
    """Sorted by rule id."""


def read_rulebook(folder: Path, detectors: Sequence[Detector]) -> Rulebook:
    """Read ``guidelines.toml`` and ``policy.toml`` of a folder.

    Args:
        folder: where the files lie.
        detectors: what :func:`bot.detectors.discover` found.

    Raises:
        ConfigurationError: with every problem of both files and between them.
    """
    path = folder / "guidelines.toml"
    file = name_of(path)
    guidelines, problems = read_guidelines(path)
    reads = {detector.rule: detector.numbers for detector in detectors}
    rules = declared_rules(path)
    policy, more = read_policy(folder / "policy.toml", reads, rules.keys() or None)
    problems = (*problems, *more)
    strangers = [rule for rule in reads if rules and rule not in rules]
    problems = (
        *problems,
        *(f"{file}: rule {rule!r} has a detector but is not here" for rule in strangers),
    )
    if guidelines is None or policy is None or problems:
        raise ConfigurationError(problems)
    alone = [rule.id for rule in guidelines.rules() if rule.moderators_only and rule.id in reads]
    if alone:
        raise ConfigurationError(
            f"{file}: rule {rule!r} is for moderators only, but a detector names it"
            for rule in alone
        )
    return Rulebook(folder, guidelines, policy, tuple(detectors))
