"""One cell of the table as it is lived: decided, hindered, and what is left in the end."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

from aiohttp import web

from bot.sandbox import Simulation
from bot.sandbox.fault_kinds import Fault
from bot.sandbox.interactions.outcome import InteractionHandle
from tests.e2e.cells import Cell, Circumstance, Kind, Operation
from tests.e2e.court import REFERENCE, Court, case_number, offers
from tests.e2e.expected import Expected, expected
from tests.e2e.ordering import NAMED, RIGHTS, Subject
from tests.e2e.platform import Platform
from tests.e2e.whose import Whose

FAULTS = {
    Circumstance.RATE_LIMITED: Fault.RATE_LIMITED,
    Circumstance.ERROR: Fault.INTERNAL_ERROR,
    Circumstance.RESET: Fault.RESET,
    Circumstance.ANSWER_LOST: Fault.ANSWER_LOST,
}

ROUTES = (
    "POST /interactions/{interaction_id}/{interaction_token}/callback",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
    "GET /guilds/{guild_id}/members/{user_id}",
    "GET /users/{user_id}",
    "PATCH /guilds/{guild_id}/members/{user_id}",
    "PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}",
    "DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}",
    "GET /guilds/{guild_id}/bans/{user_id}",
    "PUT /guilds/{guild_id}/bans/{user_id}",
    "DELETE /guilds/{guild_id}/bans/{user_id}",
    "GET /guilds/{guild_id}/channels",
    "GET /guilds/{guild_id}/audit-logs",
    "GET /channels/{channel_id}",
    "PUT /channels/{channel_id}/permissions/{overwrite_id}",
    "DELETE /channels/{channel_id}/permissions/{overwrite_id}",
    "POST /users/@me/channels",
    "GET /guilds/{guild_id}/threads/active",
    "GET /channels/{channel_id}/users/@me/threads/archived/private",
    "POST /channels/{channel_id}/threads",
    "PUT /channels/{channel_id}/thread-members/{user_id}",
    "GET /channels/{channel_id}/messages",
    "GET /channels/{channel_id}/messages/{message_id}",
    "POST /channels/{channel_id}/messages",
    "PATCH /channels/{channel_id}/messages/{message_id}",
    "DELETE /channels/{channel_id}/messages/{message_id}",
)
"""What Concord asks of Discord while it carries decisions out; a test holds it against the record
of requests."""

REPEATED_BY_ITSELF = ("GET", "PUT", "DELETE")
"""Methods that the HTTP library repeats once by itself when the connection breaks."""

TAKES_EFFECT = {
    (Kind.TIMEOUT, Operation.APPLY): "PATCH /guilds/{guild_id}/members/{user_id}",
    (Kind.LONG_TIMEOUT, Operation.APPLY): "PATCH /guilds/{guild_id}/members/{user_id}",
    (Kind.BOARD, Operation.APPLY): "PUT /channels/{channel_id}/permissions/{overwrite_id}",
    (Kind.GROUP, Operation.APPLY): "DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}",
    (Kind.BAN, Operation.APPLY): "PUT /guilds/{guild_id}/bans/{user_id}",
    (Kind.POST, Operation.APPLY): "DELETE /channels/{channel_id}/messages/{message_id}",
    (Kind.TIMEOUT, Operation.LIFT): "PATCH /guilds/{guild_id}/members/{user_id}",
    (Kind.LONG_TIMEOUT, Operation.EXPIRE): "PATCH /guilds/{guild_id}/members/{user_id}",
    (Kind.BOARD, Operation.LIFT): "DELETE /channels/{channel_id}/permissions/{overwrite_id}",
    (Kind.GROUP, Operation.LIFT): "PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}",
    (Kind.POST, Operation.VOID): "POST /channels/{channel_id}/messages",
    (Kind.BAN, Operation.LIFT): "DELETE /guilds/{guild_id}/bans/{user_id}",
}
"""The request by which Discord is changed; what is not named is as for an operation alike."""

ATTEMPTS = 4
"""How often a moderator calls a command that did not work."""

COMMITTED = re.compile(r" · (?:done|decided)$", re.MULTILINE)
"""How an answer to a decision begins; "decided" while Discord is slow and still being asked."""

DID_NOT_WORK = "That did not work"
"""What they are answered then."""

_LIKE = {Kind.LONG_TIMEOUT: Kind.TIMEOUT, Kind.TEMPORARY_BAN: Kind.BAN}


def effect(kind: Kind, operation: Operation) -> str:
    """Return the route of the request by which Discord is changed."""
    found = TAKES_EFFECT.get((kind, operation))
    if found is None:
        ends = operation in (Operation.EXPIRE, Operation.VOID)
        found = TAKES_EFFECT[_LIKE.get(kind, kind), Operation.LIFT if ends else operation]
    return found


@dataclass(repr=False)
class Story:
    """A cell in a guild of its own."""

    sim: Simulation
    platform: Platform
    whose: Whose
    cell: Cell
    court: Court
    subject: Subject
    wrong: list[str] = field(default_factory=list)
    """What was not as it should have been, so far."""
    read: list[str] = field(default_factory=list)
    """What the moderator was answered, in order."""
    numbers: list[int] = field(default_factory=list)
    """The numbers of its cases, in order."""
    tried_again: int = 0
    """How often the moderator read that it did not work, and called the command again."""
    hindered: bool = False
    """Whether what stands in the way still does."""

    @property
    def expected(self) -> Expected:
        """What its end should be."""
        return expected(self.cell)

    async def begins(self) -> None:
        """Decide what is to be ended later."""
        self.court.pending = None  # what an earlier story was killed over is not this one's
        if self.cell.circumstance is Circumstance.DMS_CLOSED:
            await self.subject.member.closes_dms()
        if self.cell.operation is not Operation.APPLY:
            await self._orders()

    async def is_hindered(self) -> None:
        """Let stand in the way what is to stand in the way."""
        self.hindered = True
        match self.cell.circumstance:
            case Circumstance.RATE_LIMITED | Circumstance.ERROR:
                self._all_meet(FAULTS[self.cell.circumstance])
            case Circumstance.RESET | Circumstance.ANSWER_LOST:
                self._all_meet(FAULTS[self.cell.circumstance])
            case Circumstance.RIGHT_MISSING if self.cell.cannot_quote:
                await self.court.may_not_write()
            case Circumstance.RIGHT_MISSING:
                await self.court.lacks(RIGHTS[self.cell.kind])
            case Circumstance.RIGHT_LOST:
                route = effect(self.cell.kind, self.cell.operation)
                meets = self._meets_on_the_board if self.cell.cannot_quote else self._meets
                self.sim.faults.next(route, Fault.MISSING_PERMISSIONS, 99, meets)
            case Circumstance.MEMBER_GONE:
                if self.subject.member.is_member:  # a ban has seen to it
                    await self.subject.member.leaves()

    async def unfolds(self) -> None:
        """Do what the cell is about; an end by itself needs nobody."""
        match self.cell.operation:
            case Operation.APPLY:
                await self._orders()
            case Operation.LIFT:
                await self._until_done(lambda: self.court.decides("lift", sanction=self.reference))
            case Operation.VOID:
                await self._until_done(lambda: self.court.decides("case void", case=self.reference))

    async def is_mended(self) -> None:
        """Take away what stood in the way, and do what a moderator would do then."""
        self.hindered = False
        match self.cell.circumstance:
            case Circumstance.RIGHT_MISSING | Circumstance.RIGHT_LOST:
                self._is_said_meanwhile()
                await self.court.has_all_rights()
                if self.cell.operation is Operation.EXPIRE or self.cell.cannot_quote:
                    return
                if self.cell.circumstance is Circumstance.RIGHT_MISSING:
                    self._was_told_what_is_missing()
                    await self.unfolds()
                elif self.cell.operation is Operation.APPLY:
                    await self._orders()
            case Circumstance.MEMBER_GONE:
                await self._comes_back()

    async def carries_on(self) -> None:
        """Do after a crash what a moderator does: look at the log, and decide what is not there.

        A preview that was shown still waits for Confirm.
        """
        member = self.subject.member
        if len(self.court.lines(member)) < self.expected.rulings:
            pending = self.court.pending
            if pending is not None and offers(pending, "Confirm"):
                self.subject.ordered_at = self.sim.clock.now()
                self.read.append((await self.court.confirms(pending)).text)
            else:
                await self.unfolds()

    async def settles_in(self) -> None:
        """Let the member who came back pick the group's role, as they could before."""
        gone = self.cell.circumstance is Circumstance.MEMBER_GONE
        if gone and self.cell.kind is Kind.GROUP:
            await self.subject.member.picks_role(self.court.designers)

    def concerns(self, request: web.Request, body: object) -> bool:
        """Whether a request is about this cell."""
        return self.whose.guild(request, body) == self.court.guild.id

    async def goes_on(self) -> None:
        """See that a long timeout still runs after Discord's 28 days were nearly over."""
        if self.cell.kind is Kind.LONG_TIMEOUT:
            self.wrong.extend(self.subject.is_shown(self.cell.kind))

    async def is_seen(self) -> None:
        """Compare what Discord shows now with what was decided."""
        cell, subject = self.cell, self.subject
        titles = (REFERENCE.search(line) for line in self.court.lines(subject.member))
        self.numbers = sorted({int(found[1]) for found in titles if found is not None})
        if cell.operation is Operation.APPLY:
            self.wrong.extend(subject.is_shown(cell.kind))
        else:
            voided = cell.operation is Operation.VOID
            quoted = not cell.cannot_quote
            self.wrong.extend(subject.is_as_before(cell.kind, voided=voided, quoted=quoted))
        self.wrong.extend(subject.touched_nobody_else())
        self.wrong.extend(self.expected.differences(self.court, subject.member, self.numbers))

    async def _orders(self) -> None:
        await self._until_done(lambda: self.subject.ordered(self.cell.kind))

    async def _until_done(self, attempt: Callable[[], Awaitable[InteractionHandle]]) -> None:
        """Try until it is done or refused, as a person does who reads that it did not work."""
        for _ in range(ATTEMPTS):
            seen = await attempt()
            self.read.append(seen.text)
            if COMMITTED.search(seen.text) is not None:
                self.numbers.append(case_number(seen))
                return
            if DID_NOT_WORK not in seen.text:
                return
            self.tried_again += 1

    @property
    def reference(self) -> str:
        """The latest case, as moderators call it."""
        return f"C-{self.numbers[-1]}"

    def _meets(self, request: web.Request, body: object) -> bool:
        return self.hindered and self.concerns(request, body)

    def _meets_on_the_board(self, request: web.Request, body: object) -> bool:
        where = request.match_info["channel_id"]
        return where == str(self.court.general.id) and self._meets(request, body)

    def _all_meet(self, fault: Fault) -> None:
        """Let the next request of each route that is about this cell meet a fault."""
        for route in ROUTES:
            repeated = route.startswith(REPEATED_BY_ITSELF) and fault is Fault.RESET
            self.sim.faults.next(route, fault, 2 if repeated else 1, self._meets)
        self.platform.meets(self.court.guild.id, fault)

    def _is_said_meanwhile(self) -> None:
        """See that moderators read what has not worked while it has not."""
        tried = self.cell.circumstance is Circumstance.RIGHT_LOST or self.cell.cannot_quote
        lines = self.court.lines(self.subject.member)
        if (tried or self.cell.operation is Operation.EXPIRE) and not any(
            "⚠️" in line for line in lines
        ):
            self.wrong.append(f"no line says that it has not worked: {lines}")

    def _was_told_what_is_missing(self) -> None:
        named = NAMED[RIGHTS[self.cell.kind]]
        if named not in self.read[-1]:
            self.wrong.append(f"the refusal does not name {named}: {self.read[-1]}")

    async def _comes_back(self) -> None:
        if self.subject.member.is_banned:
            return
        await self.subject.member.joins()


async def together(stories: Iterable[Story], step: str, at_once: int = 24) -> None:
    """Take a step in all stories, some at once; who stumbles takes no further steps."""
    gate = asyncio.Semaphore(at_once)

    async def take(story: Story) -> None:
        async with gate:
            try:
                await getattr(story, step)()
            except Exception as error:  # noqa: BLE001 - told by the cell's own test
                story.wrong.append(f"{step}: {error!r}; the moderator had read: {story.read}")

    await asyncio.gather(*(take(one) for one in stories if not one.wrong))
