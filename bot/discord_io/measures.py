"""Reads and changes what a member may do on a server: timeouts, bans, roles, overwrites."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

import discord

from bot.discord_io import refusals
from bot.discord_io.deniable import deniable
from bot.discord_io.requests import UNANSWERED, outcome_of, repeatedly
from bot.model.standing import Power
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
    Room,
)

Answer = TypeVar("Answer")

Channels = Mapping[int, Mapping[str, Any]]
"""A server's channels as Discord sends them, by id."""

REASON: Final = 512
"""Characters of a reason in the audit log (Discord's documentation, resource "Audit Log")."""

NO_CHANNEL, NO_GUILD, NO_MEMBER, NO_OVERWRITE = 10003, 10004, 10007, 10009
NO_ROLE, NO_ACCOUNT, NO_BAN, QUOTA = 10011, 10013, 10026, 30035
"""Discord's JSON error codes: unknown channel, guild, member, overwrite, role, user, ban; too many
bans of accounts that are no members."""

_LEFT: Final = "they are no member any more"
_NO_ACCOUNT: Final = "there is no such account any more"
_NO_CHANNEL: Final = "the channel is no longer there"
_NOT_HERE: Final = "Concord is not on that server any more"

_MEMBER_TYPE: Final = 1
"""The type of an overwrite that is a member's (Discord's documentation, "Overwrite Object")."""


