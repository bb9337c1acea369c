"""Plain lines for moderators about what a decision does, one for each consequence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.model.case import CasePost
from bot.model.sanction import Sanction, SanctionKind
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


def about_standing(wanted: Iterable[SanctionKind], in_force: Sequence[Sanction]) -> Iterator[str]:
    """Yield what is in force already of the kinds that are wanted."""
    for kind in dict.fromkeys(wanted):
        for one in in_force:
            if one.kind is not kind or kind in _REPEATABLE:
                continue
            what = _STANDING[kind]
            place = one.ordered.board or one.ordered.group
            of = f" ({place})" if place is not None else ""
            end = f"until {moment(one.until)}" if one.until is not None else "without end"
            yield f"They are {what}{of} already, {end}; the later end holds."


_REPEATABLE = frozenset({SanctionKind.WARNING, SanctionKind.REFERRAL})

_STANDING = {
    SanctionKind.TIMEOUT: "timed out",
    SanctionKind.BOARD_REMOVAL: "removed from a board",
    SanctionKind.GROUP_REMOVAL: "removed from a group",
    SanctionKind.BAN: "banned",
}
