"""``check``: whether settings, guidelines, numbers and community file can be used."""

from pathlib import Path

import click

from bot.commands._options import community_option, config_option, env_option

_EXAMPLE = "community.example.toml"


@click.command("check")
@community_option
@env_option
@config_option
def check(community: Path | None, env_file: Path | None, config: Path | None) -> None:
    """Check settings, guidelines, numbers and community file, and name everything that is wrong.

    Without --community the example in the configuration folder is checked. The exit status is 0 if
    all can be used and 1 if not. Warnings do not change it.
    """
    from datetime import UTC, datetime

    from bot.errors import ConfigurationError
    from bot.files.community import read_community, warnings
    from bot.files.folder import config_folder
    from bot.files.guidelines import declared_rules, placeholders
    from bot.settings import load_settings

    problems: list[str] = []
    settings = None
    rules: dict[str, bool] = {}
    try:
        settings = load_settings(config, env_file)
    except ConfigurationError as error:
        problems.extend(error.problems)
    try:
        folder = config_folder(config)
        rules = declared_rules(folder / "guidelines.toml")
        community = community or (folder / _EXAMPLE if (folder / _EXAMPLE).is_file() else None)
    except ConfigurationError:
        pass  # already among the problems of the settings
    shape = None
    if community is not None:
        shape, more = read_community(community, rules)
        problems.extend(more)

    for problem in problems:
        click.secho(f"✗ {problem}", fg="red")
    if settings is not None:
        book = settings.rulebook
        count = sum(1 for _ in book.guidelines.rules())
        click.secho(
            f"✓ {book.folder}: {len(book.guidelines.guidelines)} guidelines (version "
            f"{book.guidelines.version}), {count} rules, {len(book.detectors)} detectors",
            fg="green",
        )
        for warning in placeholders(book.guidelines):
            click.secho(f"! {warning}", fg="yellow")
    if shape is not None:
        click.secho(
            f"✓ {community}: {shape.name}, {len(shape.boards)} boards, {len(shape.groups)} groups, "
            f"{len(shape.exceptions)} exceptions",
            fg="green",
        )
        for warning in warnings(shape, datetime.now(UTC)):
            click.secho(f"! {community}: {warning}", fg="yellow")
    if problems:
        noun = "problem" if len(problems) == 1 else "problems"
        click.echo(f"{len(problems)} {noun} found. Nothing was changed.")
        raise click.exceptions.Exit(1)


COMMAND = check
