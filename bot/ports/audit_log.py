"""Discord's audit log, as the core reads it; ``bot.discord_io`` implements it."""

from dataclasses import dataclass
from typing import Protocol

from bot.model.manual_act import ManualAct
from bot.ports.outcome import Outcome


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Some entries of a guild's audit log, in the order they were made."""

    acts: tuple[ManualAct, ...]
    """Those that concern sanctions, Concord's own among them."""
    last: int | None
    """The id of the last entry looked at, whatever it was about; None if there was none."""
    entries: int
    """How many were looked at."""
    more: bool
    """Whether there may be later ones."""


class AuditLog(Protocol):
    """Reads audit logs. What Discord does not keep any more is not in them."""

    async def page(self, guild: int, after: int) -> AuditPage | Outcome:
        """Return the first entries with ids above one, oldest first.

        An outcome where they cannot be read: REFUSED without the permission, else ask again later.
        """
        ...
