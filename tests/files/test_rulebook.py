"""The rulebook: guidelines, numbers and detectors held against each other."""

import shutil
from pathlib import Path

import pytest

from bot.detectors import discover
from bot.detectors._detector import Detector, Examples
from bot.errors import ConfigurationError
from bot.files.folder import config_folder
from bot.files.rulebook import read_rulebook

SHIPPED = config_folder()


def _detector(rule: str) -> Detector:
    return Detector(rule, lambda _screened, _memory: iter(()), Examples((), ()))


def test_what_ships_fits_together() -> None:
    """The shipped files and detectors make a rulebook."""
    book = read_rulebook(SHIPPED, discover())

    assert [detector.rule for detector in book.detectors] == sorted(
        detector.rule for detector in book.detectors
    )


def test_a_detector_without_a_rule_stops_the_start() -> None:
    """Nothing is found that no guideline speaks of."""
    with pytest.raises(ConfigurationError, match="rule 'weather' has a detector but is not here"):
        read_rulebook(SHIPPED, [*discover(), _detector("weather")])


def test_a_detector_for_the_moderators_discretion_stops_the_start() -> None:
    """What only moderators may apply is never automatic."""
    with pytest.raises(ConfigurationError, match="rule 'discretion' is for moderators only"):
        read_rulebook(SHIPPED, [*discover(), _detector("discretion")])


def test_problems_of_both_files_come_together(tmp_path: Path) -> None:
    """A mistake in one file does not hide those of the other."""
    for name in ("guidelines.toml", "policy.toml"):
        shutil.copy(SHIPPED / name, tmp_path / name)
    guidelines, policy = tmp_path / "guidelines.toml", tmp_path / "policy.toml"
    guidelines.write_text(guidelines.read_text("utf-8").replace('"1.0"', "1.0", 1), "utf-8")
    policy.write_text(policy.read_text("utf-8").replace("0.30", "3.0", 1), "utf-8")

    with pytest.raises(ConfigurationError) as caught:
        read_rulebook(tmp_path, discover())

    assert {problem.split(":")[0] for problem in caught.value.problems} == {
        str(guidelines),
        str(policy),
    }