class DiscordMeasures(Measures):
    """Acts through a logged-in client; every state is asked of Discord, not of what was heard.

    Where a member, role or channel vanished between reading and changing, the answer is LATER: who
    reads again sees it, and knows what to do.
    """

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock

    async def member(self, guild: int, user: int) -> MemberSeen | Absent | Outcome:
        """Return a member as they are now."""
        seen = await self._read(
            lambda: self._client.http.get_member(guild, user),
            {NO_MEMBER: _LEFT, NO_ACCOUNT: _NO_ACCOUNT},
        )
        if isinstance(seen, Absent | Outcome):
            return seen
        until = discord.utils.parse_time(seen.get("communication_disabled_until"))
        if until is not None and until <= self._clock.now():
            until = None
        return MemberSeen(frozenset(int(role) for role in seen["roles"]), until)

    async def time_out(self, guild: int, user: int, until: datetime | None, reason: str) -> Outcome:
        """Set a member's timeout; None ends it."""
        fields = {"communication_disabled_until": until.isoformat() if until is not None else None}
        return await self._change(
            lambda: self._client.http.edit_member(guild, user, reason=_cut(reason), **fields),
            "timed out" if until is not None else "their timeout is over",
            lambda: refusals.about_member(self._guild(guild), user, Power.MODERATE_MEMBERS),
            {NO_MEMBER: Outcome(Delivery.LATER, _LEFT)},
        )

    async def ban_of(self, guild: int, user: int) -> BanSeen | Absent | Outcome:
        """Return the ban of an account."""
        seen = await self._read(
            lambda: self._client.http.get_ban(user, guild),
            {NO_BAN: "they are not banned", NO_ACCOUNT: _NO_ACCOUNT},
            refusals.missing_power(Power.BAN_MEMBERS),
        )
        return seen if isinstance(seen, Absent | Outcome) else BanSeen(seen["reason"] or "")

    async def ban(self, guild: int, user: int, delete_message_seconds: int, reason: str) -> Outcome:
        """Ban an account, also one that is no member."""
        return await self._change(
            lambda: self._client.http.ban(user, guild, delete_message_seconds, _cut(reason)),
            "banned",
            lambda: refusals.about_member(self._guild(guild), user, Power.BAN_MEMBERS),
            {
                NO_ACCOUNT: Outcome(Delivery.REFUSED, _NO_ACCOUNT),
                QUOTA: Outcome(
                    Delivery.LATER, "Discord bans no more accounts that are not members for now"
                ),
            },
        )

    async def unban(self, guild: int, user: int, reason: str) -> Outcome:
        """End a ban; one that is not there counts as done."""
        return await self._change(
            lambda: self._client.http.unban(user, guild, reason=_cut(reason)),
            "no longer banned",
            lambda: refusals.missing_power(Power.BAN_MEMBERS),
            {
                NO_BAN: Outcome(Delivery.DONE, "they were not banned any more"),
                NO_ACCOUNT: Outcome(Delivery.DONE, _NO_ACCOUNT),
            },
        )

    async def channels_of_board(
        self, guild: int, channel: int
    ) -> tuple[int, ...] | Absent | Outcome:
        """Return the channels whose own overwrites decide about a board, in order."""
        found = await self._room(guild, channel)
        if isinstance(found, Absent | Outcome):
            return found
        channels, room = found
        return deciding(channels, channel) if room == channel else (room,)

    async def rooms(self, guild: int) -> Mapping[int, Room] | Outcome:
        """Return a server's channels and categories by id."""
        seen = await self._channels(guild)
        if isinstance(seen, Outcome):
            return seen
        return {
            identity: Room(
                int(one.get("parent_id") or 0) or None,
                {who: OverwriteSeen(allow, deny) for who, allow, deny in _overwrites(one)},
            )
            for identity, one in seen.items()
        }

    async def overwrite(
        self, guild: int, channel: int, user: int
    ) -> OverwriteSeen | Absent | Outcome:
        """Return a member's overwrite in a channel."""
        seen = await self._channel(guild, channel)
        if isinstance(seen, Absent | Outcome):
            return seen
        for one in seen.get("permission_overwrites", ()):
            if int(one["id"]) == user:
                return OverwriteSeen(int(one["allow"]), int(one["deny"]))
        return Absent("they have no permissions of their own there")

    async def deniable(self, guild: int, channel: int, bits: int) -> Deniable:
        """Return what of some permissions Concord can deny in a channel, as far as is known."""
        return deniable(self._guild(guild), channel, bits)

    async def set_overwrite(
        self, guild: int, channel: int, user: int, overwrite: OverwriteSeen | None, reason: str
    ) -> Outcome:
        """Set a member's overwrite in a channel; None takes it away."""
        http, cut = self._client.http, _cut(reason)
        if overwrite is None:
            return await self._change(
                lambda: http.delete_channel_permissions(channel, user, reason=cut),
                "their permissions are as everybody's there",
                lambda: refusals.about_channel(self._guild(guild), channel, 0),
                {
                    NO_OVERWRITE: Outcome(Delivery.DONE, "they had no permissions of their own"),
                    NO_CHANNEL: Outcome(Delivery.DONE, _NO_CHANNEL),
                },
            )
        allow, deny = overwrite.allow, overwrite.deny
        return await self._change(
            lambda: http.edit_channel_permissions(
                channel, user, str(allow), str(deny), _MEMBER_TYPE, reason=cut
            ),
            "their permissions there are set",
            lambda: refusals.about_channel(self._guild(guild), channel, allow | deny),
            {
                NO_OVERWRITE: Outcome(Delivery.LATER, _LEFT),
                NO_CHANNEL: Outcome(Delivery.LATER, _NO_CHANNEL),
            },
        )

    async def set_role(
        self, guild: int, user: int, role: int, *, held: bool, reason: str
    ) -> Outcome:
        """Give a member a role, or take it; a deleted one needs neither."""
        http, cut = self._client.http, _cut(reason)
        gone = Outcome(Delivery.DONE, ROLE_GONE)
        # Who has left holds no role.
        left = Outcome(Delivery.LATER if held else Delivery.DONE, _LEFT)
        change = http.add_role if held else http.remove_role
        return await self._change(
            lambda: change(guild, user, role, reason=cut),
            "the role is given" if held else "the role is taken",
            lambda: refusals.about_role(self._guild(guild), role),
            {NO_ROLE: gone, NO_MEMBER: left, NO_ACCOUNT: left},
        )

    async def _room(self, guild: int, channel: int) -> tuple[Channels, int] | Absent | Outcome:
        """Return a server's channels, and the one of them that a channel or thread belongs to."""
        channels = await self._channels(guild)
        if isinstance(channels, Outcome):
            return channels
        if channel in channels:
            return channels, channel
        thread = await self._channel(guild, channel)
        if isinstance(thread, Absent | Outcome):
            return thread
        parent = int(thread.get("parent_id") or 0)
        return (channels, parent) if parent in channels else Absent(_NO_CHANNEL)

    async def _channels(self, guild: int) -> Channels | Outcome:
        seen = await self._read(lambda: self._client.http.get_all_guild_channels(guild), {})
        assert not isinstance(seen, Absent), "BUG: no code says that a server has no channels"
        return seen if isinstance(seen, Outcome) else {int(one["id"]): one for one in seen}

    async def _channel(self, guild: int, channel: int) -> Mapping[str, Any] | Absent | Outcome:
        async def request() -> Mapping[str, Any]:
            return await self._client.http.get_channel(channel)

        needs = refusals.about_channel(self._guild(guild), channel, 0)
        return await self._read(request, {NO_CHANNEL: _NO_CHANNEL}, needs)

    async def _read(
        self,
        request: Callable[[], Awaitable[Answer]],
        absent: Mapping[int, str],
        needs: str = "Discord does not let Concord look",
    ) -> Answer | Absent | Outcome:
        try:
            return await repeatedly(self._clock, request)
        except discord.Forbidden:
            return Outcome(Delivery.REFUSED, needs)
        except discord.HTTPException as error:
            if error.code in absent:
                return Absent(absent[error.code])
            return _failed(error)
        except UNANSWERED as error:
            return outcome_of(error, "")

    async def _change(
        self,
        request: Callable[[], Awaitable[object]],
        done: str,
        refused: Callable[[], str],
        known: Mapping[int, Outcome],
    ) -> Outcome:
        try:
            await repeatedly(self._clock, request)
        except discord.Forbidden as error:
            if error.code == refusals.TWO_FACTOR:
                return Outcome(Delivery.REFUSED, refusals.two_factor())
            return Outcome(Delivery.REFUSED, refused())
        except discord.HTTPException as error:
            return known.get(error.code) or _failed(error)
        except UNANSWERED as error:
            return outcome_of(error, "")
        return Outcome(Delivery.DONE, done)

    def _guild(self, guild: int) -> discord.Guild | None:
        return self._client.get_guild(guild)


def deciding(channels: Channels, channel: int) -> tuple[int, ...]:
    """Return the channels whose own overwrites decide about one, in the order of their ids.

    Itself; after a category, the channels in it that do not follow it.

    Args:
        channels: a server's channels as Discord sends them, by id.
        channel: one of them.
    """
    shape = _overwrites(channels[channel])
    apart = sorted(
        identity
        for identity, one in channels.items()
        if int(one.get("parent_id") or 0) == channel and _overwrites(one) != shape
    )
    return (channel, *apart)


def _overwrites(channel: Mapping[str, Any]) -> frozenset[tuple[int, int, int]]:
    listed: Iterable[Mapping[str, Any]] = channel.get("permission_overwrites", ())
    return frozenset((int(one["id"]), int(one["allow"]), int(one["deny"])) for one in listed)


def _failed(error: discord.HTTPException) -> Outcome:
    if error.code == NO_GUILD:
        return Outcome(Delivery.REFUSED, _NOT_HERE)
    return outcome_of(error, "")


def _cut(reason: str) -> str:
    return reason if len(reason) <= REASON else f"{reason[: REASON - 1]}…"
