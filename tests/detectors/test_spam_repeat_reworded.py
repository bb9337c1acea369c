"""Posts that are nearly alike: which are repetitions, and which only look like them."""

import pytest

from tests.detectors.talk import AD, Talk
from tests.making import ART, GENERAL


def test_a_reworded_copy_elsewhere_asks() -> None:
    """Variations of one post are repetitions too."""
    talk = Talk()
    talk.says(AD)

    found = talk.says(AD.replace("fast", "quick").replace("three", "two"), 600, channel=ART)

    assert found
    assert (found.kind, found.confidence) == ("near-copy", 0.70)


def test_a_reworded_copy_in_the_same_channel_is_only_noted() -> None:
    """People correct themselves by posting again."""
    talk = Talk()
    talk.says(AD)

    found = talk.says(AD.replace("three", "two"), 600)

    assert found
    assert (found.kind, found.confidence) == ("near-copy", 0.45)


def test_reworded_copies_are_never_removed_by_themselves() -> None:
    """Likeness was measured on spam, not on people."""
    talk = Talk()
    for turn, word in enumerate(("fast", "quick", "lean", "neat", "smart")):
        found = talk.says(AD.replace("fast", word), 600 * turn, channel=GENERAL + turn)

    assert found
    assert found.confidence == 0.85


@pytest.mark.parametrize(
    "template",
    [
        "Day {} of my challenge: I sent ten proposals today and one client answered, wish me luck!",
        "Part {}/5 of my notes on writing proposals, the rest follows in this channel today.",
        "Weekly thread no. {}: tell us what you worked on and what you are proud of this week.",
    ],
)
def test_a_series_is_no_repetition(template: str) -> None:
    """What differs in its number is the next one."""
    talk = Talk()

    assert [talk.says(template.format(n), 3600 * n) for n in range(1, 5)] == [None] * 4


def test_a_form_filled_in_anew_is_no_repetition() -> None:
    """Stand-ups look alike by design."""
    talk = Talk()
    form = "Yesterday: worked on the {} page of the shop. Today: {} page. Blockers: none at all."

    found = [
        talk.says(form.format(a, b), 3600 * turn)
        for turn, (a, b) in enumerate((("cart", "login"), ("login", "search"), ("search", "help")))
    ]

    assert found == [None] * 3


def test_the_same_link_among_other_words_is_no_repetition() -> None:
    """A useful link is shared where it is useful."""
    talk = Talk()
    link = "https://example.com/handbook/payments"

    assert talk.says(f"The waiting time is explained here, Tom: {link}") is None
    assert talk.says(f"For taxes I found this page rather good, see {link}", 60) is None
    assert talk.says(f"{link} has a table with all of the fees, if it helps you", 90) is None
