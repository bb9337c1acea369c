"""The command line itself: commands are found, and errors are sentences."""

import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot import __main__ as entry
from bot.__main__ import cli
from bot.errors import ConcordError
from bot.files.folder import config_folder
from tests.commands.process import run


def test_every_command_says_what_it_does() -> None:
    """The help names each command with a line of its own."""
    text = CliRunner().invoke(cli, ["--help"], catch_exceptions=False).stdout

    for name in ("check", "coverage", "screen"):
        assert f"  {name} " in text
    assert "_compose" not in text


@pytest.mark.parametrize("name", cli.list_commands(click.Context(cli)))
def test_every_command_and_option_has_words(name: str) -> None:
    """A command says what it does, each of its options what it changes."""
    command = cli.get_command(click.Context(cli), name)

    assert command is not None
    assert command.name == name
    assert command.help
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


def test_an_unknown_command_is_wrong_usage() -> None:
    """A slip in a command's name is said as such."""
    result = CliRunner().invoke(cli, ["scren"])

    assert result.exit_code == 2
    assert "No such command 'scren'" in result.stderr


def test_settings_that_cannot_be_used_are_sentences(tmp_path: Path) -> None:
    """Every problem is a line on standard error, the status is 2, and there is no traceback."""
    folder = Path(shutil.copytree(config_folder(), tmp_path / "config"))
    (folder / "policy.toml").write_text("", "utf-8")

    result = run("screen", "--config", str(folder), "x")

    assert result.returncode == 2
    assert b"thresholds is missing" in result.stderr
    assert b"Traceback" not in result.stderr
    assert result.stdout == b""


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (ConcordError("this did not work out"), 1, "this did not work out"),
        (
            KeyError("x"),
            70,
            "This is a defect of Concord. Please report it with the lines above; id ",
        ),
    ],
)
def test_other_errors_keep_their_manners(
    error: Exception,
    status: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An error of ours is its sentence, a defect comes with an id to report it by."""

    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli, "main", fail)

    with pytest.raises(SystemExit) as left:
        entry.main()

    assert left.value.code == status
    assert said in capsys.readouterr().err
