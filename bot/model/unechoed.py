"""Posts that may show a child in danger: nothing of them is kept, copied or shown."""

from dataclasses import replace
from typing import Final

from bot.model.case import CasePost
from bot.model.dossier import Dossier

UNECHOED_RULES: Final = frozenset({"minor-safety"})
"""Rules whose posts are never stored or shown, not even to moderators, and whose files are never
fetched: ids, times, sizes and digests are all that is kept."""


def is_unechoed(post: CasePost, *rules: str | None) -> bool:
    """Whether nothing of a post may be kept or shown.

    Args:
        post: the post, with what was found in it.
        rules: the rules that moderators apply to it, or have applied.
    """
    found = {finding.evidence.rule for finding in post.findings}
    return not UNECHOED_RULES.isdisjoint(found.union(rules))


def unechoed(post: CasePost, *rules: str | None) -> CasePost:
    """Return a post as it may be kept: of one that may show a child only ids, time, size, digest.

    Args:
        post: the post.
        rules: as for :func:`is_unechoed`.
    """
    if not is_unechoed(post, *rules):
        return post
    files = tuple(replace(one, name="", address="") for one in post.files)
    return replace(post, parts=(), files=files)


def rules_on(dossier: Dossier, message: int) -> tuple[str | None, ...]:
    """Return what a case says a post is about: found in it, or applied to its case since."""
    held = [post for post in dossier.case.posts if post.message == message]
    found = [finding.evidence.rule for post in held for finding in post.findings]
    return (*found, *(ruling.rule for ruling in dossier.rulings))
