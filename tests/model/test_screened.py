"""What detectors read knows its way back to the raw text."""

import pytest

from bot.model.post import Part, Surface
from bot.model.screened import ScreenedPart, ScreenedPost, View
from tests.making import post


def view(text: str) -> View:
    """Return a view where nothing was changed."""
    return View(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))


def test_a_span_maps_to_where_its_first_and_last_characters_stood() -> None:
    """A character that stands for several maps to all of them."""
    folded = View("ab", (0, 4), (3, 6))
    assert folded.span(0, 1) == (0, 3)
    assert folded.span(0, 2) == (0, 6)
    assert folded.span(1, 2) == (4, 6)


def test_an_empty_span_has_no_place() -> None:
    """Asking for one is a mistake of ours."""
    with pytest.raises(AssertionError, match="BUG"):
        view("ab").span(1, 1)


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [(4, 8, True), (4, 9, True), (5, 6, True), (3, 5, False), (8, 10, False), (10, 11, False)],
)
def test_a_span_is_quoted_only_if_all_of_it_is(start: int, end: int, *, inside: bool) -> None:
    """Half-quoted words are the author's own."""
    part = Part(Surface.CONTENT, "abc `quote` d")
    screened = ScreenedPart(part, 0, part.text, view(part.text), view(part.text), quoted=((4, 9),))
    assert screened.is_quoted(start, end) is inside


def test_a_number_is_asked_for_by_rule_and_name() -> None:
    """A name that policy.toml does not have is a KeyError."""
    screened = ScreenedPost(post(), (), numbers={"spam-repeat": {"copies": 3}})
    assert screened.number("spam-repeat", "copies") == 3
    with pytest.raises(KeyError):
        screened.number("spam-repeat", "window")
