"""Where the configuration lies: told, or what came with the code."""

from pathlib import Path

from bot.errors import ConfigurationError
from bot.shipped import shipped_config


def config_folder(told: Path | None = None) -> Path:
    """Return the folder of the configuration files.

    Args:
        told: where they are said to lie; None for those that came with the code.

    Raises:
        ConfigurationError: if it is no folder.
    """
    folder = told or shipped_config()
    if not folder.is_dir():
        raise ConfigurationError(
            [f"--config {folder}: there is no such folder; expected one with guidelines.toml"]
        )
    return folder
