"""``demo``: a conversation on a simulated server, kept by the real bot."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from bot.demo.facts import Ended
    from bot.demo.printer import Printer
    from bot.demo.script import Script

_PACE = 1.5
"""Seconds between posts where somebody watches; chosen, not measured."""

_SHORT = 24
"""Characters of a path to Python that still leaves a command on one line. Chosen."""

_INTERRUPTED = 130
"""Exit status after Ctrl+C: 128 and the number of SIGINT, as shells do it."""


@click.command("demo")
@click.option("--terminal", is_flag=True, help="Play it here, in the terminal.")
@click.option(
    "--script",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What is played; by default config/demo.toml, which explains the form.",
)
@click.option(
    "--pace",
    type=click.FloatRange(0, 60),
    metavar="SECONDS",
    help=f"Pause before each post; by default {_PACE} in a terminal, 0 elsewhere.",
)
def demo(terminal: bool, file: Path | None, pace: float | None) -> None:
    """Watch Concord at work: a scripted conversation on a simulated server, not Discord.

    The bot is the real one, in a process of its own, with a database in a temporary folder; nothing
    leaves this machine. The exit status is 1 if it does something else than the script expects.
    """
    from bot.demo.script_file import load_script
    from bot.errors import ConfigurationError
    from bot.files.folder import config_folder
    from bot.files.guidelines import read_guidelines

    if not terminal:
        raise click.UsageError("say where to play it: demo --terminal")
    folder = config_folder()
    guidelines, problems = read_guidelines(folder / "guidelines.toml")
    if guidelines is None:
        raise ConfigurationError(problems)
    script = load_script(file or folder / "demo.toml", guidelines)
    console = _console()
    from bot.demo.printer import Printer

    with Printer(console, guidelines, _program()) as printer:
        try:
            waits = pace if pace is not None else _PACE if console.is_terminal else 0.0
            ended = asyncio.run(_play(script, printer, waits))
        except (KeyboardInterrupt, asyncio.CancelledError):
            raise click.exceptions.Exit(_INTERRUPTED) from None
    if ended.differences:
        raise click.exceptions.Exit(1)


async def _play(script: "Script", printer: "Printer", pace: float) -> "Ended":
    import signal
    from contextlib import aclosing
    from tempfile import TemporaryDirectory

    from bot.demo.facts import Ended, Typing
    from bot.demo.player import Player
    from bot.sandbox import Simulation
    from bot.settings import surroundings

    task = asyncio.current_task()
    assert task is not None, "BUG: a coroutine runs in a task"
    for name in (signal.SIGTERM, signal.SIGHUP):
        # A terminal that closes must not leave the bot behind either.
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    ended: Ended | None = None
    with TemporaryDirectory(prefix="concord-demo-") as folder:
        async with (
            Simulation() as sim,
            aclosing(Player(script, sim, Path(folder), surroundings()).play()) as facts,
        ):
            async for fact in facts:
                printer.show(fact)
                if isinstance(fact, Typing) and pace:
                    await asyncio.sleep(pace)
                if isinstance(fact, Ended):
                    ended = fact
    assert ended is not None, "BUG: a demo has an end"
    return ended


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False)


def _program() -> str:
    """Return how this command was started, for the lines a reader may copy."""
    started = Path(sys.argv[0])
    if started.name != "__main__.py":
        return started.name
    python = sys.orig_argv[0]
    return f"{python} -m bot" if len(python) <= _SHORT else "python -m bot"


COMMAND = demo
