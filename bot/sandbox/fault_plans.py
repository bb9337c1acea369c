"""Which fault the next call or event meets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

FaultT = TypeVar("FaultT")
ConditionT = TypeVar("ConditionT")


@dataclass(frozen=True, slots=True)
class PendingFault(Generic[FaultT]):
    """A fault that waits for calls or events of `target`."""

    target: str
    fault: FaultT
    times: int
    """How many calls or events will still meet it; at least 1."""


@dataclass(slots=True)
class _Plan(Generic[FaultT, ConditionT]):
    target: str
    fault: FaultT
    left: int
    when: ConditionT | None


class FaultPlans(Generic[FaultT, ConditionT]):
    """A queue of faults: for one target the plan made first is used up first.

    A plan whose condition does not hold is passed over and stays.
    """

    def __init__(self) -> None:
        self._plans: list[_Plan[FaultT, ConditionT]] = []

    def add(self, target: str, fault: FaultT, times: int, when: ConditionT | None) -> None:
        """Let the next `times` calls or events of `target` meet `fault`.

        Raises:
            ValueError: `times` is below 1.
        """
        if times < 1:
            raise ValueError(f"times={times} for {target!r}: expected at least 1")
        self._plans.append(_Plan(target, fault, times, when))

    def take(
        self, target: str, meant: Callable[[FaultT, ConditionT | None], bool]
    ) -> FaultT | None:
        """Return the fault that this call or event meets, and count it; None: it passes."""
        for plan in self._plans:
            if plan.target == target and meant(plan.fault, plan.when):
                plan.left -= 1
                if plan.left == 0:
                    self._plans.remove(plan)
                return plan.fault
        return None

    def pending(self) -> list[PendingFault[FaultT]]:
        """Return what still waits, in the order in which it was planned."""
        return [PendingFault(plan.target, plan.fault, plan.left) for plan in self._plans]

    def clear(self) -> None:
        """Forget every plan."""
        self._plans.clear()
