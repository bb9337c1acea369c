"""What the author of posts is told that Concord removed by itself."""

from bot.model.case import Case
from bot.model.guidelines import Guidelines
from bot.ports import Words
from bot.quoting import for_member
from bot.wording import excerpts
from bot.wording.citing import all_of_them, broken, decisive
from bot.wording.parts import listed, mark


def notice(
    case: Case, removed: frozenset[int], token: str, guidelines: Guidelines, *, ours: bool
) -> Words:
    """Return the notice; see :meth:`bot.wording.Wording.notice`."""
    posts = [post for post in case.posts if post.message in removed]
    first = posts[0]
    paragraphs = [_opening(len(posts), f"<#{first.channel}>", ours=ours)]
    if len(posts) > 1:
        paragraphs.append(excerpts.for_member(posts))
    elif quoted := for_member(first):
        paragraphs.append(f"**What you wrote**\n{quoted}")
    found = decisive(*posts)
    paragraphs.append(
        f"**What was found**\n{listed(dict.fromkeys(one.evidence.reason for one in found))}"
    )
    paragraphs.extend(broken(guidelines, (one.evidence.rule for one in found)))
    paragraphs.append(all_of_them(guidelines))
    paragraphs.append(
        "**What happens now**\nNothing more: no warning, no points, and you can keep posting. "
        f"If this was a mistake, please tell a moderator and name {case.reference}: "
        "a person will look at it."
    )
    which = "A post of yours" if len(posts) == 1 else f"{len(posts)} posts of yours"
    be = "is" if len(posts) == 1 else "are"
    then = "was" if len(posts) == 1 else "were"
    title = f"{which} {then} removed" if ours else f"{which} {be} no longer there"
    return Words(title, tuple(paragraphs), mark(case.reference, token))


def _opening(count: int, where: str, *, ours: bool) -> str:
    if ours and count == 1:
        return f"Your post in {where} was removed automatically, by a rule and not by a person."
    if ours:
        return (
            f"{count} of your posts, the first in {where}, were removed automatically, "
            "by a rule and not by a person."
        )
    if count == 1:
        return (
            f"Your post in {where} does not fit our guidelines, and it is no longer there. "
            "A rule found this, not a person."
        )
    return (
        f"{count} of your posts, the first in {where}, do not fit our guidelines, and they are no "
        "longer there. A rule found this, not a person."
    )
