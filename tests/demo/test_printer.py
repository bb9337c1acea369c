"""What a viewer is told of each fact."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from bot.demo.facts import Ended, Fact, Killed, Letter, Started
from bot.demo.printer import Printer
from bot.files.folder import config_folder
from bot.files.guidelines import read_guidelines
from bot.model.action import Action
from tests.demo.told import CARD, NOTICE, VULGAR, removed, untouched


def shown(*facts: Fact, width: int = 80) -> str:
    """Return what is printed for facts, where nobody watches."""
    guidelines = read_guidelines(config_folder() / "guidelines.toml").value
    assert guidelines is not None
    out = io.StringIO()
    with Printer(Console(file=out, width=width, highlight=False), guidelines, "concord") as printer:
        for fact in facts:
            printer.show(fact)
    return out.getvalue()


def test_a_removal_is_told_with_words_reason_guideline_and_time() -> None:
    """And the first notice and case in full."""
    text = shown(removed())

    assert "Removed 31 ms after it was posted" in text
    assert "“bullsh1t”: vulgar language in disguise (95% sure)" in text
    assert "guideline 5, Keep it decent and safe (vulgarity)" in text
    assert "What Ada reads, in a direct message" in text
    assert "What moderators read: the case, in their log" in text


def test_later_notices_and_cases_are_told_in_a_line() -> None:
    """The first of each is enough to know how they look."""
    text = shown(removed(), removed())

    assert text.count("What Ada reads") == 1
    assert "told      Ada, in a direct message" in text
    assert "log       C-1 · post removed" in text


def test_a_private_thread_is_named() -> None:
    """It is where a member finds the notice whose direct messages are closed."""
    thread = Letter(NOTICE.title, NOTICE.body, NOTICE.footer, thread="About your post · C-1")

    assert "in a private thread named “About your post · C-1”" in shown(
        removed(), removed(notice=thread)
    )


def test_what_an_exception_permits_is_told_with_the_exception() -> None:
    """The finding stays visible, with the words that permit it."""
    seen = (
        VULGAR.__class__(
            "solicitation", 2, "my work", "an advertisement", 0.8, Action.ALLOW, "allowed: because"
        ),
    )

    text = shown(untouched(seen=seen))

    assert "Allowed by an exception" in text
    assert "but       allowed: because" in text


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Action.ALLOW, "Untouched, nothing found"),
        (Action.NOTE, "Noted; the post stands, and nobody is told"),
        (Action.REVIEW, "Moderators are asked; until one has looked, the post stands"),
    ],
)
def test_each_milder_outcome_has_its_words(action: Action, words: str) -> None:
    """A viewer knows whether the post stands."""
    assert words in shown(untouched(action=action))


def test_a_bot_that_died_before_telling_is_not_made_up_for() -> None:
    """The log says what was found; the demo says that it does not know more."""
    assert "see the moderators' log" in shown(removed(seen=(), told=False))


def test_a_kill_says_what_was_done_and_what_was_not() -> None:
    """Removed, but not told."""
    text = shown(Killed(4711, "Ada", notified=False), Started(4712, 2.5, again=True))

    assert "kill -9: process 4711 is gone" in text
    assert "The post had just been removed; Ada had not been told why." in text
    assert "process 4712, connected and caught up after 2.5 s" in text


def test_the_end_counts_measures_and_lists() -> None:
    """Posts by outcome, the times of this run, the log."""
    text = shown(Ended((removed(), untouched(caught_up=True)), 2, 0, ()))

    assert "1  removed; told why: 1 by direct message, 0 in a private thread" in text
    assert "1  untouched" in text
    assert "C-1  post removed  Ada  vulgarity" in text
    assert "median 31 ms, longest 31 ms" in text
    assert "none came twice" in text.replace("\n  ", " ")
    assert "Not as the script expects" not in text


def test_the_end_lists_a_case_of_several_posts_once() -> None:
    """As its line in the log stands at the end."""
    asked = replace(CARD, title="C-1 · please look at this post")
    text = shown(Ended((removed(card=asked), removed()), 2, 0, ()))

    assert "C-1  post removed  Ada  vulgarity" in text
    assert "please look" not in text


def test_the_end_says_plainly_where_reality_differs() -> None:
    """In the sentences that were found."""
    text = shown(Ended((removed(card=CARD),), 2, 1, ("Ada's post was left alone.",)))

    assert "Not as the script expects\n    Ada's post was left alone." in text
