"""Patterns: linear time, offsets in code points, and words for what is refused."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.patterns import Pattern, PatternError, any_of, any_word
from tests.text.reading import unhurried


def test_fragments_are_joined_in_order() -> None:
    """A pattern may be written in pieces."""
    assert Pattern("ab", "c").matches("ABC")


def test_case_counts_only_where_asked() -> None:
    """Case is ignored unless the pattern says otherwise."""
    assert not Pattern("abc", ignore_case=False).matches("ABC")


@pytest.mark.parametrize("source", ["(?<=a)b", r"(a)\1", "(", "(?:a{1000}){1000}"])
def test_what_cannot_be_linear_is_refused_by_name(source: str) -> None:
    """Look-around, back-references, bad syntax and sizes without end are refused in words."""
    with pytest.raises(PatternError, match="is refused: "):
        Pattern(source)


def test_hostile_repeats_take_no_time() -> None:
    """What takes a backtracking matcher longer than the universe lasts is over at once."""
    before = time.process_time()

    assert Pattern("(a+)+$").search("a" * 4000 + "!") is None

    assert time.process_time() - before < 0.1


@unhurried
@given(st.text(alphabet="ab😀é ", max_size=40))
def test_offsets_are_code_points(text: str) -> None:
    """Spans cut out of the text what was matched, whatever stands before."""
    for match in Pattern("(?P<name>b+)").finditer(text):
        assert text[match.start : match.end] == match.text == match.group("name")
        assert match.span("name") == (match.start, match.end)


def test_a_group_without_a_part_is_none() -> None:
    """A named group that took no part has no text and no place."""
    match = Pattern("a(?P<rest>b)?").search("a")

    assert match is not None
    assert match.group("rest") is None
    assert match.span("rest") == (-1, -1)


def test_alternatives_are_one_group() -> None:
    """Alternatives can be followed by more."""
    assert Pattern(any_of("a", "bc"), "d").matches("bcd")
    assert Pattern(any_word("a  bc\nd"), "!").matches("bc!")
