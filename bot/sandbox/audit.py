"""The audit logs of the guilds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.sandbox.guilds import Guild
from bot.sandbox.permissions import Permission
from bot.sandbox.seam import JsonObject
from bot.sandbox.snowflake import at_ms

if TYPE_CHECKING:
    from bot.sandbox.world import World

KEPT = timedelta(days=45)
"""How long entries are kept (Discord's documentation, resource "Audit Log", 2026-08)."""

AGGREGATION = timedelta(minutes=5)
"""How long single deletions add up in one entry; chosen, not measured."""


class AuditAction(IntEnum):
    """Discord's audit log actions that the simulation writes."""

    CHANNEL_CREATE = 10
    CHANNEL_UPDATE = 11
    CHANNEL_DELETE = 12
    OVERWRITE_CREATE = 13
    OVERWRITE_UPDATE = 14
    OVERWRITE_DELETE = 15
    MEMBER_KICK = 20
    MEMBER_BAN_ADD = 22
    MEMBER_BAN_REMOVE = 23
    MEMBER_UPDATE = 24
    MEMBER_ROLE_UPDATE = 25
    BOT_ADD = 28
    ROLE_CREATE = 30
    ROLE_UPDATE = 31
    ROLE_DELETE = 32
    MESSAGE_DELETE = 72
    MESSAGE_BULK_DELETE = 73
    THREAD_CREATE = 110
    THREAD_UPDATE = 111
    THREAD_DELETE = 112
    AUTO_MODERATION_RULE_CREATE = 140
    AUTO_MODERATION_RULE_DELETE = 142
    AUTO_MODERATION_BLOCK_MESSAGE = 143
    AUTO_MODERATION_FLAG_TO_CHANNEL = 144
    AUTO_MODERATION_USER_COMMUNICATION_DISABLED = 145
    AUTO_MODERATION_QUARANTINE_USER = 146


@dataclass(slots=True, eq=False)
class AuditEntry:
    """One line of a guild's audit log."""

    id: int
    action: AuditAction
    user_id: int
    target_id: int | None
    reason: str | None = None
    options: dict[str, str] = field(default_factory=dict)
    changes: list[JsonObject] = field(default_factory=list)

    def payload(self) -> JsonObject:
        """Return the entry as Discord writes it."""
        payload: JsonObject = {
            "id": str(self.id),
            "action_type": int(self.action),
            "user_id": str(self.user_id),
            "target_id": None if self.target_id is None else str(self.target_id),
        }
        if self.changes:
            payload["changes"] = self.changes
        if self.options:
            payload["options"] = dict(self.options)
        if self.reason is not None:
            payload["reason"] = self.reason
        return payload


class AuditLog:
    """The entries of all guilds, oldest first."""

    def __init__(self) -> None:
        self._entries: dict[int, list[AuditEntry]] = {}

    def of(self, guild_id: int) -> list[AuditEntry]:
        """Return all that was ever entered for a guild, oldest first."""
        return self._entries.setdefault(guild_id, [])

    def kept(self, guild_id: int, now_ms: int) -> list[AuditEntry]:
        """Return the entries that Discord still shows, oldest first."""
        oldest = now_ms - KEPT.total_seconds() * 1000
        return [entry for entry in self.of(guild_id) if at_ms(entry.id) >= oldest]


def record(
    world: "World",
    guild: Guild,
    action: AuditAction,
    user_id: int,
    target_id: int | None,
    *,
    reason: str | None = None,
    options: Mapping[str, str] | None = None,
    changes: list[JsonObject] | None = None,
) -> AuditEntry:
    """Write an entry and tell sessions of it that may see the log.

    A single deletion by the same moderator of the same author's messages in the same channel,
    without a reason, only raises the count of an entry written shortly before.
    """
    entries = world.audit.of(guild.id)
    if action is AuditAction.MESSAGE_DELETE and reason is None:
        previous = _to_add_to(world, entries, user_id, target_id, options or {})
        if previous is not None:
            previous.options["count"] = str(int(previous.options["count"]) + 1)
            return previous
    entry = AuditEntry(
        world.snowflakes.next(),
        action,
        user_id,
        target_id,
        reason,
        dict(options or {}),
        changes or [],
    )
    entries.append(entry)

    if guild.permissions_of(world.bot.id, world.clock.now()) & Permission.VIEW_AUDIT_LOG:
        world.tell(
            "GUILD_AUDIT_LOG_ENTRY_CREATE",
            {**entry.payload(), "guild_id": str(guild.id)},
            guild=guild,
        )
    return entry


def change(key: str, old: object, new: object) -> JsonObject:
    """Return one change of an entry; None means that there was or is nothing."""
    payload: JsonObject = {"key": key}
    if old is not None:
        payload["old_value"] = old
    if new is not None:
        payload["new_value"] = new
    return payload


def _to_add_to(
    world: "World",
    entries: list[AuditEntry],
    user_id: int,
    target_id: int | None,
    options: Mapping[str, str],
) -> AuditEntry | None:
    oldest = world.clock.now_ms() - AGGREGATION.total_seconds() * 1000
    for entry in reversed(entries):
        if at_ms(entry.id) < oldest:
            return None
        if (
            entry.action is AuditAction.MESSAGE_DELETE
            and entry.user_id == user_id
            and entry.target_id == target_id
            and entry.reason is None
            and entry.options.get("channel_id") == options.get("channel_id")
        ):
            return entry
    return None
