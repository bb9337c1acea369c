"""Streams of posts to ask, with a screener whose findings are plain."""

from pathlib import Path

import pytest

from bot.commands._stream import Setting, Stream
from bot.files.community import load_community
from bot.screening import Screener
from tests.commands.words import COMMUNITY, plain_screener


@pytest.fixture(scope="session")
def screener() -> Screener:
    """A screener that finds marked words."""
    return plain_screener()


@pytest.fixture
def alone(screener: Screener) -> Stream:
    """Posts outside any community."""
    return Stream(Setting(screener))


@pytest.fixture
def in_community(screener: Screener, tmp_path: Path) -> Setting:
    """A community with boards and a group, modes not applied."""
    path = tmp_path / "community.toml"
    path.write_text(COMMUNITY, "utf-8")
    return Setting(screener, load_community(path, screener.guidelines))


@pytest.fixture
def here(in_community: Setting) -> Stream:
    """Posts in a community with boards and a group."""
    return Stream(in_community)
