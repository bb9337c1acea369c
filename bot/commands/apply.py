"""``apply``: a community file becomes what holds on a server."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands._options import config_option, env_option
from bot.errors import ConfigurationError
from bot.model.mode import Posture

if TYPE_CHECKING:
    from bot.model.community import Community
    from bot.settings import Settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--guild", type=int, required=True, metavar="ID", help="The server's id.")
@click.option(
    "--posture",
    type=click.Choice([posture.value for posture in Posture]),
    help="How far Concord may go, instead of what FILE says.",
)
@click.option("--yes", is_flag=True, help="Do not ask before the change is made.")
@config_option
@env_option
def apply(
    file: Path,
    guild: int,
    posture: str | None,
    yes: bool,
    config: Path | None,
    env_file: Path | None,
) -> None:
    """Set a server's boards, groups, exceptions and modes from FILE.

    Names of channels and roles are looked up on the server; what is not found is named, and then
    nothing is changed. The difference is shown before you are asked. The bot must not be running.
    """
    from bot.detectors._detector import kinds_by_rule
    from bot.files.community import load_community
    from bot.settings import load_settings

    settings = load_settings(config, env_file, working_directory=Path.cwd())
    settings.require_token()
    rulebook = settings.rulebook
    community = load_community(file, rulebook.guidelines, kinds_by_rule(rulebook.detectors))
    if posture is not None:
        community = replace(community, posture=Posture(posture))
    asyncio.run(_apply(settings, guild, community, file, ask=not yes))


async def _apply(
    settings: "Settings", guild: int, community: "Community", file: Path, *, ask: bool
) -> None:
    from bot.difference import difference
    from bot.discord_io.directory import fetch_directory
    from bot.resolving import resolve
    from bot.simulated import point_at, present
    from bot.storage import open_store

    point_at(settings)
    async with open_store(settings.database) as store:
        directory = await fetch_directory(settings.require_token().get_secret_value(), guild)
        resolution = resolve(community, directory)
        if resolution.problems:
            raise ConfigurationError(f"{file}: {problem}" for problem in resolution.problems)
        lines = difference(await store.community(guild), resolution.community)
        if not lines:
            click.echo(f"{directory.server} is set up like that already; nothing to change.")
            return
        click.echo(f"{directory.server}:")
        for line in lines:
            click.echo(f"  {line}")
        if ask and not click.confirm("Make these changes?"):
            click.echo("Nothing was changed.")
            return
        now = await present(settings)
        await store.write(lambda tx: tx.set_community(guild, resolution.community, now))
        click.echo("Done. They hold from the next start of the bot.")


COMMAND = apply
