"""What the bot tells of its findings becomes what a viewer is shown."""

from dataclasses import replace

from bot.demo.trace import read_trace
from bot.discord_io.trace import judged
from bot.model.action import Action
from bot.model.report import Report
from tests.making import finding, post


def test_what_the_bot_tells_is_read_back_with_the_words_it_means() -> None:
    """Rule, words, reason and the permission, from the bot's own entry."""
    text = "Look at my work"
    found = finding(Action.ALLOW, start=5, end=15, reason="an advertisement")
    one = replace(found, because="allowed: this board permits it")
    written = post(text)

    judgement = read_trace([judged(written, Report((one,)))])[written.id]

    assert judgement.action is Action.ALLOW
    [seen] = judgement.seen(text)
    assert (seen.words, seen.reason) == ("at my work", "an advertisement")
    assert seen.because == "allowed: this board permits it"


def test_a_finding_in_the_whole_post_quotes_nothing() -> None:
    """The post stands just above it."""
    text = "¿Look at my work?"
    written = post(text)
    one = finding(start=1, end=len(text) - 1)

    [seen] = read_trace([judged(written, Report((one,)))])[written.id].seen(text)

    assert seen.words == ""


def test_long_words_are_cut() -> None:
    """A line of quotation is enough."""
    text = "word " * 40
    written = post(text)
    one = finding(start=5, end=190)

    [seen] = read_trace([judged(written, Report((one,)))])[written.id].seen(text)

    assert len(seen.words) <= 60
    assert seen.words.endswith("…")


def test_the_last_judgement_of_a_post_counts() -> None:
    """An edited post is judged again."""
    written = post("Look at my work")
    entries = [judged(written, Report()), {"kind": "other"}, judged(written, Report((finding(),)))]

    assert read_trace(entries)[written.id].action is Action.REMOVE
