"""Evidence refuses what no reader could make sense of."""

import pytest

from bot.model.post import Surface
from tests.making import evidence

BORROWED = {Surface.LINK_PREVIEW, Surface.FORWARD, Surface.REPLY}


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_a_span_that_is_empty_or_outside_is_refused(start: int, end: int) -> None:
    """0 <= start < end."""
    with pytest.raises(ValueError, match="a span must not be empty"):
        evidence(start=start, end=end)


@pytest.mark.parametrize("confidence", [0.0, -0.1, 1.01, float("nan")])
def test_a_confidence_outside_zero_to_one_is_refused(confidence: float) -> None:
    """0 < confidence <= 1."""
    with pytest.raises(ValueError, match="a confidence lies in"):
        evidence(confidence=confidence)


@pytest.mark.parametrize("surface", Surface)
def test_words_are_borrowed_where_they_are_somebody_elses(surface: Surface) -> None:
    """Link previews, forwards and replies are borrowed; every other surface is the author's."""
    assert evidence(surface=surface).borrowed is (surface in BORROWED)


def test_a_quote_in_the_authors_own_text_is_borrowed() -> None:
    """Quoted evidence counts as borrowed on every surface."""
    assert evidence(quoted=True).borrowed
