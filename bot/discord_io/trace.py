"""What was found in each post, told to a simulated Discord; never used with the real one."""

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
import structlog

from bot.activity import Activity
from bot.model.post import Post
from bot.model.report import Report

_log = structlog.get_logger(__name__)

WAITING = 1_000
"""Entries that may wait to be told; chosen, not measured."""

ANSWER = aiohttp.ClientTimeout(total=2)
"""Seconds an entry may take before it is let go; chosen, not measured."""


class Trace:
    """Tells the simulation what was found in a post, beside the work and never before it.

    Laws: observing returns at once and never raises; what finds no room, or no listener, is let
    go; as long as an entry is waiting or under way, something is under way for ``activity``.
    """

    def __init__(self, url: str, headers: Mapping[str, str], activity: Activity) -> None:
        self._url = url
        self._headers = dict(headers)
        self._activity = activity
        self._waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue(WAITING)

    def observe(self, post: Post, report: Report) -> None:
        """Take note of what was decided about a post."""
        try:
            self._waiting.put_nowait(judged(post, report))
        except asyncio.QueueFull:
            return
        self._activity.begin()

    async def tell(self) -> None:
        """Tell what is waiting, in order, until cancelled."""
        async with aiohttp.ClientSession(headers=self._headers, timeout=ANSWER) as session:
            while True:
                entry = await self._waiting.get()
                try:
                    async with session.post(self._url, json=entry):
                        pass
                except (aiohttp.ClientError, OSError, TimeoutError) as error:
                    _log.warning("a trace could not be told", error=type(error).__name__)
                finally:
                    self._activity.end()


def judged(post: Post, report: Report) -> dict[str, Any]:
    """Return a report as JSON: ids as text, offsets in code points of each surface's raw text."""
    return {
        "kind": "judged",
        "message": str(post.id),
        "action": report.decision.action.word,
        "degraded": report.degraded,
        "findings": [
            {
                "rule": finding.evidence.rule,
                "guideline": finding.guideline,
                "surface": finding.evidence.surface.value,
                "part": finding.evidence.part,
                "start": finding.evidence.start,
                "end": finding.evidence.end,
                "confidence": finding.evidence.confidence,
                "reason": finding.evidence.reason,
                "action": finding.action.word,
                "because": finding.because,
            }
            for finding in report.findings
        ],
    }
