"""What one line of `screen --jsonl` knows of those before it: authors, time and events."""

import json
from datetime import timedelta

import pytest

from bot.commands._post_lines import read_line
from bot.commands._stream import Stream
from tests.commands.words import ask


def test_only_lines_with_an_author_take_part_in_what_is_compared(alone: Stream) -> None:
    """Posts of nobody are compared with nothing, and nothing is compared with them."""
    first = [ask(alone, id=n, text=f"one {n}", at=n) for n in (1, 2, 3)]
    own = [ask(alone, id=n, text=f"two {n}", at=n, author="a") for n in (4, 5)]
    other = ask(alone, id=6, text="three", at=6, author="b")

    assert [one["action"] for one in (*first, other)] == ["allow"] * 4
    assert [one["action"] for one in own] == ["allow", "review"]


def test_an_author_may_be_a_number(alone: Stream) -> None:
    """A number and the text that writes it are the same author."""
    answers = [ask(alone, id=n, text="x", at=n, author=who) for n, who in ((1, 5), (2, "5"))]

    assert [one["action"] for one in answers] == ["allow", "review"]


def test_a_line_without_time_is_a_day_after_the_line_before(alone: Stream) -> None:
    """Two posts without a time are too far apart to be one after another."""
    answers = [ask(alone, id=n, text="x", author="a") for n in (1, 2)]
    day = int(timedelta(days=1).total_seconds())
    late = ask(alone, id=3, text="x", author="a", at=day + 60)
    later = ask(alone, id=4, text="x", author="a")
    back = ask(alone, id=5, text="x", author="a", at=2 * day + 59)

    assert [one["action"] for one in (*answers, late, later)] == [
        "allow",
        "allow",
        "review",
        "allow",
    ]
    assert "at is 1970-01-03T00:00:59+00:00, before the line before it" in back["error"]


TIMES = [
    (0, "1970-01-01T00:00:00Z"),
    (1700000000, "2023-11-14T22:13:20+00:00"),
    (1700000000.5, "2023-11-14T22:13:20.5Z"),
    ("2023-11-14T23:13:20+01:00", 1700000000),
    ("2023-11-14", "2023-11-14T00:00:00"),
    ("20231114T221320Z", 1700000000),
]


@pytest.mark.parametrize(("one", "other"), TIMES)
def test_seconds_and_iso_8601_name_the_same_times(one: object, other: object) -> None:
    """Either way of saying a time gives the same time, in UTC where no offset is named."""
    read = [read_line(json.dumps({"id": 1, "text": "", "at": at}).encode()) for at in (one, other)]

    assert read[0].at == read[1].at
    assert read[0].at is not None
    assert read[0].at.utcoffset() == timedelta(0)


def test_time_may_stand_still_but_not_go_backwards(alone: Stream) -> None:
    """A line before its predecessor is an error and leaves no trace."""
    assert "error" not in ask(alone, id=1, text="x", at=100)
    assert "error" not in ask(alone, id=2, text="x", at=100)
    assert "backwards" in ask(alone, id=3, text="x", at=99.9)["error"]
    assert "error" not in ask(alone, id=4, text="x", at=100)


def test_a_bad_line_leaves_no_trace(alone: Stream) -> None:
    """Neither its words nor its time reach later lines."""
    ask(alone, id=1, text="x", at=0, author="a", board="nowhere")
    ask(alone, id=2, text="x", at=10**9, author="a", exceptions={"allow": ["hate"]})

    assert ask(alone, id=3, text="x", at=1, author="a") == {
        "id": 3,
        "action": "allow",
        "findings": [],
        "degraded": False,
    }


def test_events_print_nothing_and_inform_later_lines(alone: Stream) -> None:
    """A removed text is known again, and so is a sanctioned name, whatever its case."""
    text = "Some Words that were   removed"
    before = ask(alone, id=1, text=text, at=0, author="a")
    told = [
        ask(alone, event="removed", text=text),
        ask(alone, event="sanctioned", name="Big  Bob", at=10),
    ]
    again = ask(alone, id=2, text=text, at=10_000, author="b")
    named = ask(alone, id=3, text="where is big bob?", at=20_000, author="c")

    assert told == [None, None]
    assert before["findings"] == []
    assert [one["rule"] for one in again["findings"]] == ["repost-removed"]
    assert [one["rule"] for one in named["findings"]] == ["sanction-talk"]
    assert not alone.failed


def test_an_event_without_time_happens_when_the_line_before_did(alone: Stream) -> None:
    """An event between two posts of one minute moves no clock."""
    ask(alone, id=1, text="x", at=0)
    ask(alone, event="removed", text="y")

    assert "error" not in ask(alone, id=2, text="x", at=60)
    assert "backwards" in ask(alone, event="removed", text="z", at=59)["error"]
