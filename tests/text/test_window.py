"""The window over a long text: head and tail, with offsets of the whole."""

from hypothesis import given
from hypothesis import strategies as st

from bot.text.views import view_of
from bot.text.window import Window
from tests.text.reading import unhurried


def test_a_short_text_is_its_own_window() -> None:
    """Nothing is cut, nothing moves."""
    window = Window.over("abc", 3)

    assert (window.text, window.gap) == ("abc", 0)
    assert window.view(view_of("abc")) == view_of("abc")


@unhurried
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60), st.integers(2, 20))
def test_offsets_go_to_the_same_character_of_the_whole(whole: str, limit: int) -> None:
    """Each character of the window is the character at its offset of the whole text."""
    window = Window.over(whole, limit)

    for offset, character in enumerate(window.text):
        start, end = window.start(offset), window.end(offset + 1)
        if window.gap and offset == window.cut:
            assert (start, end) == (window.cut, window.cut + window.gap)
        else:
            assert whole[start:end] == character


@unhurried
@given(st.text(max_size=60), st.integers(2, 20))
def test_no_more_than_the_limit_is_read(whole: str, limit: int) -> None:
    """Plus the line break that stands for what was left out."""
    window = Window.over(whole, limit)

    assert len(window.text) <= limit + (1 if window.gap else 0)
