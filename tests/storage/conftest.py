"""A migrated database for each test, copied from one that was migrated once."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Engine

from bot.ports import Store
from bot.storage import open_store
from bot.storage.engines import writing_engine
from bot.storage.migrate import migrate


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest schema; copy it, do not open it."""
    database = tmp_path_factory.mktemp("migrated") / "concord.db"
    migrate(database)
    return database


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    """A database of the test's own."""
    return shutil.copy(migrated, tmp_path / "concord.db")


@pytest_asyncio.fixture
async def store(database: Path) -> AsyncIterator[Store]:
    """An open store of the test's own."""
    async with open_store(database) as opened:
        yield opened


@pytest.fixture(scope="session")
def scratch(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on a database whose every transaction is undone."""
    copy = shutil.copy(migrated, tmp_path_factory.mktemp("scratch") / "x.db")
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        yield writing_engine(lambda: connection)
