"""``coverage``: which rule is watched by what."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands._options import config_option

if TYPE_CHECKING:
    from bot.files.rulebook import Rulebook

_WIDTH = 100
_HEADS = {
    "guideline": "No.",
    "rule": "Rule",
    "coverage": "Watched by",
    "severity": "Severity",
    "max_action": "At most",
    "default_mode": "Mode",
}
_STYLES = {"detector": "green", "reports only": "yellow", "moderators only": "cyan"}
_WATCHERS = {
    "detector": "a detector",
    "reports only": "members' reports only",
    "moderators only": "moderators only",
}


@click.command("coverage")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="A table for people, or a JSON array for programs.",
)
@config_option
def coverage(form: str, config: Path | None) -> None:
    """Show what watches over each rule: a detector, members' reports, or moderators alone."""
    from bot.commands._compose import load_rulebook

    rows = _rows(load_rulebook(config))
    if form == "json":
        # As bytes: JSON is UTF-8 (RFC 8259, 8.1), whatever letters the output has.
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2).encode())
    else:
        _draw(rows)


def _rows(book: "Rulebook") -> list[dict[str, str | int | bool | None]]:
    watched = {detector.rule for detector in book.detectors}
    titles = {one.number: one.title for one in book.guidelines.guidelines}
    return [
        {
            "guideline": rule.guideline,
            "title": titles.get(rule.guideline or 0),
            "rule": rule.id,
            "label": rule.label,
            "coverage": "moderators only"
            if rule.moderators_only
            else "detector"
            if rule.id in watched
            else "reports only",
            "severity": rule.severity.word,
            "exceptable": rule.exceptable,
            "max_action": rule.max_action.word,
            "default_mode": rule.default_mode.word,
        }
        for rule in book.guidelines.rules()
    ]


def _draw(rows: list[dict[str, str | int | bool | None]]) -> None:
    from collections import Counter

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in _HEADS.values():
        table.add_column(head, no_wrap=True, justify="right" if head == "No." else "left")
    for row in rows:
        style = _STYLES[str(row["coverage"])]
        cells = {key: "–" if row[key] is None else str(row[key]) for key in _HEADS}
        cells["coverage"] = f"[{style}]{cells['coverage']}[/]"
        table.add_row(*cells.values())
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH  # a pipe has no width that lines could be cut to
    console.print(table)
    counts = Counter(str(row["coverage"]) for row in rows)
    told = ", ".join(f"{counts[kind]} by {_WATCHERS[kind]}" for kind in _STYLES)
    console.print(f"{len(rows)} rules are watched: {told}.")


COMMAND = coverage
