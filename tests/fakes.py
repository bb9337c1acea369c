"""Stand-ins for the world outside: a clock turned by hand, a history, a Discord that misbehaves."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

from bot.catchup import History
from bot.model.case import Case, CasePost
from bot.model.intent import Intent, IntentKind
from bot.model.post import Post
from bot.placing import Location, Written
from bot.ports import GONE_ALREADY, WITHOUT_FILES, Clock, Delivery, Enforcer, Outcome, Words
from tests.making import ART, GENERAL, GUILD, NOON, written


class FakeClock(Clock):
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self._now

    async def sleep_until(self, moment: datetime) -> None:
        """Return once a test has moved on to a moment."""
        if moment <= self._now:
            return
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((moment, sleeper))
        await sleeper

    def advance(self, by: timedelta) -> None:
        """Move on, and wake whoever waits for a moment that has come."""
        self._now += by
        for moment, sleeper in self._sleepers:
            if moment <= self._now and not sleeper.done():
                sleeper.set_result(None)
        self._sleepers = [(m, s) for m, s in self._sleepers if not s.done()]

    @property
    def next_wake(self) -> datetime | None:
        """The earliest moment that somebody waits for."""
        return min((m for m, s in self._sleepers if not s.done()), default=None)


class HastyClock(FakeClock):
    """A clock on which whoever waits finds that the time has passed."""

    async def sleep_until(self, moment: datetime) -> None:
        """Move on to a moment, and return."""
        self.advance(max(moment - self.now(), timedelta()))


async def until(condition: Callable[[], bool]) -> None:
    """Let tasks run until something holds; the machine's time is only the guard against hanging."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - any condition, not an event
            await asyncio.sleep(0.001)


class FakeHistory(History):
    """Channels with what stands in them now."""

    def __init__(self, *channels: int) -> None:
        self.locations: dict[int, Location] = {
            channel: Location((channel,), public=True) for channel in channels or (GENERAL, ART)
        }
        self._posts: dict[int, Written] = {}
        self.reads: list[int] = []
        self.before_reading: Callable[[], None] = lambda: None
        self.failures: deque[Exception] = deque()

    def write(self, *posts: Post, roles: frozenset[int] = frozenset()) -> None:
        """Post messages, or replace them by a later version."""
        for one in posts:
            self._posts[one.id] = written(one, roles=roles)

    def remove(self, *messages: int) -> None:
        """Delete messages, whoever does it."""
        for message in messages:
            self._posts.pop(message, None)

    async def channels(
        self, _guild: int, _since: datetime, wanted: Callable[[Location], bool]
    ) -> Mapping[int, Location]:
        """Return the channels there are, of those that are wanted."""
        return {channel: place for channel, place in self.locations.items() if wanted(place)}

    async def posts(self, _guild: int, channel: int, after: int) -> AsyncIterator[Written]:
        """Yield what stands in a channel, oldest first."""
        self.reads.append(channel)
        self.before_reading()
        if self.failures:
            raise self.failures.popleft()
        standing = [w for w in self._posts.values() if w.post.channel == channel]
        for one in sorted(standing, key=lambda w: w.post.id):
            if one.post.id > after:
                yield one


class Sent(Enum):
    """How a request that makes or changes something goes."""

    WELL = "well"
    REFUSED = "refused"
    LATER = "not now"
    LOST = "it happened, but no answer came"
    NEVER = "it did not happen, and no answer came"


class Seen(Enum):
    """How a request that looks for a message goes."""

    TRULY = "truly"
    REFUSED = "not allowed to read"
    UNANSWERED = "no answer"


