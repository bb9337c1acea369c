"""``check``: whether settings, guidelines, numbers and community file can be used."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands._options import community_option, config_option, env_option

if TYPE_CHECKING:
    from bot.files.rulebook import Rulebook
    from bot.model.community import Community

_EXAMPLE = "community.example.toml"


@click.command("check")
@community_option
@env_option
@config_option
def check(community: Path | None, env_file: Path | None, config: Path | None) -> None:
    """Check settings, guidelines, numbers and community file, and name everything that is wrong.

    Without --community the example in the configuration folder is checked. Settings are those of
    the environment and of --env; without it, of .env in the checkout that Concord runs from, if it
    does: an installed Concord reads no .env here unless told. The exit status is 0 if all can be
    used and 1 if not. Warnings do not change it.
    """
    from bot.errors import ConfigurationError
    from bot.files.community import read_community
    from bot.files.folder import config_folder
    from bot.files.guidelines import declared_rules
    from bot.settings import load_settings

    problems: list[str] = []
    try:
        _say_rulebook(load_settings(config, env_file).rulebook)
    except ConfigurationError as error:
        problems.extend(error.problems)
    rules: dict[str, bool] = {}
    try:
        folder = config_folder(config)
        rules = declared_rules(folder / "guidelines.toml")
        community = community or _if_there(folder / _EXAMPLE)
    except ConfigurationError:
        pass  # the folder is named among the problems of the settings
    if community is not None:
        read, wrong = read_community(community, rules, _kinds())
        problems.extend(wrong)
        if read is not None:
            _say_community(read, community)
    for problem in problems:
        click.secho(f"✗ {problem}", fg="red")
    if problems:
        noun = "problem" if len(problems) == 1 else "problems"
        click.echo(f"{len(problems)} {noun} found.")
        raise click.exceptions.Exit(1)


def _kinds() -> dict[str, frozenset[str]]:
    from bot.detectors import discover
    from bot.detectors._detector import kinds_by_rule
    from bot.errors import ConfigurationError

    try:
        return kinds_by_rule(discover())
    except ConfigurationError:
        return {}  # what is wrong with them is named among the problems of the settings


def _if_there(path: Path) -> Path | None:
    return path if path.is_file() else None


def _say_rulebook(book: "Rulebook") -> None:
    from bot.files.governance import lifted
    from bot.files.guidelines import placeholders

    guidelines = book.guidelines
    _good(
        f"{book.folder}: {len(guidelines.guidelines)} guidelines (version {guidelines.version}), "
        f"{sum(1 for _ in guidelines.rules())} rules, {len(book.detectors)} detectors"
    )
    for warning in (*lifted(guidelines), *placeholders(guidelines)):
        _warn(warning)


def _say_community(community: "Community", path: Path) -> None:
    from datetime import UTC, datetime

    from bot.files.community import warnings

    _good(
        f"{path}: {community.name}, {len(community.boards)} boards, "
        f"{len(community.groups)} groups, {len(community.exceptions)} exceptions"
    )
    for warning in warnings(community, datetime.now(UTC)):
        _warn(f"{path}: {warning}")


def _good(words: str) -> None:
    click.secho(f"✓ {words}", fg="green")


def _warn(words: str) -> None:
    click.secho(f"! {words}", fg="yellow")


COMMAND = check
