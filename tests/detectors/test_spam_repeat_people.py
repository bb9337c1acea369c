"""Repetition between people: answers, greetings and introductions, which are how people talk."""

import pytest

from tests.detectors.talk import AD, Talk
from tests.making import GENERAL

PEOPLE = ("<@811>", "<@!822>", "<@833>", "<@844>", "<@855>")
NAMES = ("@ana", "@bo.b", "@cleo_7", "@d4n", "@emeka")
GREETING = "Hi {}, glad you found us! Read the pinned post first and ask whatever you like here."

TEMPLATES = (
    GREETING,
    "{} your first proposal reads well, put the last paragraph first and cut the rest by half.",
    "Hey {} so glad to see you, tell us what you do and what you hope to learn in this place!",
)

INTRODUCTIONS = (
    "Hello everybody, my name is {} and I am a {} from {}, happy to join this community of yours!",
    "Hi all! I'm {}, a {} from {}, and I hope to learn how to find my very first client here.",
    "Just joined, so let me introduce myself: {}, a {} in {}, looking forward to meeting you all.",
)

WHO = (
    ("Ana", "designer", "Brazil"),
    ("Bob", "translator", "Kenya"),
    ("Cleo", "writer", "Poland"),
    ("Dan", "tester", "Nepal"),
)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("people", [PEOPLE, NAMES], ids=["mentions", "names"])
def test_one_text_to_several_people_is_at_most_noted(
    template: str, people: tuple[str, ...]
) -> None:
    """Who greets five newcomers with one template floods nothing."""
    talk = Talk()

    found = [talk.says(template.format(who), 300 * turn) for turn, who in enumerate(people)]

    assert all(each is None or each.confidence < 0.50 for each in found)


def test_the_same_person_addressed_again_and_again_is_repetition() -> None:
    """A name at the start excuses nothing by itself."""
    talk = Talk()

    found = [talk.says(f"<@811> {AD}", 600 * turn, channel=GENERAL + turn) for turn in range(3)]

    assert found[2]
    assert found[2].confidence == 0.97


@pytest.mark.parametrize("people", [PEOPLE, NAMES], ids=["mentions", "names"])
def test_a_link_sent_to_one_person_after_another_is_repetition(people: tuple[str, ...]) -> None:
    """Rotating names hide no advertisement."""
    talk = Talk()
    text = f"{AD} https://example.com/pages"

    found = [
        talk.says(f"{who} {text}", 600 * turn, channel=GENERAL + turn)
        for turn, who in enumerate(people[:3])
    ]

    assert found[2]
    assert found[2].confidence == 0.97


def test_everyone_is_nobody() -> None:
    """Who addresses all does not answer several people."""
    talk = Talk()

    for turn, who in enumerate(("@everyone", "@here", "@everyone")):
        found = talk.says(f"{who} {AD}", 600 * turn, channel=GENERAL + turn)

    assert found
    assert found.confidence == 0.97


@pytest.mark.parametrize("template", TEMPLATES)
def test_replies_that_differ_in_a_name_are_at_most_noted(template: str) -> None:
    """A reply answers the one it replies to."""
    talk = Talk()

    found = [
        talk.says(template.format(who), 300 * turn, reply_to=f"{who}: hello")
        for turn, who in enumerate(("Ana", "Bob", "Cleo", "Dan"))
    ]

    assert all(each is None or each.confidence < 0.50 for each in found)


def test_one_answer_given_again_in_the_same_channel_is_at_most_noted() -> None:
    """Half an hour later somebody else has the same question."""
    talk = Talk()

    found = [talk.says(AD, 1800 * turn, reply_to="how long does it take?") for turn in range(4)]

    assert all(each is None or each.confidence < 0.50 for each in found)


@pytest.mark.parametrize("template", INTRODUCTIONS)
def test_introductions_that_resemble_each_other_are_at_most_noted(template: str) -> None:
    """People copy how the one before them said hello."""
    talk = Talk()

    found = [
        talk.says(template.format(*who), 300 * turn, author=turn + 1)
        for turn, who in enumerate(WHO)
    ]

    assert all(each is None or each.confidence < 0.50 for each in found)


def test_an_introduction_word_for_word_by_several_accounts_asks() -> None:
    """Three accounts with one name and one story are one person."""
    talk = Talk()
    text = INTRODUCTIONS[0].format(*WHO[0])

    found = [talk.says(text, 300 * turn, author=turn + 1) for turn in range(3)]

    assert found[2]
    assert found[2].confidence == 0.80
