"""Cases: what people call them, and what they hold."""

from bot.model.snowflake import first_at
from tests.making import NOON, case, case_post, finding


def test_a_case_is_called_by_its_number_in_the_guild() -> None:
    """C-3 is the third case of a guild, whatever its id."""
    assert case().reference == "C-3"


def test_a_case_gives_the_findings_of_all_its_posts_in_order() -> None:
    """findings() runs over posts, then over each post's findings."""
    one, two, three = finding(start=0, end=1), finding(start=1, end=2), finding(start=2, end=3)
    first = case_post(findings=(one, two))
    second = case_post(findings=(three,), message=first_at(NOON) + 1)

    assert case(first, second).findings() == (one, two, three)
