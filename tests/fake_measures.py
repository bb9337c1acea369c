"""A Discord of one guild as sanctions meet it: members, bans, overwrites, and a script."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.ports import (
    ROLE_GONE,
    Absent,
    BanSeen,
    Clock,
    Delivery,
    Deniable,
    Measures,
    MemberSeen,
    Outcome,
    OverwriteSeen,
    Referrals,
    Room,
)
from tests.fakes import Sent
from tests.making import ADA, ART, GENERAL, PAINTERS

LEFT = "they are no member any more"


@dataclass
class FakeMeasures(Measures):
    """Changes what it is asked to, unless its script says otherwise; records every change.

    Each request takes the next step of its kind's script; without one it goes well. Like Discord
    it refuses timeouts more than 28 days ahead, ends them by itself, and gives no roles to who has
    left; a channel that is synced with its category follows it.
    """

    clock: Clock
    script: defaultdict[str, deque[Sent]] = field(default_factory=lambda: defaultdict(deque))
    asked: list[str] = field(default_factory=list)
    """Every request, reading ones too."""
    changed: list[str] = field(default_factory=list)
    """Every change that took effect, in words."""
    members: dict[int, MemberSeen] = field(
        default_factory=lambda: {ADA: MemberSeen(frozenset({PAINTERS}), None)}
    )
    away: dict[int, MemberSeen] = field(default_factory=dict)
    bans: dict[int, BanSeen] = field(default_factory=dict)
    deleted_seconds: list[int] = field(default_factory=list)
    overwrites: dict[tuple[int, int], OverwriteSeen] = field(default_factory=dict)
    """By channel and member."""
    categories: dict[int, int | None] = field(default_factory=lambda: {GENERAL: None, ART: None})
    """Every channel with its category; categories among them."""
    synced: set[int] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    lacking: dict[int, int] = field(default_factory=dict)
    """By channel, the bits that Concord may not deny there."""

    deleted_roles: set[int] = field(default_factory=set)

    def plan(self, request: str, *steps: Sent) -> None:
        """Add steps to the script of one kind of request."""
        self.script[request].extend(steps)

    def leave(self, user: int) -> None:
        """Let a member go; Discord remembers their timeout, and forgets their roles."""
        self.away[user] = replace(self.members.pop(user), roles=frozenset())

    def come_back(self, user: int, *, forgets: bool = False) -> None:
        """Let a member return, with a timeout that Discord remembers or has forgotten."""
        seen = self.away.pop(user)
        self.members[user] = replace(seen, timed_out_until=None) if forgets else seen

    def state(self) -> object:
        """Return all that members meet, for comparing."""
        members = {
            user: (seen.roles, self._running(seen.timed_out_until))
            for user, seen in self.members.items()
        }
        return members, dict(self.bans), dict(self.overwrites)

    async def member(self, _guild: int, user: int) -> MemberSeen | Absent | Outcome:
        """Return a member."""
        step = self._step("member")
        if step is not Sent.WELL:
            return await _failed(step)
        await asyncio.sleep(0)
        seen = self.members.get(user)
        if seen is None:
            return Absent(LEFT)
        return replace(seen, timed_out_until=self._running(seen.timed_out_until))

    async def time_out(
        self, _guild: int, user: int, until: datetime | None, reason: str
    ) -> Outcome:
        """Set a timeout."""
        assert until is None or until <= self.clock.now() + timedelta(days=28), "28 days at most"
        assert until is None or until > self.clock.now(), "an end that has passed"

        def change() -> Outcome:
            seen = self.members.get(user)
            if seen is None:
                return Outcome(Delivery.LATER, LEFT)
            self.members[user] = replace(seen, timed_out_until=until)
            self._note(f"time out {user} until {until}", reason)
            return Outcome(Delivery.DONE, "timed out")

        return await self._do("time_out", change)

    async def ban_of(self, _guild: int, user: int) -> BanSeen | Absent | Outcome:
        """Return a ban."""
        step = self._step("ban_of")
        if step is not Sent.WELL:
            return await _failed(step)
        await asyncio.sleep(0)
        return self.bans.get(user, Absent("they are not banned"))

    async def ban(
        self, _guild: int, user: int, delete_message_seconds: int, reason: str
    ) -> Outcome:
        """Ban an account; a member goes."""

        def change() -> Outcome:
            self.bans[user] = BanSeen(reason)
            self.deleted_seconds.append(delete_message_seconds)
            if user in self.members:
                self.leave(user)
            self._note(f"ban {user}", reason)
            return Outcome(Delivery.DONE, "banned")

        return await self._do("ban", change)

    async def unban(self, _guild: int, user: int, reason: str) -> Outcome:
        """End a ban."""

        def change() -> Outcome:
            if self.bans.pop(user, None) is not None:
                self._note(f"unban {user}", reason)
            return Outcome(Delivery.DONE, "no longer banned")

        return await self._do("unban", change)

    async def channels_of_board(
        self, _guild: int, channel: int
    ) -> tuple[int, ...] | Absent | Outcome:
        """Return the channel, and those in it that are not synced."""
        step = self._step("channels_of_board")
        if step is not Sent.WELL:
            return await _failed(step)
        await asyncio.sleep(0)
        if channel not in self.categories:
            return Absent("the channel is no longer there")
        inside = (one for one, parent in self.categories.items() if parent == channel)
        return (channel, *sorted(one for one in inside if one not in self.synced))

    async def rooms(self, _guild: int) -> dict[int, Room] | Outcome:
        """Return every channel; one that goes its own way has an overwrite of its own."""
        step = self._step("rooms")
        if step is not Sent.WELL:
            return await _failed(step)
        await asyncio.sleep(0)
        rooms = {}
        for channel, category in self.categories.items():
            theirs = {
                user: seen for (where, user), seen in self.overwrites.items() if where == channel
            }
            if category is not None and channel not in self.synced:
                theirs[channel] = OverwriteSeen(0, 1)
            rooms[channel] = Room(category, theirs)
        return rooms

    async def overwrite(
        self, _guild: int, channel: int, user: int
    ) -> OverwriteSeen | Absent | Outcome:
        """Return an overwrite."""
        step = self._step("overwrite")
        if step is not Sent.WELL:
            return await _failed(step)
        await asyncio.sleep(0)
        return self.overwrites.get((channel, user), Absent("they have none"))

    async def deniable(self, _guild: int, channel: int, bits: int) -> Deniable:
        """Return the bits without those that Concord lacks."""
        lacking = self.lacking.get(channel, 0)
        return Deniable(bits & ~lacking, bits & lacking)

    async def set_overwrite(
        self, _guild: int, channel: int, user: int, overwrite: OverwriteSeen | None, reason: str
    ) -> Outcome:
        """Set an overwrite, in the channel and in those that follow it."""

        def change() -> Outcome:
            if channel not in self.categories:
                return Outcome(Delivery.LATER, "the channel is no longer there")
            if overwrite is not None and overwrite.deny & self.lacking.get(channel, 0):
                return Outcome(Delivery.REFUSED, "Concord may only change what it may do itself")
            followers = [one for one in self.synced if self.categories[one] == channel]
            self.synced.discard(channel)
            for one in (channel, *followers):
                self.put(one, user, overwrite)
            self._note(f"overwrite {channel} {user} {overwrite}", reason)
            return Outcome(Delivery.DONE, "their permissions there are set")

        return await self._do("set_overwrite", change)

    async def set_role(
        self, _guild: int, user: int, role: int, *, held: bool, reason: str
    ) -> Outcome:
        """Give or take a role."""

        def change() -> Outcome:
            seen = self.members.get(user)
            if seen is None:
                return Outcome(Delivery.LATER if held else Delivery.DONE, LEFT)
            if role in self.deleted_roles:
                return Outcome(Delivery.DONE, ROLE_GONE)
            roles = seen.roles | {role} if held else seen.roles - {role}
            self.members[user] = replace(seen, roles=roles)
            self._note(f"{'give' if held else 'take'} {role} {user}", reason)
            return Outcome(Delivery.DONE, "the role is given" if held else "the role is taken")

        return await self._do("set_role", change)

    def put(self, channel: int, user: int, overwrite: OverwriteSeen | None) -> None:
        """Set an overwrite by hand."""
        if overwrite is None:
            self.overwrites.pop((channel, user), None)
        else:
            self.overwrites[channel, user] = overwrite

    def by_hand(self, user: int = ADA, **changes: object) -> None:
        """Change a member by hand."""
        self.members[user] = replace(self.members[user], **changes)  # type: ignore[arg-type]

    def _running(self, until: datetime | None) -> datetime | None:
        return until if until is not None and until > self.clock.now() else None

    def _note(self, what: str, reason: str) -> None:
        self.changed.append(what)
        self.reasons.append(reason)

    def _step(self, request: str) -> Sent:
        self.asked.append(request)
        return self.script[request].popleft() if self.script[request] else Sent.WELL

    async def _do(self, request: str, change: Callable[[], Outcome]) -> Outcome:
        step = self._step(request)
        outcome = change() if step in (Sent.WELL, Sent.LOST) else None
        await asyncio.sleep(0)
        if step is Sent.WELL and outcome is not None:
            return outcome
        return await _failed(step)


@dataclass
class FakeReferrals(Referrals):
    """A platform that keeps one event of a key."""

    script: deque[Sent] = field(default_factory=deque)
    events: dict[str, tuple[str, str]] = field(default_factory=dict)
    received: list[str] = field(default_factory=list)
    """Keys as they arrived, repeated ones too."""

    async def refer(self, key: str, event: str, facts: str) -> Outcome:
        """Take an event."""
        step = self.script.popleft() if self.script else Sent.WELL
        if step in (Sent.WELL, Sent.LOST):
            self.received.append(key)
            assert self.events.setdefault(key, (event, facts)) == (event, facts), "another of a key"
        await asyncio.sleep(0)
        if step is Sent.WELL:
            return Outcome(Delivery.DONE, "the platform was told")
        return await _failed(step)


async def _failed(step: Sent) -> Outcome:
    await asyncio.sleep(0)
    match step:
        case Sent.REFUSED:
            return Outcome(Delivery.REFUSED, "Concord is not allowed to")
        case Sent.LATER:
            return Outcome(Delivery.LATER, "Discord asked us to slow down")
        case _:
            return Outcome(Delivery.UNCERTAIN, "Discord did not answer")
