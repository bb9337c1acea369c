"""Who somebody is on a server, as far as it matters for who may do what to whom."""

from dataclasses import dataclass
from enum import StrEnum


class Power(StrEnum):
    """A permission on Discord that carrying out a sanction needs, as Discord's settings name it."""

    MANAGE_MESSAGES = "Manage Messages"
    MODERATE_MEMBERS = "Time out members"
    BAN_MEMBERS = "Ban Members"
    MANAGE_ROLES = "Manage Roles"
    MANAGE_THREADS = "Manage Threads"
    VIEW_AUDIT_LOG = "View Audit Log"


@dataclass(frozen=True, slots=True)
class Person:
    """One account's place on a server, read afresh when it matters."""

    user: int
    name: str
    """As members read it; not escaped."""
    is_member: bool = True
    """False for an account that has left, or was never there."""
    is_account: bool = True
    """False for the name a webhook posts under, and for an account that was deleted."""
    is_bot: bool = False
    is_owner: bool = False
    is_moderator: bool = False
    """Holds a role named for moderators at setup."""
    is_admin: bool = False
    """Holds a role named for admins at setup, or may manage the server."""
    is_administrator: bool = False
    """Holds Discord's Administrator: cannot be timed out, and overwrites do not bind them."""
    rank: int = 0
    """Position of the highest role; the owner stands above all of them."""
    roles: frozenset[int] = frozenset()
    top_role: str = ""
    """Name of the highest role, not escaped; empty where it does not matter."""

    @property
    def is_somebody(self) -> bool:
        """Whether there is anybody to be sanctioned or told: neither for apps nor for webhooks."""
        return self.is_account and not self.is_bot

    @property
    def is_staff(self) -> bool:
        """Whether they moderate, administrate or own the server."""
        return self.is_moderator or self.is_admin or self.is_owner


@dataclass(frozen=True, slots=True)
class Standing:
    """Those who matter for one decision, read at the moment it is pressed."""

    actor: Person
    subject: Person
    concord: Person
    powers: frozenset[Power]
    """What Concord is permitted on the server."""
    role_ranks: tuple[tuple[int, int], ...] = ()
    """Positions of the roles that would be taken or given, by role id."""
