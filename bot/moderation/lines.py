"""Plain lines for moderators about what a decision does, one for each consequence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.model.case import CasePost
from bot.model.sanction import Sanction, SanctionDraft, SanctionKind
from bot.wording.parts import counted, moment


def about_posts(posts: Sequence[CasePost], what: str) -> Iterator[str]:
    """Yield the line about posts: "3 posts are removed: 2 in #general, 1 in #art"."""
    if not posts:
        return
    places = Counter(post.channel for post in posts)
    where = ", ".join(f"{number} in <#{channel}>" for channel, number in places.items())
    if len(places) == 1:
        where = f"in <#{posts[0].channel}>"
    verb = "is" if len(posts) == 1 else "are"
    yield f"{counted(len(posts), 'post')} {verb} {what}: {where}."


def about_standing(
    wanted: Iterable[SanctionDraft],
    in_force: Iterable[tuple[Sanction, str]],
    *,
    ends: bool = False,
) -> Iterator[str]:
    """Yield what else is in force of the same kind, on the same board or group.

    Args:
        wanted: the sanctions that begin, or end.
        in_force: the member's others, each with what its case is called.
        ends: whether those end: then what else is in force goes on.
    """
    begun = tuple(wanted)
    ways = {_way(one) for one in begun if one.kind not in _REPEATABLE}
    deletes = not ends and any(one.delete_message_seconds for one in begun)
    for one, reference in in_force:
        if _way(one.ordered) not in ways:
            continue
        place = one.ordered.board or one.ordered.group
        what = f"{_STANDING[one.kind]} ({place})" if place is not None else _STANDING[one.kind]
        end = f"until {moment(one.until)}" if one.until is not None else "without end"
        if ends:
            yield f"They stay {what} {end}, by {reference}."
        else:
            yield f"They are {what} already, {end} ({reference}); the later end holds."
            if deletes and one.kind is SanctionKind.BAN:
                deletes = False
                yield _NOTHING_DELETED


_NOTHING_DELETED = (
    "Nothing they wrote is deleted by this: Discord does that only with a ban that is new. "
    "`/remove last` does."
)


def _way(one: SanctionDraft) -> tuple[SanctionKind, str | None, str | None]:
    return one.kind, one.board, one.group


_REPEATABLE = frozenset({SanctionKind.WARNING, SanctionKind.REFERRAL})

_STANDING = {
    SanctionKind.TIMEOUT: "timed out",
    SanctionKind.BOARD_REMOVAL: "removed from a board",
    SanctionKind.GROUP_REMOVAL: "removed from a group",
    SanctionKind.BAN: "banned",
}
