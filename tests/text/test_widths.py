"""Plain forms of characters, one for one."""

from hypothesis import given
from hypothesis import strategies as st

from bot.text.widths import narrow
from tests.text.reading import unhurried


def test_wide_and_fancy_characters_become_plain() -> None:
    """Full-width, mathematical and look-alike characters read as what they show."""
    assert narrow("ｊｏｈｎ＠ｇｍａｉｌ。ｃｏｍ") == "john@gmail.com"
    assert narrow("𝐛𝟓 ①") == "b5 1"
    assert narrow("jоhn") == "john"


@unhurried
@given(st.text())
def test_the_length_stays(text: str) -> None:
    """Offsets hold, and narrowing twice changes nothing more."""
    once = narrow(text)
    assert len(once) == len(text)
    assert narrow(once) == once


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_stays(text: str) -> None:
    """Plain text is returned as it is."""
    assert narrow(text) == text
