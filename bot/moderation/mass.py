"""The limit of members that one moderator may act on in a short time without an admin."""

from datetime import datetime

from bot.model.order import Amendment, Refusal
from bot.model.standing import Person
from bot.policy.practice import MassActions
from bot.ports import Store

UNDOING = frozenset({Amendment.LIFT, Amendment.VOID})
"""Changes that only take back."""

FREE = frozenset({Amendment.NOTE, Amendment.KEEP})
"""Changes that touch nobody."""


async def too_many(
    by: int,
    subject: int,
    actor: Person,
    store: Store,
    mass: MassActions,
    *,
    guild: int,
    now: datetime,
    undoing: bool = False,
) -> Refusal | None:
    """Return the refusal of one member too many by one moderator in a short time.

    Decisions, edits, lifts and voids count together. What takes back is not refused where the
    member is one of those counted: a mistake needs no admin to be mended.

    Args:
        by: the moderator who orders it.
        subject: the member it is about.
        actor: who confirms it; an admin is not refused.
        store: knows what the moderator decided.
        mass: the limit.
        guild: where.
        now: aware UTC.
        undoing: whether it only takes back.
    """
    if actor.is_admin or actor.is_owner:
        return None
    touched = await store.members_ruled_on(guild, by, now - mass.within)
    if undoing:
        touched -= {subject}
    if len(touched) < mass.members:
        return None
    minutes = int(mass.within.total_seconds() // 60)
    words = (
        f"One moderator may decide about {mass.members} members within {minutes} minutes; an admin "
        "has to confirm this one."
    )
    return Refusal((words,), needs_admin=True)
