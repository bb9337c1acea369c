"""``run``: the bot itself."""

import asyncio
from pathlib import Path

import click

from bot.commands._options import config_option, env_option


@click.command()
@config_option
@env_option
def run(config: Path | None, env_file: Path | None) -> None:
    """Run the bot until it is told to stop (Ctrl+C, or SIGTERM)."""
    from bot.bootstrap import serve
    from bot.logs import configure_logs
    from bot.settings import LogFormat, load_settings

    settings = load_settings(config, env_file, working_directory=Path.cwd())
    settings.require_token()
    configure_logs(settings.log_level.upper(), as_json=settings.log_format is LogFormat.JSON)
    asyncio.run(serve(settings))


COMMAND = run
