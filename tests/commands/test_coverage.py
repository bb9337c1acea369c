"""`coverage`: every rule, and what watches over it."""

import json
from collections import Counter

from click.testing import CliRunner

from bot.__main__ import cli
from bot.commands._compose import load_rulebook


def _rows() -> list[dict[str, object]]:
    result = CliRunner().invoke(cli, ["coverage", "--format", "json"], catch_exceptions=False)
    rows: list[dict[str, object]] = json.loads(result.stdout)
    return rows


def test_every_rule_is_there_once_in_the_order_of_the_document() -> None:
    """The report leaves no rule out, care rules last."""
    assert [row["rule"] for row in _rows()] == [
        rule.id for rule in load_rulebook().guidelines.rules()
    ]


def test_it_tells_detectors_reports_and_moderators_apart() -> None:
    """A rule with a detector, one that only members report, and one for moderators alone."""
    kinds = {row["rule"]: row["coverage"] for row in _rows()}

    assert {rule for rule, kind in kinds.items() if kind == "detector"} == {
        detector.rule for detector in load_rulebook().detectors
    }
    assert kinds["contact-info"] == "detector"
    assert kinds["report-abuse"] == "reports only"
    assert kinds["discretion"] == "moderators only"


def test_a_row_cites_guideline_severity_cap_and_mode() -> None:
    """A row holds what an admin needs to judge the rule."""
    row = next(row for row in _rows() if row["rule"] == "vulgarity")

    assert row == {
        "guideline": 5,
        "title": "Keep it decent and safe",
        "rule": "vulgarity",
        "label": "Vulgar or obscene words",
        "coverage": "detector",
        "severity": "minor",
        "exceptable": True,
        "max_action": "remove",
        "default_mode": "enforce",
    }


def test_the_table_is_whole_without_a_terminal() -> None:
    """In a pipe no cell is cut, and the counts stand at the end."""
    text = CliRunner().invoke(cli, ["coverage"], catch_exceptions=False).stdout

    assert "private-communication" in text
    assert "moderators only" in text
    assert "…" not in text
    kinds = Counter(row["coverage"] for row in _rows())
    assert text.splitlines()[-1] == (
        f"{kinds.total()} rules are watched: {kinds['detector']} by a detector, "
        f"{kinds['reports only']} by members' reports only, 1 by moderators only."
    )
