"""The house rules that tools can check: lint, format and types."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "bot", "cogs", "tests"),
        ("ruff", "format", "--check", "bot", "cogs", "tests"),
        ("mypy",),
    ],
    ids=["lint", "format", "types"],
)
def test_the_tool_has_nothing_to_say(command: tuple[str, ...]) -> None:
    """It ends with status 0; what it says otherwise is shown."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
