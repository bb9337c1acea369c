"""Contact data that is made up: ranges kept for fiction, and words that call it an example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.made_up import is_example, is_fiction, is_fictional


@pytest.mark.parametrize(
    "digits",
    ["4155550100", "14155550199", "5550132", "5551234567", "02079460958", "447700900123"],
)
def test_numbers_kept_for_fiction_are_known(digits: str) -> None:
    """ATIS keeps 555-0100 to 555-0199 in each area, Ofcom a range in each large city."""
    assert is_fictional(digits)


@pytest.mark.parametrize(
    "digits", ["4155550200", "4155552671", "2079460958", "02079470958", "447911123456", ""]
)
def test_their_neighbours_are_not(digits: str) -> None:
    """One digit beside the range, somebody may answer."""
    assert not is_fictional(digits)


@given(st.text(alphabet="0123456789", max_size=15))
def test_any_digits_have_an_answer(digits: str) -> None:
    """Short or long, nothing is refused; nine digits of NANP are no number."""
    assert not (is_fictional(digits) and len(digits) == 9)


def test_words_that_offer_outweigh_words_that_explain() -> None:
    """Who says "write to me at" gives an address to be used, whatever else they say."""
    told, offered = "a dummy, jo@baker.io", "a dummy can write to me at jo@baker.io"

    assert is_example(told, told.index("jo"), len(told))
    assert not is_example(offered, offered.index("jo"), len(offered))


def test_another_line_says_nothing() -> None:
    """What stands on the line before speaks of something else."""
    assert not is_example("see the example\njo@baker.io", 16, 27)
    assert is_fiction("415 555 2671 in a film", 0, 12)
