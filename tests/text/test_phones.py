"""Telephone numbers: forms, and figures that are none."""

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.phones import PhoneForm, find_phones
from tests.text.reading import unhurried

WINDOWS, REACH = 8, 48


def forms(text: str, windows: int = WINDOWS) -> list[PhoneForm]:
    """Return the forms of the numbers in a text."""
    return [one.form for one in find_phones(text, windows, REACH)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("+1 415 555 2671", PhoneForm.INTERNATIONAL),
        ("0044 20 7183 8750", PhoneForm.INTERNATIONAL),
        ("0044 20 7946 0958", PhoneForm.FICTIONAL),
        ("415-555-0132", PhoneForm.FICTIONAL),
        ("415-555-0132 is for films", PhoneForm.EXAMPLE),
        ("my number is 4155550132", PhoneForm.INTRODUCED),
        ("0300 1234567 is my whatsapp", PhoneForm.INTRODUCED),
        ("(415) 555-2671", PhoneForm.NATIONAL),
        ("020 7183 8750", PhoneForm.NATIONAL),
        ("four one five 555 zero one three two", PhoneForm.SPELLED),
        ("call 555-0132", PhoneForm.LOCAL),
        ("1-800-273-8255", PhoneForm.TOLL_FREE),
        ("the crisis line, 1-800-273-8255", PhoneForm.PUBLIC),
    ],
)
def test_a_number_has_a_form(text: str, form: PhoneForm) -> None:
    """How a number is written decides how sure it is."""
    assert forms(text) == [form]


@pytest.mark.parametrize(
    "text",
    [
        "2147483647",
        "4155550132",
        "order 415 555 0132",
        "192.168.100.200",
        "2026-11-22 10:15:30",
        "123456789012345678",
        "$415 555 0132",
        "415 555 0132 users",
        "1 2 3 4 5 6 7 8 9 10",
        "call me maybe",
        "one two three four five six seven eight nine",
        "phone 10.0.15063",
        "f(4155550132)",
    ],
)
def test_other_figures_are_no_numbers(text: str) -> None:
    """Identifiers, amounts, times, machines and counting are set aside."""
    assert forms(text) == []


def test_dates_beside_a_number_do_not_hide_it() -> None:
    """Only the date is set aside."""
    assert forms("2026-11-22 415-555-2671") == [PhoneForm.NATIONAL]


def test_introduced_numbers_are_read_before_others() -> None:
    """Where windows run short, those with a telephone word beside them are read."""
    text = "(415) 555-0132 (415) 555-0133 call me at 415-555-0134"

    assert forms(text, windows=1) == [PhoneForm.INTRODUCED]


def test_the_span_covers_the_number() -> None:
    """Offsets are those of the text given, also after characters outside ASCII."""
    text = "tél \uff0b1 415 555 0132!"

    (one,) = find_phones(text, WINDOWS, REACH)

    assert text[one.start : one.end] == "\uff0b1 415 555 0132"


def test_the_library_is_not_loaded_without_digits() -> None:
    """Starting to screen does not wait for the numbering plans of the world."""
    code = (
        "import sys; from bot.text.phones import find_phones\n"
        "list(find_phones('call me in 2026, or 12345', 8, 48))\n"
        "assert 'phonenumbers' not in sys.modules\n"
        "list(find_phones('call me at 415 555 0132', 8, 48))\n"
        "assert 'phonenumbers' in sys.modules\n"
    )

    subprocess.run([sys.executable, "-c", code], check=True)


@unhurried
@given(st.text(alphabet="0123456789+-. ()call\u0663é", max_size=120))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    """Spans lie in the text and do not overlap."""
    spans = sorted((one.start, one.end) for one in find_phones(text, WINDOWS, REACH))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
