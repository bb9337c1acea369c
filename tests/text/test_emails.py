"""E-mail addresses: forms, and what only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.emails import EmailForm, find_emails
from tests.text.reading import unhurried

REACH = 48


def forms(text: str) -> list[EmailForm]:
    """Return the forms of the addresses in a text."""
    return [one.form for one in find_emails(text, REACH)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("maria.k.9931@gmail.com", EmailForm.PLAIN),
        ("sam@studio.riverstone.co.uk: thanks", EmailForm.PLAIN),
        ("\uff4d\uff4b77\uff20gmail\uff0ecom", EmailForm.PLAIN),
        ("http://maria.k@gmail.com", EmailForm.PLAIN),
        ("sam (at) riverstone (dot) studio", EmailForm.DISGUISED),
        ("sam[at]riverstone.studio", EmailForm.DISGUISED),
        ("m k 7 7 @ g m a i l . c o m", EmailForm.DISGUISED),
        ("maria.k at gmail dot com", EmailForm.DISGUISED),
        ("maria.k at riverstone dot studio", EmailForm.LOOSE),
        ("mariak77@gmail", EmailForm.PARTIAL),
        ("email me: maria.k at gmail", EmailForm.PARTIAL),
        ("support@riverstone.studio", EmailForm.DESK),
        ("our team: support@riverstone.studio", EmailForm.PASSED_ON),
        ("support@gmail.com", EmailForm.PASSED_ON),
        ("validate sam@riverstone.studio", EmailForm.EXAMPLE),
        ("Signed-off-by: Maria K <mk77@riverstone.studio>", EmailForm.PASSED_ON),
    ],
)
def test_an_address_has_a_form(text: str, form: EmailForm) -> None:
    """How an address is written decides how sure it is."""
    assert forms(text) == [form]


@pytest.mark.parametrize(
    "text",
    [
        "you@example.com",
        "name@yourdomain.com",
        "a.b@host.invalid",
        "noreply@riverstone.studio",
        "git@github.com:acme/site.git",
        "ssh deploy@box.riverstone.studio",
        "https://user:secret@db.riverstone.studio/x",
        "react@18.2.0",
        "@scope/package",
        "a@b",
        "look at google dot com",
        "available at riverstone.studio",
        "stay-at-home.com",
        "meet at 5. come along",
        "20261122.101530.123@news.riverstone.studio",
    ],
)
def test_what_is_no_address_passes(text: str) -> None:
    """Placeholders, code, names of packages and plain sentences are no addresses."""
    assert forms(text) == []


def test_spans_are_those_of_the_text() -> None:
    """Offsets hold after characters outside ASCII."""
    text = "é😀 maria.k.9931@gmail.com"

    (one,) = find_emails(text, REACH)

    assert text[one.start : one.end] == "maria.k.9931@gmail.com"


def test_many_addresses_are_found_from_left_to_right() -> None:
    """Each plain address is found once."""
    text = "a.k.77@gmail.com, b.k.77@gmail.com"

    assert [one.start for one in find_emails(text, REACH)] == [0, 18]


@unhurried
@given(st.text(alphabet="ab1@.( )dot\n\uff20é", max_size=120))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    """Spans lie in the text and do not overlap."""
    spans = sorted((one.start, one.end) for one in find_emails(text, REACH))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
