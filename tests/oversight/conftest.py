"""A hall on a fresh database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.overseeing import Hall, opened


@pytest_asyncio.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    """Open a fresh database of a server whose audit log is learnt of."""
    async with opened(tmp_path) as one:
        yield one
