"""Several posts in one text: some of them in a line each, and how many more there are."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.model.case import CasePost
from bot.quoting import brief_for_member, brief_for_moderators
from bot.wording.parts import link, listed, moment

SHOWN = 5
"""Posts of several that a text shows; chosen, not measured: enough to know what it is about."""


def for_member(posts: Sequence[CasePost], rule: str | None = None) -> str:
    """Return to their author which posts a text is about; words that may not be shown are left out.

    Args:
        posts: theirs.
        rule: the rule a moderator applied; what it was found in comes first.
    """
    title = "What you wrote" if any(brief_for_member(post, rule) for post in posts) else _WHICH
    return f"**{title}**\n{lines_for_member(posts, rule)}"


def lines_for_member(
    posts: Sequence[CasePost], rule: str | None = None, *, most: int = SHOWN
) -> str:
    """Return the same without a title; ``most``: how many are shown before the rest is counted."""
    return _listed(
        (f"{_place(post)} {brief_for_member(post, rule)}" for post in foremost(posts, rule)), most
    )


def without_words(posts: Sequence[CasePost], rule: str | None = None) -> str:
    """Return the same without words, for where there is no room for them."""
    return f"**{_WHICH}**\n{_listed(_place(post) for post in foremost(posts, rule))}"


_WHICH: Final = "Which posts"


def for_moderators(guild: int, posts: Sequence[CasePost], rule: str | None = None) -> str:
    """Return to moderators which posts a text is about, with the address of each.

    Args:
        guild: where.
        posts: of one member.
        rule: as for :func:`for_member`.
    """
    return _listed(
        f"{_place(post)} {brief_for_moderators(post, rule)} {link(guild, post)}"
        for post in foremost(posts, rule)
    )


def foremost(posts: Sequence[CasePost], rule: str | None = None) -> list[CasePost]:
    """Return posts with those first in which most was found, then the oldest.

    Args:
        posts: of one case.
        rule: the rule a moderator applied: then only what was found by it counts.
    """
    return sorted(posts, key=lambda post: (-_weight(post, rule), post.at, post.message))


def _weight(post: CasePost, rule: str | None) -> float:
    found = [one for one in post.findings if rule is None or one.evidence.rule == rule]
    return max((one.action + one.evidence.confidence for one in found), default=0.0)


def _listed(lines: Iterable[str], most: int = SHOWN) -> str:
    return listed((" ".join(line.split()) for line in lines), most)


def _place(post: CasePost) -> str:
    return f"<#{post.channel}> {moment(post.at)}"
