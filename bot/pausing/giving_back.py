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
from bot.ports import Clock, Store

MOST: Final = 5000
"""Cases that are given back at once; chosen, not measured: all of a bad night, in some memory."""

BATCH: Final = 20
"""Cases after which progress is told; chosen, not measured."""

EXAMPLES: Final = 3
"""Cases a preview shows; chosen, not measured."""


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


@dataclass(frozen=True, slots=True)
class Removal:
    """A case with the posts of it that may be given back."""

    dossier: Dossier
    posts: tuple[CasePost, ...]


async def removals(
    store: Store, guild: int, rule: str | None, since: datetime
) -> tuple[Removal, ...]:
    """Return what Concord removed by itself, that stands, and that no moderator decided.

    A post that another rule would have had removed as well is not given back for one rule alone.
    """
    found = await store.automatic_removals(guild, rule, since, MOST)
    removals = (Removal(one, tuple(_posts(one, rule))) for one in found)
    return tuple(one for one in removals if one.posts)


def preview(
    guild: int, rule: str | None, since: datetime, found: tuple[Removal, ...]
) -> RestorePreview:
    """Return what giving these back would undo."""
    return RestorePreview(
        guild=guild,
        rule=rule,
        since=since,
        cases=len(found),
        posts=sum(len(one.posts) for one in found),
        oldest=min((post.at for one in found for post in one.posts), default=None),
        examples=tuple(one.dossier for one in found[:EXAMPLES]),
    )


async def give_back(
    removal: Removal,
    by: int,
    community: Community,
    store: Store,
    clock: Clock,
    carrying: Carrying,
    versions: Versions,
) -> bool:
    """Void a case's automatic removals, and return whether that is committed.

    Nobody decides about themselves, and what is being removed at this moment cannot be taken back
    yet: both are left alone.
    """
    dossier = removal.dossier
    if dossier.case.author == by:
        return False
    plan = given_back(dossier, removal.posts, by, versions, clock.now())
    try:
        ruled = await plan.carry_out(store, community, carrying)
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
    await progress(len(found), len(found))


def _posts(dossier: Dossier, rule: str | None) -> Iterator[CasePost]:
    for post in dossier.case.posts:
        if post.action is not Action.REMOVE or post.ruling is not None:
            continue
        asked = {one.evidence.rule for one in post.findings if one.action is Action.REMOVE}
        if rule is None or asked == {rule}:
            yield post
