"""Settings: ``.env``, the environment and the configuration folder as one frozen value.

The only reader of the environment; a variable there wins over the same one in ``.env``.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.detectors import discover
from bot.errors import ConfigurationError
from bot.files._table import Read, read_shape
from bot.files.env import read_env
from bot.files.folder import config_folder
from bot.files.rulebook import Rulebook, read_rulebook
from bot.files.variables import LogFormat, LogLevel, Variables
from bot.shipped import checkout

__all__ = ["LogFormat", "LogLevel", "Settings", "load_settings", "surroundings"]

_DATABASE = Path("concord.sqlite3")


@dataclass(frozen=True, slots=True)
class Settings:
    """All that Concord is told before it starts."""

    token: SecretStr | None
    """None where no token is set; what needs one calls :meth:`require_token`."""
    database: Path
    """Absolute."""
    log_level: LogLevel
    log_format: LogFormat
    api_base: str | None
    """Of a simulated Discord on this machine; None for Discord itself."""
    gateway_url: str | None
    """Of a simulated Discord on this machine; None for the one the API names."""
    evidence: timedelta
    """How long evidence is kept after a case is closed."""
    observations: timedelta
    """How long observations and fingerprints are kept."""
    referral_url: str | None
    """Where members are reported to the platform; None for nowhere."""
    referral_secret: SecretStr | None
    """What those reports are signed with; given exactly where the address is."""
    shard_count: int | None
    """None leaves the number to Discord."""
    rulebook: Rulebook

    def require_token(self) -> SecretStr:
        """Return the token.

        Raises:
            ConfigurationError: if none is set.
        """
        if self.token is None:
            raise ConfigurationError(
                ["DISCORD_TOKEN is missing; expected the bot's token in .env or the environment"]
            )
        return self.token


def load_settings(
    config: Path | None = None,
    env_file: Path | None = None,
    *,
    working_directory: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Read everything once.

    Args:
        config: the configuration folder; None for the one beside the code.
        env_file: the ``.env`` to read; None for the one of the checkout.
        working_directory: where ``.env`` may lie if none was told and Concord is installed, not
            checked out. Only commands that need a token pass it, so that no other listens to the
            folder it is called in; and no variable can move the configuration or the code.
        environ: the environment; None for the real one.

    Raises:
        ConfigurationError: with every problem of settings, guidelines and policy at once; none
            holds a secret.
    """
    path = env_file or _env_beside(checkout() or working_directory)
    environment = os.environ if environ is None else environ
    told, problems = read_env(path) if path is not None else Read(dict[str, str]())
    told = told or {}
    around = {name: environment[name] for name in _names() if environment.get(name)}
    for source, values in ((str(path), told), ("environment", around)):
        problems = (*problems, *read_shape(Variables, values, source).problems)
    problems = (*problems, *_half_set({**told, **around}))
    rulebook = None
    try:
        rulebook = read_rulebook(config_folder(config), discover())
    except ConfigurationError as error:
        problems = (*problems, *error.problems)
    if rulebook is None or problems:
        raise ConfigurationError(problems)
    variables = Variables.model_validate({**told, **around})
    here = path.parent if path is not None else checkout() or Path.cwd()
    base = Path.cwd() if "CONCORD_DATABASE" in around else here
    return Settings(
        token=variables.discord_token,
        database=(base / (variables.concord_database or _DATABASE).expanduser()).resolve(),
        log_level=variables.concord_log_level,
        log_format=variables.concord_log_format,
        api_base=variables.discord_api_base,
        gateway_url=variables.discord_gateway_url,
        evidence=timedelta(days=variables.evidence_days),
        observations=timedelta(days=variables.observation_days),
        referral_url=variables.referral_url,
        referral_secret=variables.referral_secret,
        shard_count=variables.shard_count,
        rulebook=rulebook,
    )


def surroundings(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment without Concord's own variables.

    For a process of Concord's that is to go by its ``.env`` alone.

    Args:
        environ: the environment; None for the real one.
    """
    environment = os.environ if environ is None else environ
    ours = _names()
    return {name: value for name, value in environment.items() if name.upper() not in ours}


def _names() -> frozenset[str]:
    return frozenset(name.upper() for name in Variables.model_fields)


def _half_set(values: Mapping[str, str]) -> tuple[str, ...]:
    pair = ("REFERRAL_URL", "REFERRAL_SECRET")
    return tuple(
        f"{missing} is missing; expected both {pair[0]} and {pair[1]}, or neither"
        for missing, given in (pair, pair[::-1])
        if given in values and missing not in values
    )


def _env_beside(folder: Path | None) -> Path | None:
    if folder is None:
        return None
    path = folder / ".env"
    return path if path.is_file() else None
