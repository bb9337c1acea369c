"""Options that several commands share."""

from pathlib import Path

import click

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder with guidelines.toml and policy.toml; by default the one that came with Concord. "
    "The word lists (lexicons) always come with the code and are not looked for there.",
)
community_option = click.option(
    "--community",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Community file: boards, groups, exceptions, posture and modes.",
)
env_option = click.option(
    "--env",
    "env_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File with the settings; by default .env of the checkout, else of the current folder.",
)
