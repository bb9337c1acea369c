"""The brake: enforcement turned into review at once, and what was removed by itself given back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.docket import Versions
from bot.model.dossier import Dossier
from bot.model.guidelines import Guidelines
from bot.model.order import Refusal
from bot.model.standing import Person
from bot.policy.policy import Policy
from bot.ports import Clock, Enforcer, Pause, Store


@dataclass(frozen=True, slots=True)
class Paused:
    """Enforcement that is turned into review from now on."""

    pause: Pause
    held_back: int
    """Removals that were decided and not yet tried: moderators are asked instead."""
    already: bool
    """Whether it was paused before."""


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What giving everything back would undo."""

    guild: int
    rule: str | None
    """None for all rules."""
    since: datetime
    cases: int
    posts: int
    oldest: datetime | None
    """When the oldest of them was posted; None if there are none."""
    examples: tuple[Dossier, ...]
    """A few, newest first."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was given back."""

    cases: int
    posts: int
    failed: int
    """Cases that could not be given back; pressed again, they are tried again."""


Progress = Callable[[int, int], Awaitable[None]]
"""Is told after each batch how many cases are done, and of how many."""


class Pausing:
    """Turns enforcement into review and back, by rule or as a whole.

    Laws: a pause holds from the moment it is committed, over restarts, until it is ended; while it
    holds, nothing of its rules is removed without a moderator.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        enforcer: Enforcer,
        guidelines: Guidelines,
        policy: Policy,
        versions: Versions,
        carry_out: Callable[[tuple[int, ...]], None],
    ) -> None:
        """Take what it works with.

        Args:
            store: where pauses are committed.
            clock: the time of the world.
            enforcer: tells moderators in their log.
            guidelines: what rules there are.
            policy: how much one person may undo at once.
            versions: what a ruling keeps of guidelines and screening.
            carry_out: told the cases there is something to do about, once they are committed.
        """
        self._store = store
        self._clock = clock
        self._enforcer = enforcer
        self._guidelines = guidelines
        self._policy = policy
        self._versions = versions
        self._begin = carry_out

    async def pauses(self, guild: int) -> tuple[Pause, ...]:
        """Return what is paused on a server."""
        return await self._store.pauses(guild)

    async def pause(self, guild: int, rule: str | None, by: Person) -> Paused | Refusal:
        """Turn enforcement into review at once.

        Args:
            guild: where.
            rule: a rule's id; None for all.
            by: who presses, read just now; any moderator may.
        """
        raise NotImplementedError

    async def resume(self, guild: int, rule: str | None, by: Person) -> bool | Refusal:
        """End a pause, and return whether there was one.

        Args:
            guild: where.
            rule: a rule's id; None ends the pause of all rules, not those of single ones.
            by: who presses, read just now; any moderator may.
        """
        raise NotImplementedError

    async def preview_restore(
        self, guild: int, rule: str | None, since: datetime
    ) -> RestorePreview:
        """Return which automatic removals giving back would undo; changes nothing."""
        raise NotImplementedError

    async def restore_all(
        self, guild: int, rule: str | None, since: datetime, by: Person, progress: Progress
    ) -> Restored | Refusal:
        """Void every automatic removal that no moderator has decided; again, it goes on.

        Args:
            guild: where.
            rule: a rule's id; None for all.
            since: removals of cases opened from then on; aware UTC.
            by: who presses, read just now; more than the mass limit needs an admin.
            progress: awaited after each batch.
        """
        raise NotImplementedError
