"""Who may do what where: Discord's permission arithmetic on plain values.

Source: Discord's documentation, topic "Permissions" (2026-08), sections "Permission Overwrites",
"Implicit Permissions", "Inherited Permissions" and "Permissions for Timed Out Members".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, IntFlag


class Permission(IntFlag):
    """The permission bits that the simulation knows by name; others are carried as numbers."""

    NONE = 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    SEND_POLLS = 1 << 49
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52


ALL = Permission((1 << 53) - 1)
"""Every bit that Discord had given out in August 2026; what an owner or administrator has."""

EVERYONE_DEFAULT = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.CHANGE_NICKNAME
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.SEND_POLLS
)
"""What @everyone may do in a new simulated guild: the text permissions of a new real one."""

TIMED_OUT = Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY
"""All that a timed-out member keeps."""

_NEEDS_SEND = (
    Permission.MENTION_EVERYONE
    | Permission.SEND_TTS_MESSAGES
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
    | Permission.SEND_POLLS
)


class OverwriteKind(IntEnum):
    """Whom a channel's overwrite is for."""

    ROLE = 0
    MEMBER = 1


@dataclass(frozen=True, slots=True)
class Overwrite:
    """A channel's exception for one role or member: denied bits first, then allowed bits."""

    target_id: int
    kind: OverwriteKind
    allow: Permission = Permission.NONE
    deny: Permission = Permission.NONE

    def payload(self) -> dict[str, object]:
        """Return the overwrite as Discord writes it."""
        return {
            "id": str(self.target_id),
            "type": int(self.kind),
            "allow": str(int(self.allow)),
            "deny": str(int(self.deny)),
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """What permissions depend on for one member of one guild.

    Attributes:
        guild_id: also the id of @everyone.
        roles: the member's own roles, without @everyone.
    """

    user_id: int
    guild_id: int
    is_owner: bool
    everyone: Permission
    roles: Mapping[int, Permission]
    is_timed_out: bool = False


def in_guild(standing: Standing) -> Permission:
    """Return a member's permissions in the guild, before any channel's overwrites.

    Laws: the owner and an administrator have all; otherwise the union of @everyone and the
    member's roles; more roles never take anything away; a timed-out member, unless owner or
    administrator, keeps at most `TIMED_OUT`.
    """
    if standing.is_owner:
        return ALL
    granted = standing.everyone
    for permissions in standing.roles.values():
        granted |= permissions
    if granted & Permission.ADMINISTRATOR:
        return ALL
    return granted & TIMED_OUT if standing.is_timed_out else granted


def in_channel(standing: Standing, overwrites: Iterable[Overwrite]) -> Permission:
    """Return a member's permissions in a channel.

    Overwrites apply in this order, deny before allow in each step: @everyone, the union of the
    member's roles, the member. Without VIEW_CHANNEL nothing is left; without SEND_MESSAGES
    nothing that needs sending.
    """
    granted = in_guild(standing)
    if granted == ALL:
        return ALL
    everyone = Overwrite(standing.guild_id, OverwriteKind.ROLE)
    own = Overwrite(standing.user_id, OverwriteKind.MEMBER)
    allow = deny = Permission.NONE
    for overwrite in overwrites:
        if overwrite.kind is OverwriteKind.MEMBER:
            if overwrite.target_id == standing.user_id:
                own = overwrite
        elif overwrite.target_id == standing.guild_id:
            everyone = overwrite
        elif overwrite.target_id in standing.roles:
            allow |= overwrite.allow
            deny |= overwrite.deny
    for step_deny, step_allow in (
        (everyone.deny, everyone.allow),
        (deny, allow),
        (own.deny, own.allow),
    ):
        granted = granted & ~step_deny | step_allow
    if standing.is_timed_out:
        granted &= TIMED_OUT
    return implied(granted)


def implied(granted: Permission) -> Permission:
    """Remove what a missing permission makes impossible."""
    if not granted & Permission.VIEW_CHANNEL:
        return Permission.NONE
    if not granted & Permission.SEND_MESSAGES:
        # Threads have a send permission of their own, and the same implications from it.
        if granted & Permission.SEND_MESSAGES_IN_THREADS:
            return granted
        return granted & ~_NEEDS_SEND
    return granted


def in_thread(granted_in_parent: Permission) -> Permission:
    """Return a member's permissions in a thread, from those in the thread's parent.

    SEND_MESSAGES there means SEND_MESSAGES_IN_THREADS of the parent.
    """
    granted = granted_in_parent & ~Permission.SEND_MESSAGES
    if granted & Permission.SEND_MESSAGES_IN_THREADS:
        return granted | Permission.SEND_MESSAGES
    return granted & ~_NEEDS_SEND
