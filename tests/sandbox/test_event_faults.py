"""What the fault switchboard does to gateway events."""

import pytest

from bot.sandbox.event_faults import EventFault
from bot.sandbox.faults import Faults, FiredFault

A, B, C = ({"id": letter, "author": {"id": "1"}} for letter in "abc")


def sent(
    faults: Faults, *payloads: dict[str, object], name: str = "MESSAGE_CREATE"
) -> list[object]:
    """Return what arrives of these events."""
    return [item for payload in payloads for item in faults.on_dispatch(name, payload)]


def test_an_event_that_no_fault_waits_for_passes() -> None:
    """The payload itself is sent."""
    faults = Faults()
    faults.next_event("MESSAGE_UPDATE", EventFault.DROP)

    assert sent(faults, A) == [A]


def test_a_dropped_event_never_arrives() -> None:
    """One is lost, the next arrives, and the loss is listed."""
    faults = Faults()
    faults.next_event("MESSAGE_CREATE", EventFault.DROP)

    assert sent(faults, A, B) == [B]
    assert faults.fired == [FiredFault("MESSAGE_CREATE", EventFault.DROP)]


def test_a_duplicated_event_arrives_twice() -> None:
    """The same payload is sent two times."""
    faults = Faults()
    faults.next_event("MESSAGE_CREATE", EventFault.DUPLICATE)

    assert sent(faults, A, B) == [A, A, B]


def test_a_replay_sends_the_event_before_once_more() -> None:
    """It waits until there is one to replay."""
    faults = Faults()
    faults.next_event("MESSAGE_CREATE", EventFault.REPLAY)

    assert sent(faults, A, B, C) == [A, B, A, C]


def test_a_delayed_event_arrives_behind_the_next() -> None:
    """Two events change places."""
    faults = Faults()
    faults.next_event("MESSAGE_CREATE", EventFault.DELAY_BEHIND_NEXT)

    first = sent(faults, A)
    waiting = faults.delayed_events

    assert (first, waiting) == ([], 1)
    assert sent(faults, B, C) == [B, A, C]
    assert faults.delayed_events == 0


def test_two_delayed_events_keep_their_order() -> None:
    """Both wait for one that is sent."""
    faults = Faults()
    faults.next_event("MESSAGE_CREATE", EventFault.DELAY_BEHIND_NEXT, times=2)

    assert sent(faults, A, B, C) == [C, A, B]


def test_an_event_condition_chooses_by_the_payload() -> None:
    """Only the event that is meant is dropped."""
    faults = Faults()
    faults.next_event("MESSAGE_CREATE", EventFault.DROP, when=lambda event: event["id"] == "b")

    assert sent(faults, A, B, C) == [A, C]


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        (EventFault.MALFORM, {"author": {"id": "1"}}),
        (EventFault.without("author"), {"id": "a"}),
        (EventFault.without("author.id"), {"id": "a", "author": {}}),
        (EventFault.null("author"), {"id": "a", "author": None}),
        (EventFault.wrong_type("author.id"), {"id": "a", "author": {"id": [[]]}}),
        (EventFault.EMPTY, {}),
    ],
)
def test_a_malformed_event_is_a_broken_copy(fault: EventFault, arrives: dict[str, object]) -> None:
    """The field is missing, null or of another type; the world's own payload stays whole."""
    faults = Faults()
    faults.next_event("MESSAGE_CREATE", fault)

    assert sent(faults, A) == [arrives]
    assert A == {"id": "a", "author": {"id": "1"}}


def test_a_malformation_waits_for_an_event_that_has_the_field() -> None:
    """An event without the field passes and is not counted."""
    faults = Faults()
    faults.next_event("MESSAGE_CREATE", EventFault.without("member.roles"))

    assert sent(faults, A) == [A]
    assert [plan.fault for plan in faults.pending()] == [EventFault.without("member.roles")]
