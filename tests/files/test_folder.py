"""Where the configuration is looked for."""

from pathlib import Path

import pytest

from bot import shipped
from bot.errors import ConfigurationError
from bot.files.folder import config_folder


def test_the_working_directory_is_never_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder `config` where somebody happens to stand changes nothing."""
    (tmp_path / "config").mkdir()
    monkeypatch.chdir(tmp_path)

    assert config_folder() != tmp_path / "config"
    assert (config_folder() / "guidelines.toml").is_file()


def test_an_installed_package_brings_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installed, a folder `config` beside the package is somebody else's."""
    (tmp_path / "config").mkdir()
    own = tmp_path / "bot" / "_config"
    own.mkdir(parents=True)
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path / "bot")

    assert config_folder() == own


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A slip in --config is said as such."""
    with pytest.raises(ConfigurationError, match="there is no such folder"):
        config_folder(tmp_path / "nowhere")
