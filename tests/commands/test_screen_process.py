"""`screen --jsonl` as a process: streaming, exit status, and what it leaves unloaded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.process import COMMAND, ROOT, environment, run

FINE = b'{"id": 1, "text": "Thank you, that was very helpful."}\n'


def test_each_line_is_answered_before_the_next_is_written() -> None:
    """The answer arrives while standard input is still open: nothing is held back."""
    with subprocess.Popen(
        [*COMMAND, "screen", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        answers = []
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": "hello"}).encode() + b"\n")
            process.stdin.flush()
            answers.append(json.loads(process.stdout.readline()))
        process.stdin.close()
        status = process.wait(30)

    assert [answer["id"] for answer in answers] == [0, 1, 2]
    assert status == 0


def test_one_bad_line_makes_the_exit_status_one() -> None:
    """The run goes on after a bad line, answers every line in order, and ends with 1."""
    result = run("screen", "--jsonl", stdin=FINE + b"{\n\xff\n\n" + FINE)

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [min(answer) for answer in answers] == [
        "action",
        "error",
        "error",
        "error",
        "action",
    ]
    assert result.returncode == 1
    assert result.stderr == b""


def test_all_good_lines_make_it_zero() -> None:
    """No error, no output elsewhere; the last line needs no line end."""
    result = run("screen", "--jsonl", stdin=FINE + FINE.rstrip())

    assert (result.returncode, result.stderr) == (0, b"")
    assert len(result.stdout.splitlines()) == 2


def test_no_lines_make_no_answers() -> None:
    """An empty input is not an error."""
    result = run("screen", "--jsonl")

    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")


def test_a_line_that_is_too_long_is_refused_and_passed_over() -> None:
    """A line beyond the bound gets an error, and the line after it is read as ever."""
    long = b'{"id": 2, "text": "' + b"a" * (16 * 1024 * 1024) + b'"}\n'

    result = run("screen", "--jsonl", stdin=FINE + long + FINE)

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == 3
    assert "the line is longer than" in answers[1]["error"]
    assert answers[2]["action"] == "allow"


def test_a_reader_that_leaves_ends_the_run_quietly() -> None:
    """`screen --jsonl | head -1` says nothing about a broken pipe."""
    with subprocess.Popen(
        [*COMMAND, "screen", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(FINE)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(FINE)
        process.stdin.close()
        process.wait(30)
        said = process.stderr.read()

    assert said == b""


@pytest.mark.parametrize("name", ["config", "cogs", "bot"])
def test_a_hostile_folder_changes_nothing(name: str, tmp_path: Path) -> None:
    """Folders named like ours, and an `.env`, where somebody stands are not looked at."""
    folder = tmp_path / name
    folder.mkdir()
    (folder / "guidelines.toml").write_text("version = 'hostile'")
    (folder / "policy.toml").write_text("hostile")
    (folder / "__init__.py").write_text("raise SystemExit('hostile')")
    (tmp_path / ".env").write_text("DISCORD_API_BASE=http://example.com\n")
    command = [sys.executable, "-P", "-m", "bot", "check"]  # -P: as the installed script starts

    result = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, timeout=60, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr
    assert b"hostile" not in result.stdout + result.stderr


HEAVY = ["discord", "aiohttp", "sqlalchemy", "alembic", "aiosqlite", "sklearn", "torch"]


@pytest.mark.parametrize(
    "arguments", [["--jsonl"], ["Please write to annalindholm84@fastmail.com in Berlin"]]
)
def test_the_heavy_parts_stay_unloaded(arguments: list[str]) -> None:
    """Neither Discord, nor a database, nor training is loaded to screen a text."""
    code = f"""
import sys
from bot.__main__ import main
sys.argv = ["concord", "screen", *{arguments!r}]
try:
    main()
finally:
    print(sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr)
"""
    result = subprocess.run(
        [sys.executable, "-c", code],
        input=FINE,
        capture_output=True,
        cwd=ROOT,
        env=environment(),
        timeout=60,
        check=False,
    )

    assert result.stdout
    assert result.stderr.splitlines()[-1] == b"[]", result.stderr
