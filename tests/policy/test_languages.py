"""Permitted languages cover what screening calls them."""

import pytest

from bot.policy.languages import kinds_of


@pytest.mark.parametrize(
    ("codes", "kinds"),
    [
        (["es", "fr"], {"es", "fr"}),
        (["id"], {"ms"}),  # Indonesian and Malay are not told apart
        (["nb"], {"no"}),
        (["hr"], {"hr", "sr"}),
        (["bs"], {"hr", "sr"}),
        (["fil"], {"tl"}),
        (["ur"], {"ur", "hi"}),  # in Arabic letters, and in Latin ones
        (["hi"], {"hi"}),
        ([], set()),
    ],
)
def test_a_permitted_language_covers_its_findings(codes: list[str], kinds: set[str]) -> None:
    """A code covers the kinds of evidence under which that language is found."""
    assert kinds_of(codes) == kinds
