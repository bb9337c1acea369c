"""The command line as a process of its own."""

import subprocess
import sys
from pathlib import Path

from bot.settings import surroundings

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "bot"]


def environment(**extra: str) -> dict[str, str]:
    """Return this process's environment without settings of Concord's."""
    return {**surroundings(), "PYTHONPATH": str(ROOT), **extra}


def run(
    *arguments: str, stdin: bytes = b"", cwd: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(),
        timeout=60,
        check=False,
    )
