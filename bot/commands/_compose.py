"""What several commands put together."""

from pathlib import Path

from bot.detectors import discover
from bot.files.folder import config_folder
from bot.files.rulebook import Rulebook, read_rulebook
from bot.screening import Screener


def load_rulebook(config: Path | None = None) -> Rulebook:
    """Read the configuration folder and find the detectors.

    Args:
        config: the folder; None for the one beside the code.

    Raises:
        ConfigurationError: with every problem at once.
    """
    return read_rulebook(config_folder(config), discover())


def load_screener(config: Path | None = None) -> Screener:
    """Return the screener that the configuration folder describes.

    Args:
        config: the folder; None for the one beside the code.

    Raises:
        ConfigurationError: with every problem at once.
    """
    rulebook = load_rulebook(config)
    return Screener(rulebook.guidelines, rulebook.policy, rulebook.detectors)
