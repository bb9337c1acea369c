"""Entries of Discord's audit log become values; read from their payloads, as both ways bring them.

discord.py drops whom an overwrite was for where it does not know them, so its own reading of an
entry is not used.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import discord
import structlog

from bot.discord_io.messages import location_of
from bot.discord_io.refusals import missing_power
from bot.discord_io.requests import UNANSWERED, outcome_of, repeatedly
from bot.model.manual_act import ActKind, ManualAct
from bot.model.snowflake import time_of
from bot.model.standing import Power
from bot.ports import AuditLog, AuditPage, Clock, Delivery, Outcome

_log = structlog.get_logger(__name__)

PAGE: Final = 100
"""Entries of one answer at most (Discord's documentation, "Get Guild Audit Log")."""

EVENT: Final = "GUILD_AUDIT_LOG_ENTRY_CREATE"

_MEMBER_UPDATE, _ROLE_UPDATE = 24, 25
_OVERWRITES: Final = frozenset({13, 14, 15})
_PLAIN: Final = {
    20: ActKind.KICK,
    22: ActKind.BAN,
    23: ActKind.UNBAN,
    72: ActKind.POST_DELETED,
    143: ActKind.AUTOMOD_BLOCK,
    145: ActKind.AUTOMOD_TIMEOUT,
    146: ActKind.AUTOMOD_QUARANTINE,
}
"""Discord's documentation, resource "Audit Log", "Audit Log Events" (August 2026).

Of 73, deletions in bulk, there is nothing to read: it names a channel and a count, and no member.
"""

_SOMEWHERE: Final = frozenset({ActKind.POST_DELETED, ActKind.AUTOMOD_BLOCK})
"""Whose entries name the channel in their options (the same page, "Optional Audit Entry Info")."""

_TIMEOUT: Final = "communication_disabled_until"

IsApp = Callable[[int], bool]
"""Whether an account is a bot's."""

PlacesOf = Callable[[int], tuple[int, ...]]
"""A channel, its parent and its category, from the inside out."""


def act_of(
    entry: Mapping[str, Any],
    guild: int,
    me: int,
    is_app: IsApp,
    places_of: PlacesOf = lambda channel: (channel,),
) -> ManualAct | None:
    """Return what an entry tells of a member; None where it concerns no sanction.

    Args:
        entry: as Discord sends it.
        guild: whose log it is in.
        me: Concord's own user id.
        is_app: knows the accounts.
        places_of: knows the channels.

    Raises:
        KeyError, TypeError, ValueError: if it is not as Discord documents it.
    """
    kind = _kind_of(entry)
    target = _subject(entry, kind)
    if kind is None or target is None:
        return None
    actor = int(entry["user_id"]) if entry.get("user_id") is not None else None
    options = entry.get("options") or {}
    identity = int(entry["id"])
    channel = _channel(entry, kind)
    return ManualAct(
        entry=identity,
        guild=guild,
        kind=kind,
        actor=actor,
        target=target,
        at=time_of(identity),
        by_concord=actor == me,
        # An integration gives and takes roles in the name of whoever set it up.
        by_app="integration_type" in options or (actor is not None and is_app(actor)),
        to_app=is_app(target),
        reason=entry.get("reason") or "",
        until=_until(entry),
        given=_roles(entry, "$add"),
        taken=_roles(entry, "$remove"),
        channel=channel,
        places=places_of(channel) if channel is not None else (),
        denied=_denied(entry) if kind is ActKind.OVERWRITE else 0,
        automod_rule=options.get("auto_moderation_rule_name") or "",
    )


def _kind_of(entry: Mapping[str, Any]) -> ActKind | None:
    action = entry["action_type"]
    if action == _MEMBER_UPDATE:
        return ActKind.TIMEOUT if _change(entry, _TIMEOUT) is not None else None
    if action == _ROLE_UPDATE:
        return ActKind.ROLES
    if action in _OVERWRITES:
        return ActKind.OVERWRITE
    return _PLAIN.get(action)


def _subject(entry: Mapping[str, Any], kind: ActKind | None) -> int | None:
    """Return whom an entry is about; None for a role, or for nobody."""
    if kind is ActKind.OVERWRITE:
        options = entry["options"]
        return int(options["id"]) if str(options["type"]) == "1" else None
    target = entry.get("target_id")
    return int(target) if target is not None else None


def _channel(entry: Mapping[str, Any], kind: ActKind) -> int | None:
    if kind is ActKind.OVERWRITE:
        return int(entry["target_id"])
    named = (entry.get("options") or {}).get("channel_id") if kind in _SOMEWHERE else None
    return int(named) if named else None


def _denied(entry: Mapping[str, Any]) -> int:
    """Return what is denied since, and was not before."""
    change = _change(entry, "deny") or {}
    return int(change.get("new_value") or 0) & ~int(change.get("old_value") or 0)


def _change(entry: Mapping[str, Any], key: str) -> Mapping[str, Any] | None:
    changes: list[Mapping[str, Any]] = entry.get("changes") or []
    return next((one for one in changes if one["key"] == key), None)


def _until(entry: Mapping[str, Any]) -> datetime | None:
    change = _change(entry, _TIMEOUT)
    value = change.get("new_value") if change is not None else None
    return discord.utils.parse_time(value) if value else None


def _roles(entry: Mapping[str, Any], key: str) -> frozenset[int]:
    change = _change(entry, key)
    listed = change.get("new_value") if change is not None else None
    return frozenset(int(role["id"]) for role in listed or ())


def read_entry(
    client: discord.Client,
    guild: int,
    entry: Mapping[str, Any],
    users: Mapping[int, bool] = MappingProxyType({}),
) -> ManualAct | None:
    """Return what an entry tells of a member, as a logged-in client understands it.

    Args:
        client: knows Concord's own account, and the members.
        guild: whose entry it is.
        entry: as Discord sends it.
        users: accounts that came with it, and whether each is a bot's.

    Raises:
        KeyError, TypeError, ValueError: if it is not as Discord documents it.
    """
    me = client.user
    assert me is not None, "BUG: reading before login"
    known = client.get_guild(guild)

    def is_app(user: int) -> bool:
        if user in users:
            return users[user]
        member = known.get_member(user) if known is not None else None
        return member is not None and member.bot

    def places_of(channel: int) -> tuple[int, ...]:
        place = known.get_channel_or_thread(channel) if known is not None else None
        if known is None or place is None:
            return (channel,)
        return location_of(place, known).places

    return act_of(entry, guild, me.id, is_app, places_of)


class DiscordAuditLog(AuditLog):
    """Reads through a logged-in client whose guilds are known."""

    def __init__(self, client: discord.Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock

    async def page(self, guild: int, after: int) -> AuditPage | Outcome:
        """Return the first entries with ids above one, oldest first."""
        try:
            answer: Mapping[str, Any] = await repeatedly(
                self._clock,
                lambda: self._client.http.get_audit_logs(guild, limit=PAGE, after=after),
            )
        except discord.Forbidden:
            words = (
                f"{missing_power(Power.VIEW_AUDIT_LOG)}. Until then what is done by hand becomes "
                "no case"
            )
            return Outcome(Delivery.REFUSED, words)
        except (discord.HTTPException, *UNANSWERED) as error:
            return outcome_of(error, Power.VIEW_AUDIT_LOG)
        users = {int(one["id"]): bool(one.get("bot")) for one in answer.get("users", ())}
        entries = sorted(answer["audit_log_entries"], key=lambda one: int(one["id"]))
        acts = (self._read(one, guild, users) for one in entries)
        return AuditPage(
            acts=tuple(act for act in acts if act is not None),
            last=int(entries[-1]["id"]) if entries else None,
            entries=len(entries),
            more=len(entries) == PAGE,
        )

    def _read(
        self, entry: Mapping[str, Any], guild: int, users: Mapping[int, bool]
    ) -> ManualAct | None:
        try:
            return read_entry(self._client, guild, entry, users)
        except (KeyError, TypeError, ValueError) as error:
            # One entry nobody can read must not hide all that came after it.
            _log.error("an entry could not be read", guild=guild, error=type(error).__name__)
            return None
