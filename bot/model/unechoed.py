"""Posts that may show a child in danger: nothing of them is kept, copied or shown."""

from dataclasses import replace
from typing import Final

from bot.model.case import CasePost

UNECHOED_RULES: Final = frozenset({"minor-safety"})
"""Rules whose posts are never stored or shown, not even to moderators, and whose files are never
fetched: ids, times, sizes and digests are all that is kept."""


def is_unechoed(post: CasePost, rule: str | None = None) -> bool:
    """Whether nothing of a post may be kept or shown.

    Args:
        post: the post, with what was found in it.
        rule: the rule a moderator applies to it, if one does.
    """
    found = {finding.evidence.rule for finding in post.findings}
    return not UNECHOED_RULES.isdisjoint(found | {rule})


def unechoed(post: CasePost, rule: str | None = None) -> CasePost:
    """Return a post as it may be kept: of one that may show a child only ids, time, size, digest.

    Args:
        post: the post.
        rule: as for :func:`is_unechoed`.
    """
    if not is_unechoed(post, rule):
        return post
    files = tuple(replace(one, name="", address="") for one in post.files)
    return replace(post, parts=(), files=files)
