"""What somebody did in Discord itself, as its audit log tells of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ActKind(StrEnum):
    """What may be done by hand that concerns members; all else is nobody's business here."""

    BAN = "ban"
    UNBAN = "unban"
    KICK = "kick"
    TIMEOUT = "timeout"
    """Set, moved or ended: see :attr:`ManualAct.until`."""
    ROLES = "roles"
    """Given, taken, or both."""
    OVERWRITE = "overwrite"
    """A member's own permissions in a channel were changed."""
    AUTOMOD_TIMEOUT = "automod-timeout"
    AUTOMOD_QUARANTINE = "automod-quarantine"
    AUTOMOD_BLOCK = "automod-block"
    """A message was kept from appearing."""
    POST_DELETED = "post-deleted"
    """Somebody deleted what somebody else had written, one post or several."""


AUTOMOD = frozenset({ActKind.AUTOMOD_TIMEOUT, ActKind.AUTOMOD_QUARANTINE, ActKind.AUTOMOD_BLOCK})
"""What Discord's AutoMod does: its entries name the member as the one who acted."""


@dataclass(frozen=True, slots=True)
class ManualAct:
    """One entry of an audit log about a member."""

    entry: int
    """The entry's id: the same entry is the same act, however it was learnt of."""
    guild: int
    kind: ActKind
    actor: int | None
    """Who did it; None where Discord does not say."""
    target: int
    """The member or account it was done to."""
    at: datetime
    """Aware UTC."""
    by_concord: bool = False
    """Whether the actor is Concord's own account."""
    by_app: bool = False
    """Whether a bot or an integration did it."""
    to_app: bool = False
    """Whether it was done to a bot."""
    reason: str = ""
    """As it was given in Discord; not escaped."""
    until: datetime | None = None
    """For a timeout: its end from then on; None where it was ended."""
    given: frozenset[int] = frozenset()
    """Roles given."""
    taken: frozenset[int] = frozenset()
    """Roles taken."""
    channel: int | None = None
    """Where permissions were changed, a post was deleted or a message blocked."""
    places: tuple[int, ...] = ()
    """That channel, a thread's parent, the category: from the inside out, as far as known."""
    denied: int = 0
    """Permissions denied there that were not denied before, as bits of Discord's."""
    automod_rule: str = ""
    """The name of AutoMod's rule; not escaped."""

    @property
    def by_staff(self) -> bool:
        """Whether a person did it to somebody else: Discord lets none but moderators."""
        return not self.by_app and self.actor is not None and self.actor != self.target

    @property
    def key(self) -> str:
        """What makes its case or ruling happen once."""
        return f"audit:{self.entry}"
