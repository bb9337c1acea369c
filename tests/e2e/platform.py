"""The platform that members are referred to: one address on loopback that checks each signature."""

import asyncio
import hmac
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.sandbox.fault_kinds import Fault, FaultKind

SECRET = "a secret that only the two of them know"


@dataclass(frozen=True, slots=True)
class Referred:
    """One event, as the platform keeps it."""

    key: str
    event: str
    guild: int
    member: int


@dataclass(repr=False)
class Platform:
    """Takes events as README.md asks a receiver to: signed, and once by their key."""

    events: list[Referred] = field(default_factory=list)
    """What it keeps, in the order of arrival."""
    repeated: int = 0
    """Events whose key it had kept already."""
    forged: int = 0
    """Events whose signature was not right; none is kept."""
    holds: Callable[[int], bool] | None = None
    """Whether an event about a guild gets no answer before it is released; None for none."""
    loses: Callable[[int], bool] | None = None
    """Whether a held event about a guild is as if it had never come; None for none."""
    _faults: dict[int, deque[Fault]] = field(default_factory=dict)
    _held: list[tuple[asyncio.Future[bool], Referred]] = field(default_factory=list)
    _runner: web.AppRunner | None = None
    url: str = ""
    """Where it is reached; empty before it is."""

    async def __aenter__(self) -> Self:
        """Begin to listen."""
        app = web.Application()
        app.router.add_post("/referrals", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/referrals"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        self.loses = lambda _guild: True
        self.release()
        assert self._runner is not None
        await self._runner.cleanup()

    def meets(self, guild: int, fault: Fault, times: int = 1) -> None:
        """Let the next events about a guild meet a fault."""
        self._faults.setdefault(guild, deque()).extend([fault] * times)

    def pending(self, guild: int) -> int:
        """Return how many faults still wait for an event about a guild."""
        return len(self._faults.get(guild, ()))

    def about(self, member: int) -> list[str]:
        """Return the names of the events about a member, in order."""
        return [one.event for one in self.events if one.member == member]

    @property
    def held(self) -> int:
        """How many events wait to be released."""
        return len(self._held)

    def release(self) -> None:
        """Let what is held arrive, or be lost; nobody is answered."""
        held, self._held = self._held, []
        for future, one in held:
            if not future.done():
                future.set_result(self.loses is None or not self.loses(one.guild))

    async def _take(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        signed = request.headers["Concord-Timestamp"].encode() + b"." + body
        expected = "sha256=" + hmac.new(SECRET.encode(), signed, sha256).hexdigest()
        if not hmac.compare_digest(expected, request.headers["Concord-Signature"]):
            self.forged += 1
            return web.Response(status=401)
        whole = json.loads(body)
        facts = whole["facts"]
        one = Referred(whole["key"], whole["event"], int(facts["guild"]), int(facts["member"]))
        assert one.key == request.headers["Idempotency-Key"]
        if self.holds is not None and self.holds(one.guild):
            future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
            self._held.append((future, one))
            if await future:
                self._keep(one)
            return _silent(request)
        waiting = self._faults.get(one.guild)
        return self._meet(waiting.popleft() if waiting else None, one, request)

    def _meet(self, fault: Fault | None, one: Referred, request: web.Request) -> web.StreamResponse:
        if fault is None:
            self._keep(one)
            return web.Response(status=204)
        if fault.kind is FaultKind.ANSWER_LOST:
            self._keep(one)
            return _silent(request)
        if fault.kind in (FaultKind.ERROR, FaultKind.RATE_LIMITED):
            return web.Response(status=fault.status)
        return _silent(request)

    def _keep(self, one: Referred) -> None:
        if any(known.key == one.key for known in self.events):
            self.repeated += 1
        else:
            self.events.append(one)


def _silent(request: web.Request) -> web.Response:
    """Break the connection instead of answering."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=499)
