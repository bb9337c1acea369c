"""Values that wait for a button come back as they were put away."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.keepsakes import UnreadableError, from_text, to_text
from bot.model.action import Action
from bot.model.case import CasePost
from bot.model.evidence import Evidence, Finding
from bot.model.order import Amendment, AmendmentOrder, Order, Wanted
from bot.model.post import Part, PostFile, Surface
from bot.model.sanction import SanctionKind
from bot.ports import CaseQuery

IDS = st.integers(1, 2**63 - 1)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)
"""Lone surrogates as well: Discord has let them through."""
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
LENGTHS = st.timedeltas(timedelta(), timedelta(days=4000))
EVIDENCE = st.builds(
    Evidence,
    rule=st.sampled_from(["vulgarity", "hate"]),
    part=st.integers(0, 5),
    surface=st.sampled_from(Surface),
    start=st.integers(0, 5),
    end=st.integers(6, 9),
    confidence=st.floats(0.01, 1),
    kind=TEXTS,
    reason=TEXTS,
    quoted=st.booleans(),
)
POSTS = st.builds(
    CasePost,
    message=IDS,
    channel=IDS,
    at=MOMENTS,
    action=st.sampled_from(Action),
    parts=st.lists(st.builds(Part, st.sampled_from(Surface), TEXTS), max_size=3).map(tuple),
    findings=st.lists(
        st.builds(
            Finding,
            EVIDENCE,
            st.none() | st.integers(1, 15),
            st.sampled_from(Action),
            st.none() | TEXTS,
        ),
        max_size=2,
    ).map(tuple),
    digest=TEXTS,
    degraded=st.booleans(),
    ruling=st.none() | IDS,
    files=st.lists(st.builds(PostFile, IDS, TEXTS, TEXTS, st.integers(0), TEXTS), max_size=2).map(
        tuple
    ),
)
WANTED = st.builds(
    Wanted,
    kind=st.sampled_from(SanctionKind),
    duration=st.none() | LENGTHS,
    board=st.none() | TEXTS,
    group=st.none() | TEXTS,
    delete_messages=LENGTHS,
)
ORDERS = st.builds(
    Order,
    key=TEXTS,
    guild=IDS,
    by=IDS,
    subject=IDS,
    sanctions=st.lists(WANTED, max_size=3).map(tuple),
    removes=st.lists(POSTS, max_size=2).map(tuple),
    evidence=st.lists(POSTS, max_size=2).map(tuple),
    rule=st.none() | TEXTS,
    words=TEXTS,
    internal=TEXTS,
    because=TEXTS,
    silent=st.booleans(),
    spam=st.booleans(),
    case=st.none() | IDS,
    despite=st.none() | IDS,
    shown_at=st.none() | MOMENTS,
)
AMENDMENTS = st.builds(
    AmendmentOrder,
    key=TEXTS,
    guild=IDS,
    by=IDS,
    case=IDS,
    amendment=st.sampled_from(Amendment),
    sanctions=st.lists(IDS, max_size=3).map(tuple),
    duration=st.none() | LENGTHS,
    endless=st.booleans(),
    rule=st.none() | TEXTS,
    words=TEXTS,
    internal=TEXTS,
    silent=st.booleans(),
    restore=st.booleans(),
    despite=st.none() | IDS,
    shown_at=st.none() | MOMENTS,
)
QUERIES = st.builds(
    CaseQuery,
    guild=IDS,
    member=st.none() | IDS,
    moderator=st.none() | IDS,
    rule=st.none() | TEXTS,
    kind=st.none() | st.sampled_from(SanctionKind),
    in_force=st.booleans(),
    since=st.none() | MOMENTS,
    until=st.none() | MOMENTS,
    text=TEXTS,
)


@given(ORDERS | AMENDMENTS | QUERIES)
def test_what_is_written_down_is_read_back(value: object) -> None:
    """Field by field, to the microsecond and the lone surrogate; as text any column takes."""
    text = to_text(value)

    text.encode()
    assert from_text(type(value), text) == value


@given(ORDERS)
def test_who_an_order_is_about_is_found_in_its_text(order: Order) -> None:
    """A member who wants their words erased is found in drafts by their id."""
    assert str(order.subject) in to_text(order)


@dataclass(frozen=True, slots=True)
class Old:
    """A value as an earlier version knew it."""

    first: int
    gone: str = ""


@dataclass(frozen=True, slots=True)
class New:
    """The same as a later one knows it."""

    first: int
    later: tuple[int, ...] = (1,)


def test_a_field_that_came_later_has_its_default() -> None:
    """A draft outlives an update where it can."""
    assert from_text(New, to_text(Old(7, "x"))) == New(7)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"first": "7"}',
        '{"first": true}',
        '{"first": 7, "later": 3}',
        '{"first": 7, "later": ["x"]}',
    ],
)
def test_what_is_no_such_value_is_unreadable(text: str) -> None:
    """Never half a value."""
    with pytest.raises(UnreadableError):
        from_text(New, text)
