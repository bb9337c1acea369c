"""What can go wrong with one gateway event, and the queue of it."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar, TypeAlias

from bot.sandbox.fault_plans import FaultPlans
from bot.sandbox.seam import JsonObject

EventCondition: TypeAlias = Callable[[JsonObject], bool]
"""Whether a fault is meant for this payload."""

_COMMON_KEYS = ("id", "channel_id", "guild_id", "user_id", "user")
"""Fields of which nearly every event has one, and that a parser cannot do without."""


class EventFaultKind(Enum):
    """The ways in which an event can go wrong; `EventFault` adds the particulars."""

    DROP = auto()
    DUPLICATE = auto()
    REPLAY = auto()
    DELAY_BEHIND_NEXT = auto()
    MISSING_FIELD = auto()
    NULL_FIELD = auto()
    WRONG_TYPE = auto()
    EMPTY = auto()


_BREAKING = frozenset(
    {EventFaultKind.MISSING_FIELD, EventFaultKind.NULL_FIELD, EventFaultKind.WRONG_TYPE}
)


@dataclass(frozen=True, slots=True)
class EventFault:
    """One way in which a gateway event goes wrong.

    A field is named by its path, ``"author.id"``; empty means the first of id, channel_id,
    guild_id, user_id and user that the payload has.
    """

    kind: EventFaultKind
    field: str = ""

    DROP: ClassVar["EventFault"]
    """The event never arrives."""
    DUPLICATE: ClassVar["EventFault"]
    """The event arrives twice."""
    REPLAY: ClassVar["EventFault"]
    """The event arrives, and behind it the one of its name before it once more."""
    DELAY_BEHIND_NEXT: ClassVar["EventFault"]
    """The event arrives behind the next one of its name that is sent."""
    MALFORM: ClassVar["EventFault"]
    """The event arrives without the field that names its subject."""
    EMPTY: ClassVar["EventFault"]
    """The event arrives as an object without fields."""

    @staticmethod
    def without(field: str) -> "EventFault":
        """Return the fault that leaves out a field."""
        return EventFault(EventFaultKind.MISSING_FIELD, field)

    @staticmethod
    def null(field: str) -> "EventFault":
        """Return the fault that sends null for a field."""
        return EventFault(EventFaultKind.NULL_FIELD, field)

    @staticmethod
    def wrong_type(field: str) -> "EventFault":
        """Return the fault that sends an array of an array for a field."""
        return EventFault(EventFaultKind.WRONG_TYPE, field)


EventFault.DROP = EventFault(EventFaultKind.DROP)
EventFault.DUPLICATE = EventFault(EventFaultKind.DUPLICATE)
EventFault.REPLAY = EventFault(EventFaultKind.REPLAY)
EventFault.DELAY_BEHIND_NEXT = EventFault(EventFaultKind.DELAY_BEHIND_NEXT)
EventFault.MALFORM = EventFault(EventFaultKind.MISSING_FIELD)
EventFault.EMPTY = EventFault(EventFaultKind.EMPTY)


class EventFaults:
    """The faults that wait for gateway events.

    An event that no fault waits for passes as it is. Payloads are never changed in place.
    """

    def __init__(self) -> None:
        self.plans: FaultPlans[EventFault, EventCondition] = FaultPlans()
        self._last: dict[str, JsonObject] = {}
        self._delayed: dict[str, list[JsonObject]] = {}

    @property
    def delayed(self) -> int:
        """How many events wait behind one that has not come yet."""
        return sum(len(payloads) for payloads in self._delayed.values())

    def meet(
        self, event_name: str, payload: JsonObject
    ) -> tuple[EventFault | None, list[JsonObject]]:
        """Return the fault that an event meets, and what is sent in its place, in order.

        A fault that this event cannot have (nothing to replay, no such field) waits for another.
        """

        def meant(fault: EventFault, when: EventCondition | None) -> bool:
            if fault.kind is EventFaultKind.REPLAY and event_name not in self._last:
                return False
            if fault.kind in _BREAKING and _parent_of(payload, fault) is None:
                return False
            return when is None or when(payload)

        fault = self.plans.take(event_name, meant)
        sent = [payload] if fault is None else self._faulty(fault, event_name, payload)
        self._last[event_name] = payload
        if sent:
            sent = [*sent, *self._delayed.pop(event_name, [])]
        return fault, sent

    def clear(self) -> None:
        """Forget every waiting fault, and the events that were delayed."""
        self.plans.clear()
        self._delayed.clear()

    def _faulty(self, fault: EventFault, event_name: str, payload: JsonObject) -> list[JsonObject]:
        match fault.kind:
            case EventFaultKind.DROP:
                return []
            case EventFaultKind.DUPLICATE:
                return [payload, payload]
            case EventFaultKind.REPLAY:
                return [payload, self._last[event_name]]
            case EventFaultKind.DELAY_BEHIND_NEXT:
                self._delayed.setdefault(event_name, []).append(payload)
                return []
            case _:
                return [malformed(payload, fault)]


def malformed(payload: JsonObject, fault: EventFault) -> JsonObject:
    """Return a copy of the payload, broken as the fault says.

    Raises:
        ValueError: the payload has no such field, or the fault breaks nothing.
    """
    if fault.kind is EventFaultKind.EMPTY:
        return {}
    broken = deepcopy(payload)
    found = _parent_of(broken, fault)
    if found is None or fault.kind not in _BREAKING:
        raise ValueError(f"{fault.kind.name} of {fault.field!r} does not break this event")
    parent, name = found
    match fault.kind:
        case EventFaultKind.MISSING_FIELD:
            del parent[name]
        case EventFaultKind.NULL_FIELD:
            parent[name] = None
        case _:
            parent[name] = [[]]
    return broken


def _parent_of(payload: JsonObject, fault: EventFault) -> tuple[JsonObject, str] | None:
    """Return the object that holds the field of the fault, and the field's name there."""
    if not fault.field:
        return next(((payload, key) for key in _COMMON_KEYS if key in payload), None)
    *parents, name = fault.field.split(".")
    holder: object = payload
    for parent in parents:
        holder = holder.get(parent) if isinstance(holder, dict) else None
    return (holder, name) if isinstance(holder, dict) and name in holder else None
