"""The line of the moderators' log on a case that screening opened."""

from collections.abc import Sequence

from bot.model.action import Action
from bot.model.case import Case, CasePost, CaseState
from bot.model.guidelines import Guidelines
from bot.model.intent import Intent, IntentKind, IntentState
from bot.model.ruling import Ruling, RulingKind
from bot.ports import GONE_ALREADY, Words
from bot.quoting import for_moderators
from bot.wording import excerpts
from bot.wording.citing import cited_finding, decisive, where_to_report
from bot.wording.decided import decided_by
from bot.wording.parts import counted, link, listed, mark
from bot.wording.troubles import told, troubles

_OF_THE_POSTS = (IntentKind.DELETE, IntentKind.NOTICE)
"""What rulings ask for has lines of its own."""


def log_line(
    case: Case,
    intents: Sequence[Intent],
    token: str,
    guidelines: Guidelines,
    rulings: Sequence[Ruling],
) -> Words:
    """Return the line; see :meth:`bot.wording.Wording.log_line`."""
    removed = [post for post in case.posts if post.action is Action.REMOVE]
    deletes = {intent.message: intent for intent in intents if intent.kind is IntentKind.DELETE}
    gone = [post for post in removed if _is_done(deletes.get(post.message))]
    before = [post for post in gone if deletes[post.message].outcome == GONE_ALREADY]
    title, alert = _title(case, removed, gone, before)
    paragraphs = [f"<@{case.author}>"]
    if case.posts:
        first = (removed or case.posts)[0]
        paragraphs = [f"<@{case.author}> in <#{first.channel}>, {link(case.guild, first)}"]
        findings = decisive(first)
        paragraphs.append(listed(cited_finding(guidelines, finding) for finding in findings))
        rule = next((one.rule for one in reversed(rulings) if one.rule is not None), None)
        paragraphs.append(for_moderators(first, rule))
        paragraphs.append(where_to_report(guidelines, case.posts, rule))
        if others := [post for post in case.posts if post is not first]:
            beside = excerpts.for_moderators(case.guild, others, rule)
            paragraphs.append(f"**{len(case.posts)} posts in this case; the others**\n{beside}")
        if first.degraded:
            paragraphs.append(
                "Part of the post could not be checked, so nothing was done by itself."
            )
    if before:
        paragraphs.append(_gone_before(len(before), len(gone)))
    own = [one for one in intents if one.kind in _OF_THE_POSTS and one.ruling is None]
    trouble = troubles(own)
    paragraphs.extend(dict.fromkeys(told(own)))
    paragraphs.extend(trouble)
    # What Concord did by itself stands above, and a note is read in the case.
    since = [one for one in rulings if one.kind not in (RulingKind.REMOVED, RulingKind.NOTED)]
    paragraphs.extend(decided_by(ruling) for ruling in since)
    if case.state is CaseState.CLOSED and not since:
        paragraphs.append("Nothing is left to decide here.")
    paragraphs.append(f"Guidelines version {case.guidelines_version}")
    shown_paragraphs = tuple(one for one in paragraphs if one)
    return Words(title, shown_paragraphs, mark(case.reference, token), alert or bool(trouble))


def _title(
    case: Case, removed: list[CasePost], gone: list[CasePost], before: list[CasePost]
) -> tuple[str, bool]:
    if not removed:
        if case.state is CaseState.CLOSED or not case.posts:
            return f"{case.reference} · decided", False
        return f"{case.reference} · please look at this post", True
    if not gone:
        return f"{case.reference} · the post is still there", True
    what = "gone" if before else "removed"
    if len(gone) < len(removed):
        return f"{case.reference} · {len(gone)} of {counted(len(removed), 'post')} {what}", True
    if len(gone) > 1:
        return f"{case.reference} · {len(gone)} posts {what}", False
    return (
        f"{case.reference} · {'the post was gone already' if before else 'post removed'}",
        False,
    )


def _gone_before(before: int, gone: int) -> str:
    which = "the post was gone" if gone == 1 else f"{before} of them were gone"
    return (
        f"When Concord went to remove it, {which} already: somebody else removed it, or an "
        "earlier attempt of Concord's had worked after all."
    )


def _is_done(intent: Intent | None) -> bool:
    return intent is not None and intent.state is IntentState.DONE
