"""When two texts count as one post."""

import pytest

from bot.text.likeness import is_copy, is_near

AD = "i build fast landing pages for small shops, three days from brief to launch"


def test_signs_and_spacing_make_no_other_text() -> None:
    """Letters and numbers are what counts."""
    assert is_copy("two words, 3 signs", "twowords 3 signs!!")
    assert not is_copy("two words, 3 signs", "two words, 4 signs")
    assert not is_copy("two words", "two swords")


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (AD.replace("three", "two"), True),
        (AD + " now", True),
        ("how do i change the hourly rate of a contract without losing my badge", False),
        (AD[:30], False),
        ("", False),
    ],
)
def test_few_changes_leave_a_text_alike(other: str, alike: bool) -> None:
    """A word more, less or other; not another text, and not a part of it."""
    assert is_near(AD, other, 0.85) is alike
    assert is_near(other, AD, 0.85) is alike


def test_parts_of_a_series_are_not_alike() -> None:
    """Day two is not day one again, unless it says day one."""
    one = "day 1 of my challenge: ten proposals sent and no answer so far, wish me luck"

    assert not is_near(one, one.replace("1", "2"), 0.85)
    assert is_near(one, one.replace("ten", "six"), 0.85)


def test_one_form_filled_in_twice_is_not_alike_and_word_for_word_it_is() -> None:
    """The labels are the same; what counts is what follows them."""
    form = "yesterday: the cart page of the shop. today: the {} page of the shop."

    assert not is_near(form.format("login"), form.format("search"), 0.85)
    assert is_near(form.format("login"), form.format("login"), 0.85)
