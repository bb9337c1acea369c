"""Where the configuration that came with this code lies: never where somebody happens to stand."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
"""The folder of ``bot``."""


def checkout() -> Path | None:
    """Return the folder of the source checkout the code runs from, or None if it is installed."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "config").is_dir() else None


def shipped_config() -> Path:
    """Return ``config`` beside ``bot`` in a checkout, else ``bot/_config`` of the package."""
    root = checkout()
    return root / "config" if root is not None else _PACKAGE / "_config"
