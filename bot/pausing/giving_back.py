"""What Concord removed by itself and no moderator decided, given back case by case."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.docket import Versions
from bot.errors import StaleVersionError
from bot.model.action import Action
from bot.model.case import CasePost
from bot.model.community import Community
from bot.model.dossier import Dossier
from bot.moderation.amending import given_back
from bot.moderation.carrying import Carrying
from bot.ports import Clock, Restoration, Store, Transaction

MOST: Final = 5000
"""Cases that are given back at once; chosen, not measured: all of a bad night, in some memory."""

BATCH: Final = 20
"""Cases after which progress is told; chosen, not measured."""

EXAMPLES: Final = 3
"""Cases a preview shows; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Which automatic removals are looked at."""

    guild: int
    rule: str | None
    """A rule's id; None for all."""
    since: datetime
    """When they were decided, at the earliest; aware UTC."""
    until: datetime | None = None
    """At the latest; None for now."""


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What giving everything back would undo."""

    looked: Looked
    cases: int
    posts: int
    oldest: datetime | None
    """When the oldest of them was posted; None if there are none."""
    waits: str | None
    """Why an admin has to do it, as a sentence; None where whoever looks may."""
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


@dataclass(frozen=True, slots=True)
class Removal:
    """A case with the posts of it that may be given back."""

    dossier: Dossier
    posts: tuple[CasePost, ...]


async def removals(store: Store, looked: Looked) -> tuple[Removal, ...]:
    """Return what Concord removed by itself, that stands, and that no moderator decided.

    A post that another rule would have had removed as well is not given back for one rule alone.
    """
    found = await store.automatic_removals(
        looked.guild, looked.rule, looked.since, MOST, looked.until
    )
    removals = (Removal(one, tuple(_posts(one, looked.rule))) for one in found)
    return tuple(one for one in removals if one.posts)


def preview(looked: Looked, found: tuple[Removal, ...], waits: str | None) -> RestorePreview:
    """Return what giving these back would undo, and why it waits for an admin, if it does."""
    return RestorePreview(
        looked=looked,
        cases=len(found),
        posts=sum(len(one.posts) for one in found),
        oldest=min((post.at for one in found for post in one.posts), default=None),
        examples=tuple(one.dossier for one in found[:EXAMPLES]),
        waits=waits,
    )


async def give_back(
    removal: Removal,
    restoration: Restoration,
    community: Community,
    store: Store,
    clock: Clock,
    carrying: Carrying,
    versions: Versions,
) -> bool:
    """Void a case's automatic removals, count it, and return whether that is committed.

    Nobody decides about themselves, and what is being removed at this moment cannot be taken back
    yet: both are left alone.
    """
    dossier = removal.dossier
    if dossier.case.author == restoration.by:
        return False
    plan = given_back(dossier, removal.posts, restoration.by, versions, clock.now())

    async def counted(tx: Transaction) -> None:
        await tx.gave_back(restoration, len(removal.posts))

    try:
        ruled = await plan.carry_out(store, community, carrying, counted)
    except StaleVersionError:  # a moderator, or a further post, came in between
        return False
    if ruled is None:
        return False
    carrying.carry_out((ruled.case,))
    return True


async def in_batches(found: tuple[Removal, ...], progress: Progress) -> AsyncIterator[Removal]:
    """Yield removals one after the other, and tell of progress after each batch."""
    for number, one in enumerate(found):
        if number and number % BATCH == 0:
            await progress(number, len(found))
        yield one
    if found:
        await progress(len(found), len(found))


def _posts(dossier: Dossier, rule: str | None) -> Iterator[CasePost]:
    for post in dossier.case.posts:
        if post.action is not Action.REMOVE or post.ruling is not None:
            continue
        asked = {one.evidence.rule for one in post.findings if one.action is Action.REMOVE}
        if rule is None or asked == {rule}:
            yield post
