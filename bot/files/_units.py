"""What a detector's number may be, by the unit that its name ends in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.files._sentences import shown
from bot.files.limits import LONGEST_PART, LONGEST_SPAN


@dataclass(frozen=True, slots=True)
class _Unit:
    """The numbers of one unit: ``least <= number <= most``."""

    least: int
    most: int
    whole: bool
    """Whether only whole numbers count something."""
    above: bool = False
    """Whether ``least`` itself is not one of them."""

    def holds(self, value: float) -> bool:
        if self.whole and not isinstance(value, int):
            return False
        return self.least <= value <= self.most and not (self.above and value == self.least)

    def __str__(self) -> str:
        if self.above:
            return f"a number above {self.least} and up to {self.most:,}"
        return f"a {'whole ' if self.whole else ''}number from {self.least} to {self.most}"


_UNITS: Mapping[str, _Unit] = MappingProxyType(
    {
        "authors": _Unit(1, 1000, whole=True),
        "copies": _Unit(1, 1000, whole=True),
        "letters": _Unit(0, LONGEST_PART, whole=True),
        "posts": _Unit(0, 100, whole=True),
        "ratio": _Unit(0, 1, whole=False),
        "reach": _Unit(0, LONGEST_PART, whole=True),
        "seconds": _Unit(0, LONGEST_SPAN, whole=False, above=True),
        "windows": _Unit(0, 16, whole=True),
    }
)
"""By the last word of a number's name.

Upper ends: no more letters than are read of a text; 16 windows, for 4,000 characters of telephone
numbers took 22 ms with them and 13 ms with 8, measured in November 2026; the others are chosen, far
above what makes sense and low enough for the work on one post to stay bounded.
"""


def unit_problem(name: str, value: float) -> str | None:
    """Return what is wrong with a number, after its name; None if nothing is.

    Args:
        name: what the detector calls it; its last word is its unit, as in ``burst_seconds``.
        value: what the file says.
    """
    unit = _UNITS.get(name.rpartition("_")[2])
    if unit is None:
        return f"has no unit at the end of its name; expected one of {', '.join(_UNITS)}"
    return None if unit.holds(value) else f"is {shown(value)}; expected {unit}"
