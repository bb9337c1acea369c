"""Postal addresses: forms, and streets that are only mentioned."""

import pytest

from bot.text.addresses import AddressForm, find_addresses

REACH = 48


def forms(text: str) -> list[AddressForm]:
    """Return the forms of the addresses in a text."""
    return [one.form for one in find_addresses(text, REACH)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("1200 Mission Street, San Francisco, CA 94103", AddressForm.FULL),
        ("I live at 77 Elm Rd", AddressForm.FULL),
        ("P.O. Box 1234", AddressForm.FULL),
        ("Hauptstraße 5, 10115 Berlin", AddressForm.FULL),
        ("14 rue Victor Hugo", AddressForm.STREET),
        ("221B Baker Street", AddressForm.STREET),
    ],
)
def test_an_address_has_a_form(text: str, form: AddressForm) -> None:
    """A town, a postcode or words such as "I live at" make an address whole."""
    assert forms(text) == [form]


@pytest.mark.parametrize(
    "text",
    [
        "on Wall Street",
        "In 2020 Wall Street fell",
        "5 Star Way",
        "7 ways to win",
        "12 drive folders",
    ],
)
def test_a_street_without_a_house_is_none(text: str) -> None:
    """Mentioning a street, a year or a title gives no address."""
    assert forms(text) == []
