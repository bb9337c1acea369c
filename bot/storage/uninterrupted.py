"""Waiting for what must be finished once it has begun."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

Result = TypeVar("Result")


async def uninterrupted(work: Awaitable[Result]) -> Result:
    """Wait for work to end, however often the one who waits is cancelled meanwhile.

    Raises:
        CancelledError: after the end, if it was cancelled; what the work raised is its cause.
    """
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError as again:
            cancelled = again
    if cancelled is not None:
        raise cancelled from (None if task.cancelled() else task.exception())
    return task.result()
