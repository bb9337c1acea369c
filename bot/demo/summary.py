"""The end of a demo: what came of every post, and what to try next."""

from collections.abc import Iterator, Sequence
from statistics import median

from rich.text import Text

from bot.demo.facts import Ended, Outcome
from bot.demo.page import MARGIN, Page
from bot.demo.script import Happening
from bot.demo.verdict import STYLES
from bot.files._table import name_of
from bot.files.folder import config_folder
from bot.model.action import Action

_NEXT = (
    ('screen "mail me at jo@gmail.com"', "what is found in a text of yours, and why"),
    ("coverage", "which guideline is watched by what"),
    ("demo --terminal --script FILE", "a conversation of yours, in the form of this file:"),
)


def write_summary(fact: Ended, page: Page, program: str) -> None:
    """Write the figures, the log, what was measured, and what to try next."""
    _figures(fact.outcomes, page)
    _cases(fact.outcomes, page)
    for sentence in _measured(fact):
        page.line(sentence)
    page.blank()
    if fact.differences:
        page.line(Text("Not as the script expects", "bold red"))
        for sentence in fact.differences:
            page.line(Text(sentence, "red"), 2 * MARGIN)
        page.blank()
    page.line(Text("Try next", "bold"))
    for command, what in _NEXT:
        page.line(Text.assemble(("$ ", "dim"), (f"{program} {command}", "bold")))
        page.line(Text(what, "dim"), 2 * MARGIN)
    page.line(Text(name_of(config_folder() / "demo.toml"), "dim"), 2 * MARGIN)
    page.blank()


def _figures(outcomes: Sequence[Outcome], page: Page) -> None:
    allowed = [one for one in outcomes if one.action is Action.ALLOW]
    excepted = sum(1 for one in allowed if one.excepted)
    edits = sum(1 for one in outcomes if one.speech.edits is not None)
    rows = [(Text(str(len(outcomes)), "bold"), Text(f"posts, {edits} of them an edit"))]
    for action, count, words in (
        (Action.REMOVE, _count(outcomes, Action.REMOVE), f"removed; {_told(outcomes)}"),
        (
            Action.REVIEW,
            _count(outcomes, Action.REVIEW),
            "brought to moderators, left standing",
        ),
        (Action.NOTE, _count(outcomes, Action.NOTE), "noted for moderators, left standing"),
        (Action.ALLOW, excepted, "allowed by an exception"),
        (Action.ALLOW, len(allowed) - excepted, "untouched"),
    ):
        rows.append((Text(str(count), f"bold {STYLES[action]}"), Text(words)))
    page.columns(rows, right=(0,))
    page.blank()


def _count(outcomes: Sequence[Outcome], action: Action) -> int:
    return sum(1 for one in outcomes if one.action is action)


def _told(outcomes: Sequence[Outcome]) -> str:
    notices = [one.notice for one in outcomes if one.notice is not None]
    threads = sum(1 for one in notices if one.thread is not None)
    return f"told why: {len(notices) - threads} by direct message, {threads} in a private thread"


def _cases(outcomes: Sequence[Outcome], page: Page) -> None:
    rows: dict[str, list[Text]] = {}
    for one in outcomes:
        if one.card is not None:
            rules = dict.fromkeys(seen.rule for seen in one.seen if seen.action is one.action)
            reference, _, what = one.card.title.partition(" · ")
            cells = (reference, what, one.speech.who, ", ".join(rules))
            rows[reference] = [Text(cell) for cell in cells]  # a case has one line, its newest
    if rows:
        page.line(Text("The moderators' log", "bold"))
        page.columns(list(rows.values()))
        page.blank()


def _measured(fact: Ended) -> Iterator[str]:
    times = [one.seconds * 1000 for one in fact.outcomes if one.seconds is not None]
    if times:
        yield (
            f"From a post to its removal: median {median(times):.0f} ms, "
            f"longest {max(times):.0f} ms, measured in this run over {len(times)} removals."
        )
    kills = sum(1 for one in fact.outcomes if one.speech.happening is Happening.KILLED)
    caught_up = sum(1 for one in fact.outcomes if one.caught_up)
    if caught_up:
        yield (
            f"Killed at work: {kills}. Posts dealt with on its return: {caught_up}. "
            f"Of its {fact.letters} notices and log lines, {fact.twice or 'none'} came twice."
        )
