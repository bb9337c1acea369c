"""An office on a fresh database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.moderating import Office, opened


@pytest_asyncio.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Open a fresh database with moderators at work."""
    async with opened(tmp_path) as one:
        yield one
