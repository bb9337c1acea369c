"""What Concord reads and changes of a member on Discord; ``bot.discord_io`` implements it.

Each change is safe to repeat: it says what is to be, not what is to be added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ports.outcome import Outcome


@dataclass(frozen=True, slots=True)
class MemberSeen:
    """A member as Discord shows them now."""

    roles: frozenset[int]
    timed_out_until: datetime | None
    """Aware UTC; None where they are not timed out, also where that has run out."""


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no such member, ban, overwrite, channel or role."""

    what: str
    """In words: "they are no member any more"."""


@dataclass(frozen=True, slots=True)
class BanSeen:
    """A ban as Discord shows it now."""

    reason: str


@dataclass(frozen=True, slots=True)
class OverwriteSeen:
    """A member's own overwrite in a channel, as bits of Discord's permissions."""

    allow: int
    deny: int


@dataclass(frozen=True, slots=True)
class Room:
    """A channel or category, as far as permissions go.

    A channel is in step with its category while their overwrites are the same.
    """

    category: int | None
    overwrites: Mapping[int, OverwriteSeen]
    """By member or role."""


@dataclass(frozen=True, slots=True)
class Deniable:
    """What of some permissions Concord can deny in a channel, as bits of Discord's permissions."""

    bits: int
    """What it can deny; nothing that means nothing in a channel of that kind."""
    lacking: int
    """What would mean something there, and Concord may not deny, since it may not do it itself."""


class Measures(Protocol):
    """Reads the present state, and brings about another; a failure comes back as an Outcome.

    Reads never answer DONE; changes answer DONE where Discord shows what was asked for. Reasons
    are written to Discord's audit log, cut to its 512 characters.
    """

    async def member(self, guild: int, user: int) -> MemberSeen | Absent | Outcome:
        """Return a member as they are now."""
        ...

    async def time_out(self, guild: int, user: int, until: datetime | None, reason: str) -> Outcome:
        """Set a member's timeout; None ends it. At most 28 days ahead (Discord's limit)."""
        ...

    async def ban_of(self, guild: int, user: int) -> BanSeen | Absent | Outcome:
        """Return the ban of an account."""
        ...

    async def ban(self, guild: int, user: int, delete_message_seconds: int, reason: str) -> Outcome:
        """Ban an account, also one that is no member."""
        ...

    async def unban(self, guild: int, user: int, reason: str) -> Outcome:
        """End a ban; one that is not there counts as done."""
        ...

    async def channels_of_board(
        self, guild: int, channel: int
    ) -> tuple[int, ...] | Absent | Outcome:
        """Return the channels whose own overwrites decide about a board, in order.

        A text channel is its own; of a category, the category itself and the channels in it that
        are not synced with it. A thread's are its parent's.
        """
        ...

    async def rooms(self, guild: int) -> Mapping[int, Room] | Outcome:
        """Return a server's channels and categories by id, asked of Discord afresh."""
        ...

    async def overwrite(
        self, guild: int, channel: int, user: int
    ) -> OverwriteSeen | Absent | Outcome:
        """Return a member's overwrite in a channel, asked of Discord afresh."""
        ...

    async def deniable(self, guild: int, channel: int, bits: int) -> Deniable:
        """Return what of some permissions Concord can deny in a channel, as far as is known."""
        ...

    async def set_overwrite(
        self, guild: int, channel: int, user: int, overwrite: OverwriteSeen | None, reason: str
    ) -> Outcome:
        """Set a member's overwrite in a channel; None takes it away."""
        ...

    async def set_role(
        self, guild: int, user: int, role: int, *, held: bool, reason: str
    ) -> Outcome:
        """Give a member a role, or take it; of a deleted one that is done, and says ROLE_GONE."""
        ...


class Referrals(Protocol):
    """Reports members to the platform; where no address is set, every answer is REFUSED."""

    async def refer(self, key: str, event: str, facts: str) -> Outcome:
        """Send one signed event.

        Args:
            key: the same for every attempt; the receiver keeps one of a key.
            event: ``referral`` or ``withdrawn``.
            facts: JSON; holds nothing of a reporter.
        """
        ...
