"""A report as a page for people: the post with what was found marked, and why."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.commands._faults import in_words
from bot.model.action import Action
from bot.model.evidence import Finding
from bot.model.guidelines import Guidelines
from bot.model.report import Report

_AROUND = 60
"""Characters of a post shown before and after what was found. Chosen."""
_STYLES = {
    Action.ALLOW: "green",
    Action.NOTE: "cyan",
    Action.REVIEW: "yellow",
    Action.REMOVE: "red",
}
_VERDICTS = {
    Action.ALLOW: "This post is fine.",
    Action.NOTE: "This post stays. It would be kept as an observation.",
    Action.REVIEW: "This post stays until a moderator has looked at it.",
    Action.REMOVE: "This post would be removed.",
}


def explain(text: str, report: Report, guidelines: Guidelines, console: Console) -> None:
    """Print what a report says about a text.

    On a terminal what was found is coloured and underlined; elsewhere a line of carets marks it.
    """
    console.print(_verdict(report))
    if not report.findings:
        console.print(Text(f"  {_visible(text[: 2 * _AROUND])}"))
    for finding in report.findings:
        console.print()
        for line in _marked(text, finding, carets=not console.is_terminal):
            console.print(line, soft_wrap=True)
        for line in _words(finding, guidelines):
            console.print(line, soft_wrap=True)
    if report.degraded:
        console.print()
        console.print(Text("Not all of this post could be checked, so nothing is removed for it:"))
        for failure in report.failures:
            console.print(Text(f"  - {in_words(failure)}"), soft_wrap=True)
    console.print()


def _verdict(report: Report) -> Text:
    action = report.decision.action
    if action is not Action.ALLOW or not report.degraded:
        return Text(_VERDICTS[action], style=f"bold {_STYLES[action]}")
    words = (
        "What could be read of this post is fine."
        if report.findings
        else "Nothing was found in what could be read."
    )
    return Text(words, style="bold yellow")


def _marked(text: str, finding: Finding, *, carets: bool) -> Iterator[Text]:
    start, end = finding.evidence.start, finding.evidence.end
    shown_end = min(end, start + 2 * _AROUND)
    before = text[max(0, start - _AROUND) : start]
    after = text[shown_end : shown_end + _AROUND]
    lead = ("…" if start > _AROUND else "") + _visible(before)
    middle = _visible(text[start:shown_end]) + ("…" if shown_end < end else "")
    tail = _visible(after) + ("…" if shown_end + _AROUND < len(text) else "")
    style = f"{_STYLES[finding.action]} underline"
    yield Text.assemble("  ", lead, (middle, style), tail)
    if carets:
        yield Text(" " * (2 + cell_len(lead)) + "^" * max(1, cell_len(middle)))


def _visible(text: str) -> str:
    """Return a text on one line, with nothing in it that could steer a terminal."""
    return "".join(
        character if character.isprintable() else " " if character.isspace() else "\ufffd"
        for character in text
    )


def _words(finding: Finding, guidelines: Guidelines) -> Iterator[Text]:
    evidence = finding.evidence
    rule = guidelines.rule(evidence.rule)
    if finding.guideline is None:
        cited = f"{rule.label} ({rule.id})"
    else:
        title = guidelines.guideline(finding.guideline).title
        cited = f"Guideline {finding.guideline}: {title} ({rule.id})"
    yield Text(f"  {cited}", style="bold")
    yield Text(f"    found    {evidence.reason} (confidence {evidence.confidence:.2f})")
    style = _STYLES[finding.action]
    because = f", {finding.because}" if finding.because else ""
    yield Text.assemble("    action   ", (finding.action.word, style), because)
    if finding.action > Action.ALLOW:
        yield Text(f"    instead  {rule.instead}")
        yield Text(f"    fine     {rule.permitted}")
