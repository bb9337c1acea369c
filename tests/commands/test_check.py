"""`check`: everything that is wrong, at once, and what was looked at where nothing is."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.files.folder import config_folder


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A copy of the shipped configuration, free to be broken."""
    return Path(shutil.copytree(config_folder(), tmp_path / "config"))


def _check(*arguments: str | Path, **environ: str) -> Result:
    hushed = dict.fromkeys(("EVIDENCE_DAYS", "DISCORD_API_BASE"))
    return CliRunner(env={**hushed, **environ}).invoke(
        cli, ["check", *map(str, arguments)], catch_exceptions=False
    )


def _break(path: Path, right: str, wrong: str) -> None:
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")


def test_what_ships_can_be_used() -> None:
    """The shipped files pass, and it says what they hold."""
    result = _check()

    assert result.exit_code == 0, result.stdout
    assert "15 guidelines (version 1.0), 29 rules" in result.stdout
    assert "9 boards, 4 groups" in result.stdout
    assert "✗" not in result.stdout


def test_every_file_is_checked_at_once(config: Path) -> None:
    """Guidelines, numbers, community and environment: one run names the mistakes of all four."""
    _break(config / "guidelines.toml", 'severity = "minor"', 'severity = "mild"')
    _break(config / "policy.toml", "review = 0.50", 'review = "half"')
    _break(config / "community.example.toml", 'rule = "politics"', 'rule = "hate"')

    result = _check("--config", config, EVIDENCE_DAYS="soon")

    problems = [line for line in result.stdout.splitlines() if line.startswith("✗")]
    assert result.exit_code == 1
    assert len(problems) == 4, result.stdout
    assert "environment: EVIDENCE_DAYS is 'soon'" in problems[0]
    assert "severity is 'mild'; expected one of minor" in problems[1]
    assert "thresholds.review is 'half'; expected a number from 0 to 1" in problems[2]
    assert "exception[3].rule is 'hate'; expected a rule that may be excepted" in problems[3]
    assert "4 problems found" in result.stdout


def test_numbers_for_a_rule_without_a_detector_stop_the_start(config: Path) -> None:
    """A table that nobody reads is a mistake, not a wish."""
    with (config / "policy.toml").open("a", encoding="utf-8") as policy:
        policy.write("[numbers.harassment]\nwords = 3\n")

    result = _check("--config", config)

    assert result.exit_code == 1
    assert "numbers.harassment is for no detector" in result.stdout


def test_a_community_file_may_be_given(tmp_path: Path) -> None:
    """--community checks that file in place of the example, and warnings do not fail it."""
    path = tmp_path / "mine.toml"
    path.write_text('name = "Mine"\n', "utf-8")

    result = _check("--community", path)

    assert result.exit_code == 0
    assert f"✓ {path}: Mine, 0 boards" in result.stdout
    assert f"! {path}: no posture is chosen" in result.stdout


def test_a_folder_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    """A slip in --config is said once."""
    result = _check("--config", tmp_path / "nowhere")

    assert result.exit_code == 1
    assert result.stdout.count("there is no such folder") == 1


def test_an_env_file_may_be_given(tmp_path: Path) -> None:
    """--env checks that file, and its secrets stay out of the output."""
    path = tmp_path / "other.env"
    path.write_text("DISCORD_TOKEN='a b c'\nDISCORD_API_BASE=http://example.com\n", "utf-8")

    result = _check("--env", path)

    assert result.exit_code == 1
    assert "DISCORD_TOKEN is not usable" in result.stdout
    assert "a b c" not in result.stdout
    assert "DISCORD_API_BASE is 'http://example.com'" in result.stdout


def test_a_protection_that_is_lifted_is_a_warning(config: Path) -> None:
    """An admin may do it, and reads what it takes from whom."""
    _break(
        config / "guidelines.toml",
        'exceptable = true\nmax_action = "review"',
        'exceptable = true\nmax_action = "remove"',
    )

    result = _check("--config", config)

    assert result.exit_code == 0, result.stdout
    assert "! max_action of rule 'language' is 'remove'" in result.stdout


def test_a_kind_that_nobody_finds_is_named(config: Path) -> None:
    """A slip in a kind would be an exception that never applies."""
    _break(config / "community.example.toml", '["showcase"]', '["showcases"]')

    result = _check("--config", config)

    assert result.exit_code == 1
    assert "that solicitation finds; did you mean 'showcase'?" in result.stdout


def test_the_help_says_which_env_is_read() -> None:
    """Neither in a checkout nor installed is anybody left to guess."""
    text = " ".join(_check("--help").stdout.split())

    assert "without it, of .env in the checkout that Concord runs from" in text
    assert "word lists" in text
