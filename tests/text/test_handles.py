"""Accounts elsewhere: forms, and talk about messengers."""

import pytest

from bot.text.handles import HandleForm, find_handles

REACH = 48


def forms(text: str) -> list[HandleForm]:
    """Return the forms of the accounts in a text."""
    return [one.form for one in find_handles(text, REACH)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("telegram: @pixelmaria", HandleForm.EXPLICIT),
        ("@pixelmaria on telegram", HandleForm.EXPLICIT),
        ("skype live:maria.k_2", HandleForm.EXPLICIT),
        ("my insta is @maria.draws", HandleForm.EXPLICIT),
        ("@maria:matrix.org", HandleForm.EXPLICIT),
        ("my telegram is pixelmaria", HandleForm.LIKELY),
        ("add me on discord maria#1234", HandleForm.PUBLIC),
        ("@nasa on twitter", HandleForm.PUBLIC),
    ],
)
def test_an_account_has_a_form(text: str, form: HandleForm) -> None:
    """What is said of a name decides how sure it is an account to write to."""
    assert forms(text) == [form]


@pytest.mark.parametrize(
    "text",
    [
        "telegram: not working",
        "my telegram is blocked",
        "message me on telegram please",
        "is there a telegram group?",
        "bug#1234 in discord",
        "look at my facebook wall..one of them",
        "thanks @maria",
        "the line is busy",
        "signal @ 5GHz",
    ],
)
def test_talk_about_messengers_passes(text: str) -> None:
    """A messenger's name without an account is none."""
    assert forms(text) == []


def test_the_span_covers_messenger_and_name() -> None:
    """A reader sees what the name belongs to."""
    text = "hi, telegram: @pixelmaria."

    (one,) = find_handles(text, REACH)

    assert text[one.start : one.end] == "telegram: @pixelmaria"
