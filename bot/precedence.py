"""Worst first: what is done next when there is more to do than can be at once."""

import asyncio
import heapq
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.model.action import Action
from bot.model.case import Case
from bot.model.evidence import Finding
from bot.model.guidelines import Guidelines, Severity
from bot.model.intent import SETTLED, Intent

PATIENCE = timedelta(minutes=30)
"""How much longer than a case one grade worse a case waits at most before it counts as much, so
that nobody's matter waits for ever behind worse ones. Chosen, not measured."""


@dataclass(frozen=True, slots=True, order=True)
class Precedence:
    """A place in the order: the smaller comes first.

    Laws: of what was decided within ``PATIENCE`` of each other, what a moderator ordered comes
    first, then the worse, then the older; all wait behind finitely many others, whatever comes.
    """

    turn: datetime
    """When it would be its turn if it had waited for all that may go before it."""
    of: int
    """The case's id, or the intent's where single removals wait for each other."""

    @classmethod
    def at(cls, of: int, since: datetime, grade: int) -> "Precedence":
        """Return a place.

        Args:
            of: whose.
            since: since when there is something to do about it.
            grade: 0 for what a moderator ordered; from 1 for critical to 4 for minor.
        """
        return cls(since + grade * PATIENCE, of)


def precedence_of(
    case: Case, intents: Iterable[Intent], guidelines: Guidelines, now: datetime
) -> Precedence:
    """Return the place of a case by the worst of its rules and the oldest of what is due.

    Args:
        case: the case.
        intents: its intents, settled ones too.
        guidelines: what severity its rules have; one that is no longer written counts as moderate.
        now: aware UTC.
    """
    due = [one for one in intents if one.state not in SETTLED and one.not_before <= now]
    since = min((one.not_before for one in due), default=now)
    if any(one.ruling is not None for one in due):
        return Precedence.at(case.id, since, 0)
    return Precedence.at(case.id, since, _grade(case.findings(), case.action, guidelines))


def precedence_of_removal(removal: Intent, case: Case, guidelines: Guidelines) -> Precedence:
    """Return the place of a single removal, by the worst of the rules its post breaks."""
    if removal.ruling is not None:
        return Precedence.at(removal.id, removal.not_before, 0)
    posts = (post for post in case.posts if post.message == removal.message)
    findings = [finding for post in posts for finding in post.findings]
    grade = _grade(findings, Action.REMOVE, guidelines)
    return Precedence.at(removal.id, removal.not_before, grade)


def _grade(findings: Iterable[Finding], action: Action, guidelines: Guidelines) -> int:
    """Return 1 for critical to 4 for minor, by the worst rule that asked for an action."""
    severities = {one.id: one.severity for one in guidelines.rules()}
    worst = max(
        (
            severities.get(one.evidence.rule, Severity.MODERATE)
            for one in findings
            if one.action is action
        ),
        default=Severity.MODERATE,
    )
    return Severity.CRITICAL - worst + 1


@dataclass
class Slots:
    """So many at once; who waits is let in by precedence.

    Law: whenever a slot is free, the smallest precedence of those who wait is let in.
    """

    at_once: int
    _taken: int = 0
    _waiting: list[tuple[Precedence, int, asyncio.Future[None]]] = field(default_factory=list)
    _futures: dict[int, asyncio.Future[None]] = field(default_factory=dict)
    _count: int = 0

    @asynccontextmanager
    async def slot(self, place: Precedence) -> AsyncIterator[None]:
        """Wait for a slot, and hold it."""
        await self._enter(place)
        try:
            yield
        finally:
            self._leave()

    def hasten(self, place: Precedence) -> None:
        """Give another place to one who waits; anybody else is left alone."""
        future = self._futures.get(place.of)
        if future is not None and not future.done():
            self._push(place, future)

    @property
    def idle(self) -> bool:
        """Whether nobody holds a slot or waits for one."""
        return not self._taken and not self._futures

    async def _enter(self, place: Precedence) -> None:
        if self._taken < self.at_once:
            self._taken += 1
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._futures[place.of] = future
        self._push(place, future)
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._leave()  # let in and cancelled at once: the slot goes to the next
            raise
        finally:
            self._futures.pop(place.of, None)

    def _leave(self) -> None:
        while self._waiting:
            _, _, future = heapq.heappop(self._waiting)
            if not future.done():
                future.set_result(None)
                return
        self._taken -= 1

    def _push(self, place: Precedence, future: asyncio.Future[None]) -> None:
        # Who is hastened stands in the heap twice: the place that comes second finds it done.
        self._count += 1
        heapq.heappush(self._waiting, (place, self._count, future))
