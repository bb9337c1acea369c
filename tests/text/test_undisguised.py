"""The reading of a text whose characters are disguised one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.undisguised import undisguised
from tests.text.reading import read, unhurried


@pytest.mark.parametrize(
    ("text", "clear"),
    [
        ("jo&#64;baker.io", "jo@baker.io"),
        ("jo&#x40;baker&#46;io", "jo@baker.io"),
        ("jo&commat;baker&period;io", "jo@baker.io"),
        ("jo%40baker.io", "jo@baker.io"),
        ("\u202eoi.rekab@oj\u202c", "jo@baker.io"),
        ("j\u0336o\u0336@baker.io", "jo@baker.io"),
    ],
)
def test_a_disguise_is_undone(text: str, clear: str) -> None:
    """It reads as it is shown, or as a browser would show it."""
    view = undisguised(read(text))

    assert view is not None
    assert view.text == clear


@pytest.mark.parametrize("text", ["jo@baker.io", "50% off", "Tom & Jerry", "café", ""])
def test_other_texts_have_no_such_reading(text: str) -> None:
    """Most posts cost nothing more."""
    assert undisguised(read(text)) is None


def test_a_reference_to_nothing_stays_as_it_is() -> None:
    """Only references to what can be typed are undone."""
    view = undisguised(read("a &#10; &#999; b"))

    assert view is not None
    assert view.text == "a &#10; &#999; b"


@unhurried
@given(st.text(alphabet="a&#;x46%0 \u0336\u202e\u202c@.", max_size=60))
def test_spans_lie_in_the_raw_text(text: str) -> None:
    """Each character of the reading knows where it came from."""
    view = undisguised(read(text))

    if view is not None:
        assert len(view.text) == len(view.starts) == len(view.ends)
        assert all(
            0 <= start < end <= len(text) for start, end in zip(view.starts, view.ends, strict=True)
        )
