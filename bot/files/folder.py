"""Where the configuration lies: told, or beside the code, never where somebody happens to stand."""

from pathlib import Path

from bot.errors import ConfigurationError

_PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of ``bot``."""


def checkout() -> Path | None:
    """Return the folder of the source checkout the code runs from, or None if it is installed."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "config").is_dir() else None


def config_folder(told: Path | None = None) -> Path:
    """Return the folder of the configuration files.

    That is the one told, else ``config`` beside ``bot`` in a checkout, else ``bot/_config`` of an
    installed package. The working directory is never looked at.

    Raises:
        ConfigurationError: if it is no folder.
    """
    root = checkout()
    folder = told or (root / "config" if root is not None else _PACKAGE / "_config")
    if not folder.is_dir():
        raise ConfigurationError(
            [f"--config {folder}: there is no such folder; expected one with guidelines.toml"]
        )
    return folder
