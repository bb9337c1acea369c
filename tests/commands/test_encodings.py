"""Commands on outputs that lack some letters: these are replaced, and nothing else changes."""

import json
import subprocess

import pytest

from tests.commands.process import COMMAND, ROOT, environment

ENCODINGS = ["ascii", "latin-1:strict"]


def _run(encoding: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        cwd=ROOT,
        env=environment(PYTHONIOENCODING=encoding, PYTHONUTF8="0"),
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["screen", "漢字 🌱 “write” to annalindholm84@fastmail.com"], b"would be removed."),
        (["check"], b"29 rules"),
        (["coverage"], b"private-communication"),
        (["coverage", "--format", "json"], b"private-communication"),
        (["--help"], b"explains every step"),
    ],
    ids=["screen", "check", "coverage", "coverage-json", "help"],
)
def test_every_output_can_be_written_to(encoding: str, arguments: list[str], said: bytes) -> None:
    """Whatever letters the output has, the command says its piece and ends well."""
    result = _run(encoding, *arguments)

    assert result.returncode == 0, result.stderr
    assert result.stderr == b""
    assert said in result.stdout


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_error_can_be_said_too(encoding: str) -> None:
    """A sentence with letters that the output lacks does not become a traceback."""
    result = _run(encoding, "screen", "--config", "漢字", "x")

    assert result.returncode == 2
    assert b"there is no such folder" in result.stderr
    assert b"Traceback" not in result.stderr


def test_letters_that_are_lacking_become_question_marks() -> None:
    """One mark for a letter, so that what is printed around it stays where it was."""
    shown = _run("ascii", "screen", "漢字 thanks").stdout.decode("ascii")

    assert "?? thanks" in shown


def test_what_programs_read_is_never_replaced() -> None:
    """JSON is the same bytes on every output."""
    lacking, whole = (
        _run(encoding, "coverage", "--format", "json").stdout for encoding in ("latin-1", "utf-8")
    )

    assert lacking == whole
    assert json.loads(lacking)
