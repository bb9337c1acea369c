"""The rule book: one rule, one file; a leading underscore marks a shared mechanism.

Each public module has one constant ``DETECTOR``, a docstring in five sections (Reasoning, Catches,
Permits, Known gaps, Source) and nothing else that is public.
"""

from importlib import import_module
from pkgutil import iter_modules

from bot.detectors._detector import Detector
from bot.errors import ConfigurationError


def discover() -> tuple[Detector, ...]:
    """Import every detector of this package, sorted by rule id.

    Raises:
        ConfigurationError: if a module has no detector, or two detectors share a rule.
    """
    found: dict[str, Detector] = {}
    problems: list[str] = []
    for module in iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        detector = getattr(import_module(f"{__name__}.{module.name}"), "DETECTOR", None)
        if not isinstance(detector, Detector):
            problems.append(f"bot/detectors/{module.name}.py has no DETECTOR of type Detector")
        elif detector.rule in found:
            problems.append(f"two detectors name the rule {detector.rule!r}; a rule has one file")
        else:
            found[detector.rule] = detector
    if problems:
        raise ConfigurationError(problems)
    return tuple(found[rule] for rule in sorted(found))
