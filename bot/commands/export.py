"""``export``: what holds on a server, as a community file."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands._options import config_option, env_option
from bot.errors import ConcordError

if TYPE_CHECKING:
    from bot.settings import Settings


@click.command()
@click.option("--guild", type=int, required=True, metavar="ID", help="The server's id.")
@config_option
@env_option
def export(guild: int, config: Path | None, env_file: Path | None) -> None:
    """Print a server's boards, groups, exceptions and modes as a file that `apply` reads.

    The bot must not be running.
    """
    from bot.settings import load_settings

    settings = load_settings(config, env_file, working_directory=Path.cwd())
    # As bytes: TOML is UTF-8 (toml.io, v1.0.0), whatever letters the output has.
    click.echo(asyncio.run(_export(settings, guild)).encode(), nl=False)


async def _export(settings: "Settings", guild: int) -> str:
    from bot.files.community import write_community
    from bot.storage import open_store

    async with open_store(settings.database) as store:
        community = await store.community(guild)
    if community is None:
        raise ConcordError(
            f"--guild {guild}: nothing has been applied to a server of that id; "
            "use `apply FILE --guild ID` first."
        )
    return write_community(community)


COMMAND = export