@dataclass
class FakeEnforcer(Enforcer):
    """A Discord of one guild: messages by nonce, and a script of how requests go.

    Each request takes the next step of its kind's script; without one it goes well. ``messages``
    holds every message that was ever made, so that a second one of a nonce shows.
    """

    script: defaultdict[str, deque[Sent | Seen]] = field(default_factory=lambda: defaultdict(deque))
    asked: list[tuple[str, str]] = field(default_factory=list)
    """What was asked for, in order: the request, and the intent's key."""
    deleted: set[int] = field(default_factory=set)
    messages: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Ids of the messages made, by nonce."""
    words: dict[int, Words] = field(default_factory=dict)
    """What each message says now."""
    edits: list[int] = field(default_factory=list)
    made: int = 0
    place: str = "by direct message"
    """Where notices are read, in words."""

    def plan(self, request: str, *steps: Sent | Seen) -> None:
        """Add steps to the script of one kind of request."""
        self.script[request].extend(steps)

    def requests(self, *kinds: str) -> list[str]:
        """Return the kinds of requests made, in order; only some if named."""
        return [kind for kind, _ in self.asked if not kinds or kind in kinds]

    async def delete(self, intent: Intent) -> Outcome:
        """Remove a post."""
        step = self._next("delete", intent)
        assert intent.message is not None
        if step in (Sent.WELL, Sent.LOST):
            gone = intent.message in self.deleted
            self.deleted.add(intent.message)
            words = GONE_ALREADY if gone else "removed"
            return await self._answer(step, Outcome(Delivery.DONE, words))
        return await self._answer(step, None)

    async def tell(self, intent: Intent, case: Case, words: Words) -> Outcome:
        """Make a notice."""
        assert case.id == intent.case
        return await self._make("tell", intent, words, self.place)

    async def find_notice(self, intent: Intent, case: Case) -> Outcome:
        """Look for a notice."""
        assert case.id == intent.case
        return await self._look("find_notice", intent, self.place)

    async def log(self, intent: Intent, words: Words) -> Outcome:
        """Make a line of the log."""
        return await self._make("log", intent, words, "written")

    async def find_log(self, intent: Intent) -> Outcome:
        """Look for a line of the log."""
        return await self._look("find_log", intent, "written")

    async def edit_log(self, intent: Intent, message: int, words: Words) -> Outcome:
        """Replace a line of the log."""
        step = self._next("edit_log", intent)
        if step in (Sent.WELL, Sent.LOST):
            self.words[message] = words
            self.edits.append(message)
            return await self._answer(step, Outcome(Delivery.DONE, "brought up to date", message))
        return await self._answer(step, None)

    async def announce(self, guild: int, words: Words, key: str) -> Outcome:
        """Make a line that belongs to no case, once."""
        assert guild == GUILD
        self.asked.append(("announce", key))
        step = self.script["announce"].popleft() if self.script["announce"] else Sent.WELL
        if step in (Sent.WELL, Sent.LOST) and not self.messages.get(key):
            self.made += 1
            self.messages[key].append(10_000 + self.made)
            self.words[10_000 + self.made] = words
        assert isinstance(step, Sent)
        return await self._answer(step, Outcome(Delivery.DONE, "written"))

    async def public_log(self, intent: Intent, words: Words) -> Outcome:
        """Make a line of the public log."""
        return await self._make("public_log", intent, words, "written")

    async def find_public_log(self, intent: Intent) -> Outcome:
        """Look for a line of the public log."""
        return await self._look("find_public_log", intent, "written")

    async def keep_files(self, intent: Intent, case: Case, post: CasePost) -> Outcome:
        """Make a message with a post's files, while the post stands."""
        assert case.id == intent.case
        words = Words("Files", tuple(one.name for one in post.files), case.reference)
        return await self._make("keep_files", intent, words, "kept")

    async def find_files(self, intent: Intent) -> Outcome:
        """Look for the message with the files."""
        return await self._look("find_files", intent, "kept")

    async def restore(
        self, intent: Intent, post: CasePost, kept: int | None, words: Words, bare: Words
    ) -> Outcome:
        """Make a quote, with the files while they are kept."""
        if post.files and kept not in self.words:
            return await self._make("restore", intent, bare, WITHOUT_FILES)
        return await self._make("restore", intent, words, "posted again")

    async def find_restored(self, intent: Intent, post: CasePost) -> Outcome:
        """Look for a quote."""
        found = await self._look("find_restored", intent, "posted again")
        told = "was not kept" in str(self.words.get(found.result or 0))
        return replace(found, words=WITHOUT_FILES) if post.files and told else found

    async def redact(
        self, intent: Intent, sent: Intent, case: Case, words: Words | None
    ) -> Outcome:
        """Replace what a message says, or take it away; a notice may change another case's."""
        assert case.id == sent.case
        step = self._next("redact", intent)
        if step in (Sent.WELL, Sent.LOST):
            found = sent.result or next(iter(self.messages.get(sent.nonce, ())), None)
            if found is None:
                return await self._answer(step, Outcome(Delivery.DONE, "it was gone already"))
            if words is None:
                self.words.pop(found, None)
            else:
                self.words[found] = words
            return await self._answer(step, Outcome(Delivery.DONE, "redacted", found))
        return await self._answer(step, None)

    async def _make(self, request: str, intent: Intent, words: Words, done: str) -> Outcome:
        step = self._next(request, intent)
        if step in (Sent.WELL, Sent.LOST):
            self.made += 1
            message = 10_000 + self.made
            self.messages[intent.nonce].append(message)
            self.words[message] = words
            return await self._answer(step, Outcome(Delivery.DONE, done, message))
        return await self._answer(step, None)

    async def _look(self, request: str, intent: Intent, done: str) -> Outcome:
        step = self._next(request, intent, Seen.TRULY)
        await asyncio.sleep(0)
        if step is Seen.REFUSED:
            return Outcome(Delivery.REFUSED, "it cannot be read back")
        if step is Seen.UNANSWERED:
            return Outcome(Delivery.UNCERTAIN, "Discord did not answer")
        found = self.messages.get(intent.nonce)
        if found:
            return Outcome(Delivery.DONE, done, found[0])
        return Outcome(Delivery.LATER, "it had not arrived")

    async def _answer(self, step: Sent | Seen, well: Outcome | None) -> Outcome:
        await asyncio.sleep(0)
        match step:
            case Sent.REFUSED:
                return Outcome(Delivery.REFUSED, "Concord is not allowed to")
            case Sent.LATER:
                return Outcome(Delivery.LATER, "Discord asked us to slow down")
            case Sent.LOST | Sent.NEVER:
                return Outcome(Delivery.UNCERTAIN, "Discord did not answer")
        assert well is not None
        return well

    def _next(self, request: str, intent: Intent, usual: Sent | Seen = Sent.WELL) -> Sent | Seen:
        self.asked.append((request, intent.key))
        return self.script[request].popleft() if self.script[request] else usual


def sent(enforcer: FakeEnforcer, intents: tuple[Intent, ...], kind: IntentKind) -> list[int]:
    """Return the messages that were made for a case's intent of a kind, second ones included."""
    one = next(intent for intent in intents if intent.kind is kind)
    return enforcer.messages.get(one.nonce, [])


def later(one: Post, text: str, at: datetime) -> Post:
    """Return an edited version of a post."""
    part = replace(one.parts[0], text=text)
    return replace(one, parts=(part,), edited_at=at)
