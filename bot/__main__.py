"""The command line: finds the commands in ``bot/commands`` and turns errors into sentences."""

import io
import sys
import traceback
from importlib import import_module
from pkgutil import iter_modules
from secrets import token_hex

import click

from bot import commands
from bot.errors import ConcordError, ConfigurationError

UNUSABLE = 2
"""Exit status where settings, files or arguments cannot be used; click's own for wrong usage."""
DEFECT = 70
"""Exit status of an error nobody foresaw; EX_SOFTWARE of sysexits.h."""


class Commands(click.Group):
    """Every public module of ``bot.commands`` is one command, its constant ``COMMAND``.

    A command is named as its module, with hyphens.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, sorted."""
        names = (module.name for module in iter_modules(commands.__path__))
        return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, imported only now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = cmd_name.replace("-", "_")
        command = import_module(f"{commands.__name__}.{module}").COMMAND
        assert isinstance(command, click.Command), f"BUG: bot/commands/{module}.py has no COMMAND"
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 when all went well, 1 when something given is wrong, "
    "2 when arguments, settings or files cannot be used.",
)
@click.version_option(package_name="concord-bot", prog_name="concord")
def cli() -> None:
    """Concord keeps a Discord community to its own written guidelines, and explains every step."""


def main() -> None:
    """Run the command line and leave with its exit status."""
    _replace_what_is_lacking()
    try:
        cli.main(prog_name="concord", standalone_mode=True)
    except ConfigurationError as error:
        for problem in error.problems:
            _say(problem)
        sys.exit(UNUSABLE)
    except ConcordError as error:
        _say(str(error))
        sys.exit(1)
    except Exception:  # noqa: BLE001 - the last stop before the user: a defect gets an id, not a wall
        error_id = token_hex(4)
        _say(traceback.format_exc().rstrip())
        _say(f"This is a defect of Concord. Please report it with the lines above; id {error_id}.")
        sys.exit(DEFECT)


def _replace_what_is_lacking() -> None:
    """Let an output that lacks a letter show a question mark instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _say(line: str) -> None:
    """Print a line for people on standard error, whatever characters it holds."""
    click.echo(line.encode("utf-8", "replace").decode("utf-8"), err=True)


if __name__ == "__main__":
    main()
